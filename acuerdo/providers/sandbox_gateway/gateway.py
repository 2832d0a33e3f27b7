"""The sandbox gateway: the simulator's, with the manners of a real one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import httpx

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import CreatedLink, GatewayEvent
from acuerdo.platform.errors import (
    GatewayEventForged,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.providers.sandbox_gateway.inbound import (
    NAME,
    SIGNATURE_HEADER,
    parse_event,
    signature_is_valid,
)
from acuerdo.values.money import Money


class SandboxGateway:
    """Makes links at the sandbox over HTTP, and reads its events."""

    name = NAME

    def __init__(self, base_url: str, secret: str, *, timeout_seconds: float) -> None:
        self._secret = secret
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
        return _read(response)

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Raise GatewayEventForged where the sandbox did not sign these bytes just now."""
        header = headers.get(SIGNATURE_HEADER, "")
        if not signature_is_valid(body, header, self._secret, now=now):
            raise GatewayEventForged

    def parse(self, body: bytes) -> GatewayEvent | Stray:
        """What an event says; never raises."""
        return parse_event(body)

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.aclose()


def _read(response: httpx.Response) -> CreatedLink:
    try:
        made = response.json()
        expires = made.get("expires_at")
        return CreatedLink(
            gateway_id=str(made["id"]),
            url=str(made["url"]),
            expires_at=None if expires is None else datetime.fromisoformat(expires).astimezone(UTC),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProviderUnavailable("the gateway's answer makes no sense") from error
