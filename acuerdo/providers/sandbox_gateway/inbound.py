"""What the sandbox gateway tells us: its signature and its events. Pure.

The fields of an event, and every reason of a stray, stand in `docs/sandbox-gateway.md`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import NOT_ABOUT_MONEY, GatewayEvent, PaymentState
from acuerdo.values.money import Money, NotAnAmount

NAME: Final = "sandbox"
SIGNATURE_HEADER: Final = "X-Sandbox-Signature"
# An event signed longer ago than this is a replay of an old capture.
TOLERANCE_SECONDS: Final = 300
# A longer body is not kept whole, and would be read differently when it is read again.
_LONGEST_BODY: Final = 65_536
# How deep Python reads depends on who asks; far fewer than that, and it never does.
_MOST_BRACKETS: Final = 500
_IDENTIFIER: Final = re.compile(r"^[!-~]{1,160}\Z")
_CURRENCY: Final = re.compile(r"^[A-Z]{3}\Z")
# No signs but these: "1_000", "１００" and "1E+3" are numbers to Python and to nobody who pays.
_AMOUNT: Final = re.compile(r"^-?[0-9]{1,18}(?:\.[0-9]{1,18})?\Z")
_DATE: Final = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST_MINOR: Final = 10**15
_YEARS: Final = range(2000, 2100)
_STATES: Final = {
    "payment.pending": PaymentState.PENDING,
    "payment.succeeded": PaymentState.PAID,
    "payment.failed": PaymentState.REJECTED,
    "payment.expired": PaymentState.EXPIRED,
    "payment.refunded": PaymentState.REFUNDED,
    "payment.chargeback": PaymentState.CHARGED_BACK,
    "payment.chargeback_won": PaymentState.CHARGEBACK_WON,
}
_MONEY_TYPES: Final = ("payment.", "refund.", "chargeback.", "dispute.", "charge.")
_MONEY_FIELDS: Final = frozenset({"payment_id", "refund_id", "dispute_id", "amount"})
# What moves beside the payment itself, and the field that names it.
_MOVEMENTS: Final = {
    PaymentState.REFUNDED: "refund_id",
    PaymentState.CHARGED_BACK: "dispute_id",
    PaymentState.CHARGEBACK_WON: "dispute_id",
}
_MOMENTS: Final = {
    PaymentState.PAID: "paid_at",
    PaymentState.EXPIRED: "expired_at",
    PaymentState.REFUNDED: "refunded_at",
    PaymentState.CHARGED_BACK: "charged_back_at",
    PaymentState.CHARGEBACK_WON: "chargeback_won_at",
}


class _CannotBeRead(Exception):
    """The event tells nothing that can be written down; `reason` is the stray's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
    """The news of a payment; a stray, with its reason, where there is none that can be believed."""
    try:
        return _news(_json(body))
    except _CannotBeRead as why:
        return Stray(why.reason)


def _json(body: bytes) -> Any:
    """The event with its numbers as they were written."""
    if len(body) > _LONGEST_BODY:
        raise _CannotBeRead("too_long")
    if body.count(b"[") + body.count(b"{") > _MOST_BRACKETS:
        raise _CannotBeRead("nested_too_deep")
    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise _CannotBeRead("not_json") from error


def _news(event: Any) -> GatewayEvent:
    if not isinstance(event, dict):
        raise _CannotBeRead("not_as_described")
    data = event.get("data")
    state = _state(event.get("type"), data)
    if not isinstance(data, dict):
        raise _CannotBeRead("not_as_described")
    event_id = _event_id(event)
    payment_id = _payment_id(state, data)
    reference = _text(data, "reference")
    if not reference and state is PaymentState.PAID:
        raise _CannotBeRead("no_reference")
    amount = _amount(data)
    moved_at = _moved_at(state, event, data)
    return GatewayEvent(
        gateway=NAME,
        event_id=event_id,
        payment_id=payment_id,
        movement_id=_movement_id(state, data, event_id, payment_id, amount, moved_at),
        reference=reference,
        amount=amount,
        moved_at=moved_at,
        state=state,
    )


def _state(kind: Any, data: Any) -> PaymentState:
    if not isinstance(kind, str):
        raise _CannotBeRead("not_as_described")
    if kind in _STATES:
        return _STATES[kind]
    has_money = isinstance(data, dict) and not _MONEY_FIELDS.isdisjoint(data)
    if has_money or kind.startswith(_MONEY_TYPES):
        raise _CannotBeRead("unknown_movement")
    raise _CannotBeRead(NOT_ABOUT_MONEY)


def _text(data: Mapping[str, Any], name: str) -> str:
    """A field's text, empty where it is not there."""
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _CannotBeRead("not_as_described")
    return value


def _identifier(data: Mapping[str, Any], name: str) -> str:
    value = _text(data, name)
    if value and not _IDENTIFIER.match(value):
        raise _CannotBeRead("identifier_unreadable")
    return value


def _event_id(event: Mapping[str, Any]) -> str:
    """The event's name; empty where it is none that a column holds whole: money is worth more."""
    value = event.get("id")
    return value if isinstance(value, str) and _IDENTIFIER.match(value) else ""


def _payment_id(state: PaymentState, data: Mapping[str, Any]) -> str:
    payment_id = _identifier(data, "payment_id")
    if not payment_id and state is PaymentState.EXPIRED:
        # a link can pass its time without that anybody tried to pay it
        payment_id = _identifier(data, "link_id")
    if not payment_id:
        raise _CannotBeRead("no_payment_id")
    return payment_id


def _movement_id(
    state: PaymentState,
    data: Mapping[str, Any],
    event_id: str,
    payment_id: str,
    amount: Money,
    moved_at: datetime,
) -> str:
    """What moved, by its own name; a name in front keeps apart what is numbered alike."""
    if state not in _MOVEMENTS:
        return payment_id
    facts = (payment_id, str(amount.minor), amount.currency, moved_at.isoformat())
    digest = hashlib.sha256("|".join(facts).encode()).hexdigest()
    return f"{state}:{_identifier(data, _MOVEMENTS[state]) or event_id or digest}"


def _amount(data: Mapping[str, Any]) -> Money:
    currency = data.get("currency")
    if not (isinstance(currency, str) and _CURRENCY.match(currency)):
        raise _CannotBeRead("currency_unreadable")
    written = data.get("amount")
    if not (isinstance(written, str) and _AMOUNT.match(written)):
        raise _CannotBeRead("amount_unreadable")
    try:
        amount = Money.of(written, currency)
    except NotAnAmount as error:
        raise _CannotBeRead("amount_too_fine") from error
    if not 0 < amount.minor <= _LARGEST_MINOR:
        raise _CannotBeRead("impossible_payment")
    return amount


def _moved_at(state: PaymentState, event: Mapping[str, Any], data: Mapping[str, Any]) -> datetime:
    """When it moved: the moment of its own, else of the event, else of the payment."""
    own = data.get(_MOMENTS[state]) if state in _MOMENTS else None
    written = next(
        (each for each in (own, event.get("created_at"), data.get("paid_at")) if each is not None),
        None,
    )
    if not (isinstance(written, str) and _DATE.match(written)):
        raise _CannotBeRead("moment_unreadable")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise _CannotBeRead("moment_unreadable") from error
    if moment.tzinfo is None:
        # it would be another moment on every machine
        raise _CannotBeRead("moment_without_zone")
    if moment.year not in _YEARS:
        raise _CannotBeRead("impossible_moment")
    return moment.astimezone(UTC)
