"""`acuerdo policy check`: JSON Lines in, JSON Lines out."""

import io
from typing import Any

import orjson
import pytest

from acuerdo.contact.law import Profile
from doors.cli import policy_check

ASKED = {
    "country": "CO",
    "channel": "whatsapp",
    "at": "2026-11-23T11:00:00-05:00",
    "history": [{"at": "2026-11-23T08:00:00-05:00", "channel": "whatsapp", "direct_contact": True}],
    "context": {"consent": True, "timezone": "America/Bogota", "extra": 1},
    "case": "mine",
}


def check(*lines: Any, profile: Profile = Profile.LAW) -> list[dict[str, Any]]:
    source = b"\n".join(x if isinstance(x, bytes) else orjson.dumps(x) for x in lines)
    target = io.BytesIO()
    policy_check.check(io.BytesIO(source), target, profile)
    return [orjson.loads(line) for line in target.getvalue().splitlines()]


def test_a_line_is_echoed_with_its_verdict() -> None:
    [answer] = check(ASKED)
    assert answer == ASKED | {
        "allowed": False,
        "reason": "day_cap",
        "rule": "Ley 2300 de 2023, art. 3 (co.one_a_day)",
        "next_allowed_at": "2026-11-24T07:00:00-05:00",
    }


def test_the_profile_decides() -> None:
    asked = {"country": "AR", "channel": "voice", "at": "2026-11-29T10:00:00-03:00", "history": []}
    assert [check(asked, profile=p)[0]["allowed"] for p in Profile] == [True, False]


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({}, None),
        ({"consent": None}, "no_consent"),
        ({"consent": False}, "no_consent"),
        ({"consent": True}, None),
        ({"consent": True, "opted_out": True}, "opted_out"),
        ({"consent": True, "recipient": "third_party"}, "third_party"),
        ({"opted_out": True, "reply_to_inbound": True}, None),
    ],
)
def test_what_is_unknown_is_taken_with_care(context: dict[str, Any], reason: str | None) -> None:
    [answer] = check(ASKED | {"history": [], "context": context})
    assert answer["reason"] == reason
    assert answer["allowed"] is (reason is None)


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        {},
        ASKED | {"country": "BR"},
        ASKED | {"country": []},
        ASKED | {"channel": "fax"},
        ASKED | {"at": "2026-11-23T11:00:00"},
        ASKED | {"at": 5},
        ASKED | {"history": [{"at": "2026-11-23T08:00:00", "channel": "voice"}]},
        ASKED | {"context": {"timezone": "Mars/Base"}},
        ASKED | {"context": {"timezone": "../etc"}},
        ASKED | {"context": {"timezone": "America"}},
        ASKED | {"context": {"timezone": ""}},
        ASKED | {"context": {"consent": "yes"}},
    ],
)
def test_a_bad_line_is_refused_aloud_and_the_next_one_judged(line: Any) -> None:
    bad, good = check(line, ASKED)
    assert bad["allowed"] is False
    assert bad["error"]
    assert good["reason"] == "day_cap"
