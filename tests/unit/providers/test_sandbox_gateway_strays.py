"""Events of the sandbox gateway that make no sense: a stray with its reason, never an error."""

import json
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import NOT_ABOUT_MONEY, GatewayEvent
from acuerdo.providers.sandbox_gateway.inbound import parse_event
from tests.unit.providers.sandbox_events import DROPPED, an_event, news, read


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": ["payment.succeeded"]}, "not_as_described"),
        ({"type": None}, "not_as_described"),
        ({"type": "customer.updated"}, "unknown_movement"),
        ({"type": "refund.created"}, "unknown_movement"),
        ({"type": "payment.partially_captured"}, "unknown_movement"),
        ({"type": "PAYMENT.SUCCEEDED"}, "unknown_movement"),
        ({"amount": "mucho"}, "amount_unreadable"),
        ({"amount": "100,00"}, "amount_unreadable"),
        ({"amount": "1.500,50"}, "amount_unreadable"),
        ({"amount": "S/ 100"}, "amount_unreadable"),
        ({"amount": "1_000"}, "amount_unreadable"),
        ({"amount": "１００"}, "amount_unreadable"),
        ({"amount": " 100"}, "amount_unreadable"),
        ({"amount": "NaN"}, "amount_unreadable"),
        ({"amount": float("nan")}, "amount_unreadable"),
        ({"amount": float("inf")}, "amount_unreadable"),
        ({"amount": "1E+1000000"}, "amount_unreadable"),
        ({"amount": "1e3"}, "amount_unreadable"),
        ({"amount": 10**40}, "amount_unreadable"),
        ({"amount": True}, "amount_unreadable"),
        ({"amount": ["120.50"]}, "amount_unreadable"),
        ({"amount": None}, "amount_unreadable"),
        ({"amount": DROPPED}, "amount_unreadable"),
        ({"amount": 100.005}, "amount_too_fine"),
        ({"amount": "120.505"}, "amount_too_fine"),
        ({"amount": "1500.50", "currency": "CLP"}, "amount_too_fine"),
        ({"amount": "0"}, "impossible_payment"),
        ({"amount": "-0.00"}, "impossible_payment"),
        ({"amount": "-120.50"}, "impossible_payment"),
        ({"amount": "10000000000000.01"}, "impossible_payment"),
        ({"currency": "soles"}, "currency_unreadable"),
        ({"currency": "pen"}, "currency_unreadable"),
        ({"currency": "Pen"}, "currency_unreadable"),
        ({"currency": ""}, "currency_unreadable"),
        ({"currency": None}, "currency_unreadable"),
        ({"paid_at": "ayer"}, "moment_unreadable"),
        ({"paid_at": None}, "moment_unreadable"),
        ({"paid_at": 1795197931}, "moment_unreadable"),
        ({"paid_at": 20261123}, "moment_unreadable"),
        ({"paid_at": "23/11/2026 15:00"}, "moment_unreadable"),
        ({"paid_at": "2026-02-30T15:00:00Z"}, "moment_unreadable"),
        ({"paid_at": "2026-11-23T15:00:00"}, "moment_without_zone"),
        ({"paid_at": "2026-11-23"}, "moment_without_zone"),
        ({"paid_at": None, "created_at": "2026-11-23T15:00:00"}, "moment_without_zone"),
        ({"paid_at": "0001-01-01T00:00:00+14:00"}, "impossible_moment"),
        ({"paid_at": "9999-12-31T23:59:59-14:00"}, "impossible_moment"),
        ({"payment_id": ""}, "no_payment_id"),
        ({"payment_id": None}, "no_payment_id"),
        ({"payment_id": DROPPED}, "no_payment_id"),
        ({"payment_id": "pay\x001"}, "identifier_unreadable"),
        ({"payment_id": "pay 1"}, "identifier_unreadable"),
        ({"payment_id": "ñ"}, "identifier_unreadable"),
        ({"payment_id": "\ud800"}, "identifier_unreadable"),
        ({"payment_id": "p" * 161}, "identifier_unreadable"),
        ({"payment_id": ["pay-1"]}, "not_as_described"),
        ({"reference": {"id": 1}}, "not_as_described"),
        ({"type": "payment.refunded", "refund_id": ["r"]}, "not_as_described"),
        ({"type": "payment.refunded", "refund_id": "r" * 161}, "identifier_unreadable"),
    ],
)
def test_an_event_that_makes_no_sense_is_a_stray(changes: dict[str, Any], reason: str) -> None:
    assert read(**changes) == Stray(reason)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"type": "customer.updated"}, NOT_ABOUT_MONEY),
        ({"type": "customer.updated", "data": {"name": "Ana"}}, NOT_ABOUT_MONEY),
        ({"type": "payout.paid", "data": []}, NOT_ABOUT_MONEY),
        ({"type": "dispute.created"}, "unknown_movement"),
        ({"type": "credit.note", "data": {"amount": "5"}}, "unknown_movement"),
        ({"type": "payment.succeeded"}, "not_as_described"),
        ({"type": "payment.succeeded", "data": [1]}, "not_as_described"),
        ({"data": {}}, "not_as_described"),
    ],
)
def test_people_are_spared_only_what_is_about_no_money(event: dict[str, Any], reason: str) -> None:
    assert parse_event(json.dumps(event).encode()) == Stray(reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (json.dumps(an_event()).encode("utf-16"), "not_json"),
        (json.dumps(an_event()).encode("latin-1") + b"\xf1", "not_json"),
        (b"[]", "not_as_described"),
        (b"null", "not_as_described"),
        (b'"x"', "not_as_described"),
        (b'{"data": 1}', "not_as_described"),
        (b"[" * 499, "not_json"),
        (b"[" * 501, "nested_too_deep"),
        (b'{"data":' + b"[" * 30_000 + b"]" * 30_000 + b"}", "nested_too_deep"),
        (b'{"data":"' + b"x" * 65_536 + b'"}', "too_long"),
        (b"9" * 65_000, "not_as_described"),
    ],
    ids=range(14),
)
def test_a_malformed_body_is_a_stray(body: bytes, reason: str) -> None:
    assert parse_event(body) == Stray(reason)


def test_what_an_event_says_does_not_hang_on_how_deep_the_caller_stands() -> None:
    body = json.dumps(an_event(more=json.loads("[" * 490 + "]" * 490))).encode()

    def deeper(steps: int) -> GatewayEvent | Stray:
        return deeper(steps - 1) if steps else parse_event(body)

    assert deeper(0) == deeper(300) == news()


def test_a_byte_order_mark_is_no_part_of_an_event() -> None:
    assert parse_event(b"\xef\xbb\xbf" + json.dumps(an_event()).encode()) == news()


@given(st.binary(max_size=100))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    assert isinstance(parse_event(body), Stray)


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
_KINDS = st.sampled_from(
    [
        f"payment.{kind}"
        for kind in (
            "pending",
            "succeeded",
            "failed",
            "expired",
            "refunded",
            "chargeback",
            "chargeback_won",
            "disputed",
        )
    ]
)
_FIELDS = [
    "id",
    "type",
    "created_at",
    "payment_id",
    "link_id",
    "reference",
    "amount",
    "currency",
    "paid_at",
    "expired_at",
    "refunded_at",
    "charged_back_at",
    "chargeback_won_at",
    "refund_id",
    "dispute_id",
]


@given(
    kind=_KINDS,
    odd=st.dictionaries(
        st.sampled_from(_FIELDS),
        _ANY_JSON | st.datetimes().map(str) | st.text("0123456789.,-+eE_", max_size=25),
        max_size=4,
    ),
)
def test_whatever_stands_in_a_field_the_reading_ends_and_what_is_read_can_be_written_down(
    kind: str, odd: dict[str, Any]
) -> None:
    event = an_event(type=kind)
    outer = {name: value for name, value in odd.items() if name in ("id", "type", "created_at")}
    inner = {name: value for name, value in odd.items() if name not in outer}
    body = json.dumps(event | outer | {"data": event["data"] | inner}).encode()
    found = parse_event(body)
    assert found == parse_event(body.decode().encode())
    if isinstance(found, Stray):
        assert 0 < len(found.reason) <= 64
    else:
        assert 0 < len(found.payment_id) <= 160
        assert 0 < len(found.movement_id) <= 200
        assert len(found.event_id) <= 160
        assert 0 < found.amount.minor <= 10**15
        assert found.moved_at.tzinfo is UTC
