"""The sandbox gateway's events: signed, fresh, and only read where they make sense."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.providers.sandbox_gateway.inbound import (
    TOLERANCE_SECONDS,
    parse_event,
    signature_is_valid,
)
from acuerdo.values.money import Money
from tests.clock import NOW

SECRET = "a gateway's secret"


def signed(body: bytes, secret: str = SECRET, at: datetime = NOW) -> str:
    """The header a gateway sends."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def an_event(**changes: Any) -> dict[str, Any]:
    """A payment of 120.50 soles that succeeded."""
    data = {
        "payment_id": "pay-1",
        "reference": "0b2fd6de-6e64-4a5b-9cc7-5b5bb4b4b6d5",
        "amount": "120.50",
        "currency": "PEN",
        "paid_at": "2026-11-23T15:00:00+00:00",
    }
    kind = changes.pop("type", "payment.succeeded")
    return {"type": kind, "data": {**data, **changes}}


def test_a_genuine_event_is_believed() -> None:
    body = json.dumps(an_event()).encode()
    assert signature_is_valid(body, signed(body), SECRET, now=NOW)


@pytest.mark.parametrize(
    ("age", "believed"),
    [
        (timedelta(seconds=TOLERANCE_SECONDS), True),
        (timedelta(seconds=TOLERANCE_SECONDS + 1), False),
        (timedelta(seconds=-TOLERANCE_SECONDS), True),
        (timedelta(seconds=-TOLERANCE_SECONDS - 1), False),
    ],
)
def test_a_signature_grows_old(age: timedelta, believed: bool) -> None:
    body = b"{}"
    assert signature_is_valid(body, signed(body, at=NOW - age), SECRET, now=NOW) is believed


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v1=",
        "v1=abc",
        "t=1",
        "t=NaN,v1=abc",
        "t=²,v1=abc",
        "t=" + "9" * 400 + ",v1=abc",
        "t=-1,v1=abc",
        "ñandú",
        ",,,=,=",
    ],
)
def test_a_header_that_signs_nothing_is_not_believed(header: str) -> None:
    assert not signature_is_valid(b"{}", header, SECRET, now=NOW)


def test_another_body_another_secret_or_another_time_is_not_believed() -> None:
    header = signed(b'{"amount": 1}')
    assert not signature_is_valid(b'{"amount": 2}', header, SECRET, now=NOW)
    assert not signature_is_valid(b'{"amount": 1}', signed(b"{}", "guessed"), SECRET, now=NOW)
    later = header.replace(header.split(",")[0], f"t={int(NOW.timestamp()) + 5}")
    assert not signature_is_valid(b'{"amount": 1}', later, SECRET, now=NOW)


def test_without_a_secret_nothing_is_believed() -> None:
    # given an installation that has no secret, so that anybody can compute the signature
    body = b"{}"
    assert not signature_is_valid(body, signed(body, ""), "", now=NOW)


def test_a_payment_is_read() -> None:
    news = parse_event(json.dumps(an_event()).encode())
    assert isinstance(news, GatewayEvent)
    assert (news.payment_id, news.amount, news.state) == (
        "pay-1",
        Money(12050, "PEN"),
        PaymentState.PAID,
    )
    assert news.moved_at == datetime(2026, 11, 23, 15, tzinfo=UTC)
    failed = parse_event(json.dumps(an_event(type="payment.failed")).encode())
    assert isinstance(failed, GatewayEvent)
    assert failed.state is PaymentState.REJECTED


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "refund.created"},
        {"type": ["payment.succeeded"]},
        {"type": None},
        {"amount": "mucho"},
        {"amount": "NaN"},
        {"amount": "Infinity"},
        {"amount": "0"},
        {"amount": "-120.50"},
        {"amount": "120.505"},
        {"amount": "1e30"},
        {"amount": None},
        {"currency": "soles"},
        {"currency": ""},
        {"currency": None},
        {"paid_at": "ayer"},
        {"paid_at": None},
        # a moment without its zone would mean another one on every machine
        {"paid_at": "2026-11-23T15:00:00"},
        {"payment_id": ""},
        {"payment_id": "pay\x001"},
    ],
)
def test_an_event_that_makes_no_sense_is_a_stray(changes: dict[str, Any]) -> None:
    assert isinstance(parse_event(json.dumps(an_event(**changes)).encode()), Stray)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"data": 1}', b'{"type": "x"}']
)
def test_a_malformed_body_is_a_stray(body: bytes) -> None:
    assert isinstance(parse_event(body), Stray)


@given(st.binary(max_size=100))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    assert isinstance(parse_event(body), Stray)
