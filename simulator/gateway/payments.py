"""Payment links, the payments made through them and the events that report them."""

import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, Literal

import orjson

from simulator.config import SimulatorConfig
from simulator.gateway.errors import GatewayRefusal
from simulator.webhooks import Postman, Receipt, RetryRule, Webhook

Outcome = Literal["approve", "decline", "twice"]

_LIFETIME = timedelta(days=3)
_KEPT = 5000
_CURRENCY = re.compile(r"[A-Z]{3}")
_RETRY = RetryRule(retries=4, after=frozenset({"ct", "rt", "4xx", "5xx"}))


@dataclass(frozen=True)
class Link:
    """A request for money. `amount` is a decimal string, as the product sent it."""

    id: str
    url: str
    reference: str
    amount: str
    currency: str
    description: str
    expires_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The answer to the product."""
        return {"id": self.id, "url": self.url, "expires_at": self.expires_at.isoformat()}


@dataclass(frozen=True)
class Payment:
    """An attempt to pay a link."""

    id: str
    link: Link
    succeeded: bool
    paid_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The payment as events and reconciliation carry it."""
        return {
            "payment_id": self.id,
            "link_id": self.link.id,
            "reference": self.link.reference,
            "amount": self.link.amount,
            "currency": self.link.currency,
            "paid_at": self.paid_at.isoformat(),
        }


class Gateway:
    """The merchant account of the product at the gateway."""

    def __init__(self, config: SimulatorConfig, postman: Postman) -> None:
        self._config = config
        self._postman = postman
        self._links: OrderedDict[str, Link] = OrderedDict()
        self._by_key: OrderedDict[str, tuple[dict[str, Any], Link]] = OrderedDict()
        self._payments: OrderedDict[str, Payment] = OrderedDict()

    def create_link(self, body: dict[str, Any], idempotency_key: str) -> Link:
        """Make a link; the same key with the same body answers the same link again.

        Refuses with 400 an unusable amount or currency, with 409 a key used for another body.
        """
        if idempotency_key in self._by_key:
            first_body, link = self._by_key[idempotency_key]
            if first_body != body:
                raise GatewayRefusal(
                    409, "idempotency_key_reused", "The key was used for another request."
                )
            return link
        reference, amount, currency = _checked(body)
        link_id = "lnk_" + secrets.token_hex(12)
        link = Link(
            id=link_id,
            url=f"{self._config.own_url}/gateway/pay/{link_id}",
            reference=reference,
            amount=amount,
            currency=currency,
            description=str(body.get("description") or ""),
            expires_at=self._config.now() + _LIFETIME,
        )
        _keep(self._links, link.id, link)
        if idempotency_key:
            _keep(self._by_key, idempotency_key, (body, link))
        return link

    def link(self, link_id: str) -> Link:
        """The link; refused with 404 when there is none."""
        if link_id not in self._links:
            raise GatewayRefusal(404, "link_not_found", "There is no such link.")
        return self._links[link_id]

    def is_expired(self, link: Link) -> bool:
        """Whether the link can no longer be paid."""
        return self._config.now() >= link.expires_at

    def links(self, reference: str = "") -> list[Link]:
        """The links of a reference (all without one), newest first."""
        return [link for link in reversed(self._links.values()) if _about(link, reference)]

    def payments(self, reference: str = "") -> list[Payment]:
        """The payments of a reference (all without one), oldest first."""
        return [payment for payment in self._payments.values() if _about(payment.link, reference)]

    def payments_of(self, link: Link) -> list[Payment]:
        """What was paid, or declined, on one link."""
        return [payment for payment in self._payments.values() if payment.link.id == link.id]

    async def pay(self, link: Link, outcome: Outcome) -> tuple[Receipt, ...]:
        """Let the debtor pay (once or twice) or be declined, and post the signed events.

        Refuses with 410 a link that expired.
        """
        if self.is_expired(link):
            raise GatewayRefusal(410, "link_expired", "The link has expired.")
        receipts: list[Receipt] = []
        for _ in range(2 if outcome == "twice" else 1):
            payment = Payment(
                id="pay_" + secrets.token_hex(12),
                link=link,
                succeeded=outcome != "decline",
                paid_at=self._config.now(),
            )
            _keep(self._payments, payment.id, payment)
            receipts.extend(await self._post_event(payment))
        return tuple(receipts)

    async def post_event(
        self, event: Mapping[str, Any], about: str, signature: str = "valid"
    ) -> tuple[Receipt, ...]:
        """Post any event, signed (or not, for tests)."""
        body = orjson.dumps(event)
        secret = self._config.gateway_secret
        if signature == "forged":
            secret = f"not-{secret}"
        headers = {"Content-Type": "application/json"}
        if signature != "unsigned":
            moment = int(self._config.now().timestamp())
            headers["X-Sandbox-Signature"] = sign(body, moment, secret)
        if signature == "altered":
            body += b" "
        return await self._postman.post(
            Webhook("payment.event", self._config.payments_url, headers, body, _RETRY, about)
        )

    def clear(self) -> None:
        """Forget links and payments."""
        self._links.clear()
        self._by_key.clear()
        self._payments.clear()

    async def _post_event(self, payment: Payment) -> tuple[Receipt, ...]:
        event = {
            "id": "evt_" + secrets.token_hex(12),
            "type": "payment.succeeded" if payment.succeeded else "payment.failed",
            "created_at": payment.paid_at.isoformat(),
            "data": payment.as_json(),
        }
        return await self.post_event(event, payment.id)


def sign(body: bytes, at: int, secret: str) -> str:
    """The value of `X-Sandbox-Signature`: Unix time and hex HMAC-SHA256 of "time.body"."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={digest}"


def _checked(body: dict[str, Any]) -> tuple[str, str, str]:
    reference = str(body.get("reference") or "")
    amount = str(body.get("amount") or "")
    currency = str(body.get("currency") or "")
    if not reference:
        raise GatewayRefusal(400, "reference_missing", "A reference is required.")
    try:
        positive = Decimal(amount) > 0
    except InvalidOperation:
        positive = False
    if not positive:
        raise GatewayRefusal(400, "amount_invalid", "The amount must be a positive decimal.")
    if not _CURRENCY.fullmatch(currency):
        raise GatewayRefusal(400, "currency_invalid", "The currency must be an ISO 4217 code.")
    return reference, amount, currency


def _about(link: Link, reference: str) -> bool:
    return not reference or link.reference == reference


def _keep(store: OrderedDict[str, Any], key: str, value: Any) -> None:
    store[key] = value
    if len(store) > _KEPT:
        store.popitem(last=False)
