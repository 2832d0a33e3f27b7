"""The sandbox gateway's events as news of payments."""

from datetime import UTC, datetime
from typing import Any

import pytest

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import PaymentState
from acuerdo.values.money import Money
from tests.unit.providers.sandbox_events import DROPPED, news, read

EARLY, LATE = "2026-11-24T10:00:00-05:00", "2026-11-25T12:00:00Z"


def test_a_payment_is_read() -> None:
    paid = news()
    assert (paid.payment_id, paid.movement_id, paid.amount, paid.state) == (
        "pay-1",
        "pay-1",
        Money(12050, "PEN"),
        PaymentState.PAID,
    )
    assert paid.moved_at == datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("pending", PaymentState.PENDING),
        ("failed", PaymentState.REJECTED),
        ("expired", PaymentState.EXPIRED),
        ("refunded", PaymentState.REFUNDED),
        ("chargeback", PaymentState.CHARGED_BACK),
        ("chargeback_won", PaymentState.CHARGEBACK_WON),
    ],
)
@pytest.mark.parametrize("reference", ["lnk", DROPPED, None])
def test_news_but_of_a_payment_may_have_no_reference(
    kind: str, state: PaymentState, reference: object
) -> None:
    found = news(type=f"payment.{kind}", reference=reference)
    assert (found.state, found.payment_id) == (state, "pay-1")
    assert found.reference == ("lnk" if reference == "lnk" else "")


@pytest.mark.parametrize("reference", [DROPPED, None, ""])
def test_a_payment_without_a_reference_is_not_guessed(reference: object) -> None:
    assert read(reference=reference) == Stray("no_reference")


def test_what_moved_has_a_name_of_its_own() -> None:
    # given a gateway that numbers everything from one
    moved = [
        news(payment_id="1"),
        news(payment_id="1", type="payment.refunded", refund_id="1"),
        news(payment_id="1", type="payment.refunded", refund_id="2"),
        news(payment_id="1", type="payment.chargeback", dispute_id="1"),
        news(payment_id="1", type="payment.chargeback_won", dispute_id="1"),
    ]
    assert len({each.movement_id for each in moved}) == len(moved)
    assert {each.payment_id for each in moved} == {"1"}


@pytest.mark.parametrize("kind", ["refunded", "chargeback", "chargeback_won"])
def test_the_same_news_told_twice_is_one_movement(kind: str) -> None:
    name = "refund_id" if kind == "refunded" else "dispute_id"
    named = [news(id=each, type=f"payment.{kind}", **{name: "x-1"}) for each in ("evt-1", "evt-2")]
    assert len({each.movement_id for each in named}) == 1
    # and without a name the event's, and without that what happened
    by_event = [news(id=each, type=f"payment.{kind}") for each in ("evt-1", "evt-1", "evt-2")]
    assert len({each.movement_id for each in by_event}) == 2
    facts: list[dict[str, Any]] = [
        {},
        {"amount": "20.50"},
        {"currency": "USD"},
        {"payment_id": "pay-2"},
        {"created_at": LATE},
    ]
    by_facts = [news(type=f"payment.{kind}", **each).movement_id for each in facts + facts]
    assert len(set(by_facts)) == len(facts)
    assert by_facts[: len(facts)] == by_facts[len(facts) :]


@pytest.mark.parametrize(
    ("changes", "moved_at"),
    [
        ({}, datetime(2026, 11, 23, 15, tzinfo=UTC)),
        ({"created_at": LATE}, datetime(2026, 11, 23, 15, tzinfo=UTC)),
        ({"created_at": LATE, "paid_at": None}, datetime(2026, 11, 25, 12, tzinfo=UTC)),
        (
            {"type": "payment.refunded", "refunded_at": EARLY, "created_at": LATE},
            datetime(2026, 11, 24, 15, tzinfo=UTC),
        ),
        (
            {"type": "payment.refunded", "created_at": LATE},
            datetime(2026, 11, 25, 12, tzinfo=UTC),
        ),
        ({"type": "payment.refunded"}, datetime(2026, 11, 23, 15, tzinfo=UTC)),
        (
            {"type": "payment.chargeback", "charged_back_at": EARLY, "created_at": LATE},
            datetime(2026, 11, 24, 15, tzinfo=UTC),
        ),
        (
            {"type": "payment.chargeback_won", "chargeback_won_at": EARLY, "charged_back_at": LATE},
            datetime(2026, 11, 24, 15, tzinfo=UTC),
        ),
        (
            {"type": "payment.pending", "paid_at": None, "created_at": EARLY},
            datetime(2026, 11, 24, 15, tzinfo=UTC),
        ),
    ],
)
def test_a_movement_has_the_moment_at_which_it_moved(
    changes: dict[str, Any], moved_at: datetime
) -> None:
    found = news(**changes)
    assert (found.moved_at, found.moved_at.tzinfo) == (moved_at, UTC)


def test_a_link_whose_time_is_over_is_named_where_nobody_tried_to_pay() -> None:
    found = news(type="payment.expired", payment_id=DROPPED, link_id="lnk-1")
    assert (found.payment_id, found.state) == ("lnk-1", PaymentState.EXPIRED)
    assert read(payment_id=DROPPED, link_id="lnk-1") == Stray("no_payment_id")


def test_an_event_whose_name_no_column_holds_is_read_without_it() -> None:
    for odd in ("e" * 161, "evt 1", "", ["evt"], {"a": 1}, True, "evt\x001"):
        assert news(id=odd).event_id == ""
    assert news(id=7).event_id == "7"


@pytest.mark.parametrize("amount", ["120.50", 120.5, "120.5", "0120.50", "120.5000"])
def test_an_amount_is_read_however_a_machine_writes_it(amount: object) -> None:
    assert news(amount=amount).amount == Money(12050, "PEN")
