"""The merchant's account: its links and payments, what can happen to them, and the news of it."""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Literal

from simulator.gateway.amounts import positive
from simulator.gateway.errors import GatewayRefusal
from simulator.gateway.events import PaymentEvent
from simulator.gateway.payments import Dispute, Link, Payment, Refund, State

Outcome = Literal["approve", "decline", "twice", "pending"]
Act = Literal["complete", "refund", "charge_back", "win_chargeback"]

_LIFETIME: Final = timedelta(days=3)
_KEPT: Final = 5000
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


class Account:
    """What happens is kept and gives its events, oldest first; nothing is posted here."""

    def __init__(self, own_url: str, now: Callable[[], datetime]) -> None:
        self._own_url = own_url
        self._now = now
        self._links: OrderedDict[str, Link] = OrderedDict()
        self._by_key: OrderedDict[str, tuple[dict[str, Any], Link]] = OrderedDict()
        self._payments: OrderedDict[str, Payment] = OrderedDict()
        self._events: OrderedDict[str, PaymentEvent] = OrderedDict()

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
            url=f"{self._own_url}/gateway/pay/{link_id}",
            reference=reference,
            amount=amount,
            currency=currency,
            description=str(body.get("description") or ""),
            expires_at=self._now() + _LIFETIME,
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

    def link_of(self, link_id: str, reference: str) -> Link:
        """The link of an id, or the newest of a reference; refused with 404 when there is none."""
        newest = (each.id for each in reversed(self._links.values()) if each.reference == reference)
        return self.link(link_id or next(newest, ""))

    def is_expired(self, link: Link) -> bool:
        """Whether the link can no longer be paid."""
        return self._now() >= link.expires_at

    def payment(self, payment_id: str) -> Payment:
        """The payment; refused with 404 when there is none."""
        if payment_id not in self._payments:
            raise GatewayRefusal(404, "payment_not_found", "There is no such payment.")
        return self._payments[payment_id]

    def payments(self, reference: str = "") -> list[Payment]:
        """The payments of a reference (all without one), oldest first."""
        return [
            payment
            for payment in self._payments.values()
            if reference in ("", payment.link.reference)
        ]

    def payments_of(self, link: Link) -> list[Payment]:
        """What was paid, or tried, on one link."""
        return [payment for payment in self._payments.values() if payment.link is link]

    def events(self, reference: str = "") -> list[PaymentEvent]:
        """The events of a reference (all without one), oldest first."""
        return [event for event in self._events.values() if reference in ("", event.reference)]

    def event(self, event_id: str) -> PaymentEvent:
        """The event; refused with 404 when there is none."""
        if event_id not in self._events:
            raise GatewayRefusal(404, "event_not_found", "There is no such event.")
        return self._events[event_id]

    def keep(self, event: PaymentEvent) -> PaymentEvent:
        """Keep an event, so that it can be posted again."""
        _keep(self._events, event.id, event)
        return event

    def pay(self, link: Link, outcome: Outcome, amount: str = "") -> list[PaymentEvent]:
        """Let the debtor pay (once, twice, or with a voucher for later) or be declined.

        Without an amount, the link's. Refuses with 410 a link that expired.
        """
        if self.is_expired(link):
            raise GatewayRefusal(410, "link_expired", "The link has expired.")
        paid = positive(amount or link.amount, link.currency)
        at, events = self._now(), []
        for _ in range(2 if outcome == "twice" else 1):
            payment = Payment(
                id="pay_" + secrets.token_hex(12),
                link=link,
                amount=paid,
                state=State.PENDING,
                created_at=at,
            )
            _keep(self._payments, payment.id, payment)
            if outcome == "pending":
                events.append(self._news("pending", payment, at))
            elif outcome == "decline":
                payment.state = State.FAILED
                events.append(self._news("failed", payment, at))
            else:
                events.extend(self._complete(payment, at))
        return events

    def act(self, payment: Payment, act: Act, amount: str = "") -> list[PaymentEvent]:
        """Let something happen to a payment; refuses with 409 what cannot happen to it now.

        `complete` a voucher, also one whose time is over; `refund` an amount, or all that is left;
        `charge_back` all that is left; `win_chargeback`.
        """
        at = self._now()
        match act:
            case "complete":
                return self._complete(payment, at)
            case "refund":
                return self._refund(payment, amount, at)
            case "charge_back":
                return self._charge_back(payment, at)
            case "win_chargeback":
                return self._win_chargeback(payment, at)

    def expire(self, link: Link) -> list[PaymentEvent]:
        """Let the time of a link be over, and that of the vouchers nobody paid.

        Without a voucher the news is of the link, and names no payment. Refuses with 410 a link
        whose time is over.
        """
        if self.is_expired(link):
            raise GatewayRefusal(410, "link_expired", "The link has expired.")
        at = link.expires_at = self._now()
        expired = {"expired_at": at.isoformat()}
        waiting = [each for each in self.payments_of(link) if each.state is State.PENDING]
        for payment in waiting:
            payment.state = State.EXPIRED
        if waiting:
            return [self._news("expired", payment, at, expired) for payment in waiting]
        data = {
            "link_id": link.id,
            "reference": link.reference,
            "amount": link.amount,
            "currency": link.currency,
        }
        return [self.keep(PaymentEvent.of("expired", at, link.reference, data | expired))]

    def clear(self) -> None:
        """Forget everything."""
        for store in (self._links, self._by_key, self._payments, self._events):
            store.clear()

    def _complete(self, payment: Payment, at: datetime) -> list[PaymentEvent]:
        if payment.state not in (State.PENDING, State.EXPIRED):
            raise GatewayRefusal(409, "not_pending", "The payment is not pending.")
        payment.state, payment.paid_at = State.SUCCEEDED, at
        return [self._news("succeeded", payment, at)]

    def _refund(self, payment: Payment, amount: str, at: datetime) -> list[PaymentEvent]:
        wanted = positive(amount, payment.link.currency) if amount else payment.left
        _must_have(payment, wanted)
        refund = Refund("ref_" + secrets.token_hex(12), wanted, at)
        payment.refunds.append(refund)
        moved = {
            "refund_id": refund.id,
            "amount": str(refund.amount),
            "refunded_at": at.isoformat(),
        }
        return [self._news("refunded", payment, at, moved)]

    def _charge_back(self, payment: Payment, at: datetime) -> list[PaymentEvent]:
        _must_have(payment, payment.left)
        dispute = Dispute("dsp_" + secrets.token_hex(12), payment.left, at)
        payment.disputes.append(dispute)
        moved = {
            "dispute_id": dispute.id,
            "amount": str(dispute.amount),
            "charged_back_at": at.isoformat(),
        }
        return [self._news("chargeback", payment, at, moved)]

    def _win_chargeback(self, payment: Payment, at: datetime) -> list[PaymentEvent]:
        dispute = payment.open_dispute
        if dispute is None:
            raise GatewayRefusal(409, "no_chargeback", "There is no chargeback to win.")
        dispute.won_at = at
        moved = {
            "dispute_id": dispute.id,
            "amount": str(dispute.amount),
            "chargeback_won_at": at.isoformat(),
        }
        return [self._news("chargeback_won", payment, at, moved)]

    def _news(
        self, kind: str, payment: Payment, at: datetime, moved: dict[str, Any] | None = None
    ) -> PaymentEvent:
        data = payment.as_json() | (moved or {})
        return self.keep(PaymentEvent.of(kind, at, payment.link.reference, data))


def _must_have(payment: Payment, amount: Decimal) -> None:
    if payment.left <= 0:
        raise GatewayRefusal(409, "nothing_left", "Nothing of the payment is left.")
    if amount > payment.left:
        raise GatewayRefusal(409, "more_than_left", "Less than that is left of the payment.")


def _checked(body: dict[str, Any]) -> tuple[str, str, str]:
    reference = str(body.get("reference") or "")
    amount = str(body.get("amount") or "")
    currency = str(body.get("currency") or "")
    if not reference:
        raise GatewayRefusal(400, "reference_missing", "A reference is required.")
    positive(amount, currency)
    if not _CURRENCY.fullmatch(currency):
        raise GatewayRefusal(400, "currency_invalid", "The currency must be an ISO 4217 code.")
    return reference, amount, currency


def _keep(store: OrderedDict[str, Any], key: str, value: Any) -> None:
    store[key] = value
    if len(store) > _KEPT:
        store.popitem(last=False)
