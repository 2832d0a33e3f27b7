"""What the simulated gateway tells, the product reads, whatever happens to its payments."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.providers.sandbox_gateway.inbound import parse_event
from acuerdo.values.money import Money
from simulator.gateway.account import Account
from simulator.gateway.errors import GatewayRefusal
from simulator.gateway.events import PaymentEvent
from tests.clock import NOW

# What has come and gone, by the state of the news.
SIGNS = {
    PaymentState.PAID: 1,
    PaymentState.REFUNDED: -1,
    PaymentState.CHARGED_BACK: -1,
    PaymentState.CHARGEBACK_WON: 1,
}
ACTS = ["pay", "expire", "complete", "refund", "charge_back", "win_chargeback"]
AMOUNTS = {"PEN": ["", "0.01", "50.25", "120.5", "500"], "CLP": ["", "1", "120", "99999"]}


class Merchant:
    """An account at which anything happens, a minute after the other."""

    def __init__(self, currency: str) -> None:
        self.now = NOW
        self.currency = currency
        self.account = Account("https://gateway.example", lambda: self.now)
        body = {"reference": "d-1", "amount": "120", "currency": currency}
        self.link = self.account.create_link(body, "")

    def does(self, what: str, outcome: Any, amount: str, which: int) -> None:
        """One act on the link or on one of its payments; what is refused does not happen."""
        self.now += timedelta(minutes=1)
        payments = self.account.payments()
        try:
            if what == "pay":
                self.account.pay(self.link, outcome, amount)
            elif what == "expire":
                self.account.expire(self.link)
            elif payments:
                payment = payments[which % len(payments)]
                self.account.act(payment, what, amount)  # type: ignore[arg-type]
        except GatewayRefusal:
            return


def read(event: PaymentEvent) -> GatewayEvent:
    """What the product reads of an event as it is posted."""
    news = parse_event(orjson.dumps(event.as_json()))
    assert isinstance(news, GatewayEvent), (news, event)
    return news


@st.composite
def merchants(draw: st.DrawFn) -> Merchant:
    """Accounts at which something has happened."""
    merchant = Merchant(draw(st.sampled_from(["PEN", "CLP"])))
    outcomes = st.sampled_from(["approve", "decline", "twice", "pending"])
    amounts = st.sampled_from(AMOUNTS[merchant.currency])
    steps = st.tuples(st.sampled_from(ACTS), outcomes, amounts, st.integers(0, 5))
    for step in draw(st.lists(steps, max_size=15)):
        merchant.does(*step)
    return merchant


@given(merchant=merchants(), dice=st.randoms(use_true_random=False), repeats=st.integers(1, 3))
def test_movements_come_to_what_the_gateway_has_in_any_order_however_often_they_are_told(
    merchant: Merchant, dice: Random, repeats: int
) -> None:
    events = merchant.account.events()
    posted = [event for event in events for _ in range(repeats)]
    posted += [event.under_another_id() for event in events]
    dice.shuffle(posted)
    moved: dict[str, int] = {}
    for news in map(read, posted):
        if news.state in SIGNS:
            moved[news.movement_id] = SIGNS[news.state] * news.amount.minor
    has = sum((payment.left for payment in merchant.account.payments()), Decimal(0))
    assert sum(moved.values()) == (Money.of(has, merchant.currency).minor if has else 0)


@given(merchant=merchants())
def test_every_event_says_when_and_of_what_it_tells(merchant: Merchant) -> None:
    read_events = [read(event) for event in merchant.account.events()]
    movements = [news.movement_id for news in read_events if news.state in SIGNS]
    assert len(set(movements)) == len(movements)
    assert len({news.event_id for news in read_events}) == len(read_events)
    for event, news in zip(merchant.account.events(), read_events, strict=True):
        assert (news.moved_at, news.reference) == (event.created_at, "d-1")
        assert news.payment_id == event.data.get("payment_id", merchant.link.id)
