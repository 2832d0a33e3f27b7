"""The sandbox gateway's signature: of these very bytes, and fresh."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

import pytest

from acuerdo.providers.sandbox_gateway.inbound import TOLERANCE_SECONDS, signature_is_valid
from tests.clock import NOW
from tests.unit.providers.sandbox_events import an_event

SECRET = "a gateway's secret"


def signed(body: bytes, secret: str = SECRET, at: datetime = NOW) -> str:
    """The header a gateway sends."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


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
