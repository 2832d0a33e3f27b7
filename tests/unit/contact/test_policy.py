"""Whether somebody may be contacted now: the boundaries of every rule."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from acuerdo.contact.law import ContactContext, Event, Profile, Reason
from acuerdo.contact.policy import ContactFacts, judge, next_opening
from acuerdo.values.channels import Channel

LIMA = "America/Lima"
# Monday, ten in the morning in Lima
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
KNOWN = ContactContext(zones=(LIMA,), consent=True)
WRITTEN = ContactFacts(Channel.WHATSAPP, "PE", KNOWN, last_inbound_at=NOW - timedelta(hours=1))


def local(text: str, zone: str = LIMA) -> datetime:
    """A local time as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def facts(**changes: Any) -> ContactFacts:
    """Somebody who wrote an hour ago, with some things changed; of the context, too."""
    names = {field.name for field in fields(ContactContext)}
    inner = {name: value for name, value in changes.items() if name in names}
    if "events" in inner:
        inner["events"] = frozenset(inner["events"])
    outer = {name: value for name, value in changes.items() if name not in names}
    return replace(WRITTEN, context=replace(KNOWN, **inner), **outer)


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({"reply": True}, "house:reply", None),
        # who has just written is answered, whatever else stands
        ({"reply": True, "events": [Event.OPTED_OUT]}, "house:reply", None),
        ({"reply": True, "retired": True}, "house:reply", None),
        ({"reply": True, "events": [Event.DECEASED]}, "house:reply", None),
        ({"reply": True, "consent": False}, "house:reply", None),
        ({"reply": True, "country": None}, "house:reply", None),
        ({"reply": True, "country": "BO"}, "house:reply", None),
        ({"retired": True}, "house:retired_address", Reason.ADDRESS_RETIRED),
        (
            {"retired": True, "events": [Event.OPTED_OUT]},
            "house:retired_address",
            Reason.ADDRESS_RETIRED,
        ),
        ({"events": [Event.OPTED_OUT]}, "house:opt_out", Reason.OPTED_OUT),
        (
            {"events": [Event.OPTED_OUT], "confirms_operation": True},
            "house:opt_out",
            Reason.OPTED_OUT,
        ),
        ({"events": [Event.OPTED_OUT], "confirms_stop": True}, "house:confirmation", None),
        (
            {"events": [Event.OPTED_OUT], "confirms_stop": True, "last_inbound_at": None},
            "house:opt_out",
            Reason.OPTED_OUT,
        ),
        ({"events": [Event.DECEASED]}, "house:deceased", Reason.DECEASED),
        (
            {"events": [Event.DECEASED], "confirms_operation": True},
            "house:deceased",
            Reason.DECEASED,
        ),
        ({"confirms_operation": True, "events": [Event.DISPUTED]}, "house:confirmation", None),
        ({"confirms_operation": True, "consent": False}, "house:confirmation", None),
        ({"events": [Event.DISPUTED]}, "house:pe.disputed", Reason.DISPUTED),
        ({"events": [Event.PAID]}, "house:pe.paid", Reason.PAID),
        (
            {"last_inbound_at": None, "confirms_operation": True},
            "whatsapp:service_window",
            Reason.SERVICE_WINDOW_CLOSED,
        ),
        ({"country": None}, "house:unknown_person", Reason.UNKNOWN_PERSON),
        ({"country": "BO"}, "house:unknown_law", Reason.UNKNOWN_LAW),
    ],
)
def test_the_most_absolute_rule_decides(
    changes: dict[str, Any], rule: str, reason: Reason | None
) -> None:
    verdict = judge(facts(**changes), NOW)
    assert (verdict.rule, verdict.reason) == (rule, reason)
    assert verdict.allowed is (reason is None)


def test_a_contact_by_the_law_names_the_law() -> None:
    verdict = judge(facts(profile=Profile.LAW), NOW)
    assert verdict.allowed
    assert "Ley 29571" in verdict.rule


def test_a_template_may_come_after_the_window() -> None:
    assert judge(facts(last_inbound_at=None, has_template=True), NOW).allowed


def test_a_reply_long_after_is_judged_as_a_contact() -> None:
    late = facts(
        reply=True, channel=Channel.TELEGRAM, last_inbound_at=NOW - timedelta(days=3), consent=False
    )
    assert judge(late, NOW).reason is Reason.NO_CONSENT
    night = replace(late, context=replace(late.context, consent=True))
    verdict = judge(night, local("2026-11-23T22:00"))
    assert verdict.reason is Reason.OUTSIDE_HOURS


def test_some_countries_bind_even_an_answer() -> None:
    represented = facts(country="US", reply=True, events=[Event.REPRESENTED])
    assert judge(represented, NOW).reason is Reason.REPRESENTED
    assert judge(replace(represented, country="PE"), NOW).allowed


@pytest.mark.parametrize(
    ("silent", "answers", "allowed"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), True, True),
        (timedelta(hours=24), True, False),
        (timedelta(hours=23, minutes=59, seconds=59), False, True),
        (timedelta(hours=24), False, False),
    ],
)
def test_whatsapp_lets_us_write_for_a_day_after_the_last_message(
    silent: timedelta, answers: bool, allowed: bool
) -> None:
    written = facts(last_inbound_at=NOW - silent, reply=answers)
    assert judge(written, NOW).allowed is allowed


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        # Ley 29571, art. 62.b: Monday to Friday, 7 to 20
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T23:30", "2026-11-24T09:00"),
        ("2026-11-29T12:00", "2026-11-30T09:00"),
    ],
)
def test_a_wanted_moment_moves_into_the_hours(at: str, opens: str) -> None:
    moved = next_opening(local(at), channel=Channel.VOICE, country="PE", zone=LIMA)
    assert moved == local(opens)


def test_a_wanted_moment_stays_where_nobody_knows_the_hours() -> None:
    at = local("2026-11-29T23:00")
    assert next_opening(at, channel=Channel.VOICE, country="BO", zone=LIMA) == at
