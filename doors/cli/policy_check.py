"""JSON Lines in, JSON Lines out: the contact policy on standard input and output."""

import sys
from datetime import datetime
from typing import Any, BinaryIO

import orjson

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import ContactContext, Event, PastContact, Profile, Recipient, judge
from acuerdo.contact.law.calendar import zone_info
from acuerdo.values.channels import Channel


def check(source: BinaryIO, target: BinaryIO, profile: Profile) -> None:
    """Answer each line in its order with its fields and the verdict on it.

    A line that cannot be read is refused, with an `error` and no reason.
    """
    for number, line in enumerate(source, start=1):
        if line.strip():
            target.write(orjson.dumps(_answer(line, number, profile)) + b"\n")
            target.flush()


def _answer(line: bytes, number: int, profile: Profile) -> dict[str, Any]:
    asked: Any = None
    try:
        asked = orjson.loads(line)
        answered: dict[str, Any] = asked | _verdict(asked, profile)
        return answered
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        problem = f"line {number}: {type(error).__name__}: {error}"
        sys.stderr.write(problem + "\n")
        return (asked if isinstance(asked, dict) else {}) | {
            "allowed": False,
            "reason": None,
            "rule": None,
            "next_allowed_at": None,
            "error": problem,
        }


def _verdict(asked: dict[str, Any], profile: Profile) -> dict[str, Any]:
    verdict = judge(
        load(asked["country"]),
        profile,
        Channel(asked["channel"]),
        datetime.fromisoformat(asked["at"]),
        [_contact(contact) for contact in asked.get("history") or ()],
        _context(asked.get("context") or {}),
    )
    then = verdict.next_allowed_at
    return {
        "allowed": verdict.allowed,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "next_allowed_at": None if then is None else then.isoformat(),
    }


def _contact(contact: dict[str, Any]) -> PastContact:
    at = datetime.fromisoformat(contact["at"])
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return PastContact(
        at=at,
        channel=Channel(contact["channel"]),
        direct_contact=_flag(contact, "direct_contact"),
    )


def _context(context: dict[str, Any]) -> ContactContext:
    zone = context.get("timezone")
    if zone is not None:
        zone_info(zone)  # an unknown zone is a bad line even where the verdict does not need it
    return ContactContext(
        zones=() if zone is None else (zone,),
        consent=_consent(context),
        recipient=Recipient(context.get("recipient") or Recipient.DEBTOR),
        events=frozenset(event for event in Event if _flag(context, event)),
        reply=_flag(context, "reply_to_inbound"),
    )


def _consent(context: dict[str, Any]) -> bool | None:
    """Return the consent in question: given where it is not mentioned, unknown where it is null."""
    if "consent" not in context:
        return True
    return None if context["consent"] is None else _flag(context, "consent")


def _flag(fields: dict[str, Any], name: str) -> bool:
    value = fields.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise TypeError(f"{name} is true or false")
    return value
