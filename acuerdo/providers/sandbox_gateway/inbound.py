"""What the sandbox gateway tells us: its signature and its events. Pure."""

import hashlib
import hmac
import json
import re
from datetime import datetime
from decimal import InvalidOperation
from typing import Final

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.values.money import Money, NotAnAmount

NAME: Final = "sandbox"
SIGNATURE_HEADER: Final = "X-Sandbox-Signature"
# An event signed longer ago than this is a replay of an old capture.
TOLERANCE_SECONDS: Final = 300
_IDENTIFIER: Final = re.compile(r"^[!-~]{1,160}\Z")
_CURRENCY: Final = re.compile(r"^[A-Z]{3}\Z")
_LARGEST_MINOR: Final = 10**15
_STATES: Final = {
    "payment.pending": PaymentState.PENDING,
    "payment.succeeded": PaymentState.PAID,
    "payment.failed": PaymentState.REJECTED,
    "payment.expired": PaymentState.EXPIRED,
    "payment.refunded": PaymentState.REFUNDED,
    "payment.chargeback": PaymentState.CHARGED_BACK,
    "payment.chargeback_won": PaymentState.CHARGEBACK_WON,
}


def signature_is_valid(body: bytes, header: str, secret: str, *, now: datetime) -> bool:
    """Whether `t=<unix seconds>,v1=<hex>` signs these very bytes, not too long ago.

    Never where no secret is configured: then anybody could sign.
    """
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 15):
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    fresh = abs(now.timestamp() - int(stamp)) <= TOLERANCE_SECONDS
    return bool(secret) and fresh and hmac.compare_digest(expected.encode(), given.encode())


def parse_event(body: bytes) -> GatewayEvent | Stray:
    """The payment an event tells of; a stray where it tells of something else or makes no sense."""
    try:
        event = json.loads(body)
        data = event["data"]
        event_id, payment_id = str(event.get("id") or ""), str(data["payment_id"])
        payment = GatewayEvent(
            gateway=NAME,
            event_id=event_id,
            payment_id=payment_id,
            movement_id=str(data.get("movement_id") or payment_id),
            reference=str(data["reference"]),
            amount=Money.of(str(data["amount"]), str(data["currency"])),
            moved_at=datetime.fromisoformat(data["paid_at"]),
            state=_STATES[event["type"]],
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        InvalidOperation,
        NotAnAmount,
        # nested deeper than anything that a gateway writes
        RecursionError,
    ):
        return Stray("not_as_described")
    return payment if _is_possible(payment) else Stray("impossible_payment")


def _is_possible(payment: GatewayEvent) -> bool:
    """Whether it can be written down as money that came: an identifier, an amount, a moment."""
    return (
        _IDENTIFIER.match(payment.payment_id) is not None
        and _CURRENCY.match(payment.amount.currency) is not None
        and 0 < payment.amount.minor <= _LARGEST_MINOR
        and payment.moved_at.tzinfo is not None
    )
