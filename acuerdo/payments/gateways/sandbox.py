"""The sandbox gateway: the simulator's, with the manners of a real one."""

import hashlib
import hmac
import json
from datetime import datetime
from decimal import InvalidOperation
from typing import Final
from uuid import UUID

import httpx

from acuerdo.errors import ProviderMisused, ProviderRefused, ProviderUnavailable
from acuerdo.payments.ports import CreatedLink, GatewayPayment
from acuerdo.values.money import Money, NotAnAmount

NAME: Final = "sandbox"
# An event signed longer ago than this is a replay of an old capture.
TOLERANCE_SECONDS: Final = 300


def signature_is_valid(body: bytes, header: str, secret: str, *, now: datetime) -> bool:
    """Whether `t=<unix seconds>,v1=<hex>` signs these very bytes, not too long ago."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 15):
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    fresh = abs(now.timestamp() - int(stamp)) <= TOLERANCE_SECONDS
    return hmac.compare_digest(expected.encode(), given.encode()) and fresh


def parse_event(body: bytes) -> GatewayPayment | None:
    """The payment an event tells of; None where it tells of something else or makes no sense."""
    try:
        event = json.loads(body)
        data = event["data"]
        return GatewayPayment(
            gateway=NAME,
            payment_id=str(data["payment_id"])[:160],
            reference=str(data["reference"]),
            amount=Money.of(str(data["amount"]), str(data["currency"])),
            paid_at=datetime.fromisoformat(data["paid_at"]).astimezone(),
            succeeded={"payment.succeeded": True, "payment.failed": False}[event["type"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, NotAnAmount):
        return None


class SandboxGateway:
    """Makes links at the sandbox over HTTP."""

    name = NAME

    def __init__(self, base_url: str, secret: str, *, timeout_seconds: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=timeout_seconds,
        )

    async def create_link(self, reference: UUID, amount: Money, description: str) -> CreatedLink:
        """A link for an amount; the reference is the idempotency key."""
        try:
            response = await self._client.post(
                "/links",
                headers={"Idempotency-Key": str(reference)},
                json={
                    "reference": str(reference),
                    "amount": amount.plain(),
                    "currency": amount.currency,
                    "description": description,
                },
            )
        except httpx.HTTPError as error:
            raise ProviderUnavailable("the gateway does not answer") from error
        if response.status_code in (401, 403):
            raise ProviderMisused("the gateway does not accept our key")
        if response.status_code >= 500 or response.status_code == 429:
            raise ProviderUnavailable("the gateway cannot do it now")
        if response.status_code >= 400:
            raise ProviderRefused("the gateway refuses the link")
        made = response.json()
        expires = made.get("expires_at")
        return CreatedLink(
            gateway_id=str(made["id"]),
            url=str(made["url"]),
            expires_at=None if expires is None else datetime.fromisoformat(expires).astimezone(),
        )

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.aclose()
