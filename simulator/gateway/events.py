"""The events by which the gateway tells the product what became of a payment."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Self


@dataclass(frozen=True)
class PaymentEvent:
    """One piece of news. `reference` is the link's, for whoever looks for its events."""

    id: str
    type: str
    created_at: datetime
    reference: str
    data: Mapping[str, Any]

    @classmethod
    def of(cls, kind: str, at: datetime, reference: str, data: Mapping[str, Any]) -> Self:
        """News under an id of its own."""
        return cls(_new_id(), f"payment.{kind}", at, reference, data)

    @property
    def amount(self) -> Decimal:
        """What moved, or would have."""
        return Decimal(self.data["amount"])

    def under_another_id(self) -> Self:
        """The same news as a gateway tells it that has forgotten that it did."""
        return replace(self, id=_new_id())

    def as_json(self) -> dict[str, Any]:
        """The event as it is posted."""
        return {
            "id": self.id,
            "type": self.type,
            "created_at": self.created_at.isoformat(),
            "data": dict(self.data),
        }


def sign(body: bytes, at: int, secret: str) -> str:
    """The value of `X-Sandbox-Signature`: Unix time and hex HMAC-SHA256 of "time.body"."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={digest}"


def _new_id() -> str:
    return "evt_" + secrets.token_hex(12)
