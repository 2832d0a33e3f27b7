"""Whether a person may be contacted now: allowed, or refused with a reason and the next time.

Pure: frozen facts and `now` in, a verdict out. What a country's law and our house rules say is in
`law` and `jurisdictions`; here stand the rules that are the same everywhere: of the channel, of
the address, and of messages that serve a person instead of collecting.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import (
    ContactContext,
    Event,
    Jurisdiction,
    PastContact,
    Profile,
    Reason,
    Verdict,
)
from acuerdo.contact.law import judge as judge_by_law
from acuerdo.contact.law.look_back import look_back
from acuerdo.contact.law.rules import Rule, StopRule
from acuerdo.values.channels import Channel

# WhatsApp lets a business write freely for 24 hours after the person's last message.
SERVICE_WINDOW: Final = timedelta(hours=24)
_DECENT_HOUR: Final = time(9)
CONFIRMATION: Final = "house:confirmation"
REPLY: Final = "house:reply"
_GONE: Final = {Event.OPTED_OUT: "house:opt_out", Event.DECEASED: "house:deceased"}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """All that decides about one contact.

    `country`: whose law binds, the debtor's; None where nobody knows who is behind the address.
    `context.reply`: the message answers, or serves, somebody who has just written to us;
    `has_template`: WhatsApp may carry it outside its service window; `confirms_stop`: it is the
    one confirmation of an opt-out; `confirms_operation`: it confirms a payment that was made;
    `more_rules`: the house limits and what the person prefers, which can only refuse.
    """

    channel: Channel
    country: str | None
    context: ContactContext
    history: tuple[PastContact, ...] = ()
    profile: Profile = Profile.HOUSE
    retired: bool = False
    last_inbound_at: datetime | None = None
    has_template: bool = False
    confirms_stop: bool = False
    confirms_operation: bool = False
    more_rules: tuple[Rule, ...] = ()


def judge(facts: ContactFacts, now: datetime) -> Verdict:
    """The verdict on contacting a person at `now`, from the most to the least absolute rule."""
    within = within_service_window(facts.last_inbound_at, now)
    if facts.context.reply and within:
        return Verdict(True, REPLY) if facts.country is None else _lawful(facts, now)
    if facts.retired:
        return Verdict(False, "house:retired_address", Reason.ADDRESS_RETIRED)
    stops_confirmed = facts.confirms_stop and within
    for gone, rule in _GONE.items():
        if gone in facts.context.events and not (stops_confirmed and gone is Event.OPTED_OUT):
            return Verdict(False, rule, Reason(gone.value))
    if facts.channel is Channel.WHATSAPP and not within and not facts.has_template:
        return Verdict(False, "whatsapp:service_window", Reason.SERVICE_WINDOW_CLOSED)
    if stops_confirmed or facts.confirms_operation:
        # confirming an operation is not collecting: CO Ley 2300 de 2023, art. 8
        return Verdict(True, CONFIRMATION)
    if facts.country is None:
        return Verdict(False, "house:unknown_person", Reason.UNKNOWN_PERSON)
    return _lawful(replace(facts, context=replace(facts.context, reply=False)), now)


def _lawful(facts: ContactFacts, now: datetime) -> Verdict:
    jurisdiction = _jurisdiction(facts.country, facts.more_rules)
    if jurisdiction is None:
        if facts.context.reply:
            return Verdict(True, REPLY)
        return Verdict(False, "house:unknown_law", Reason.UNKNOWN_LAW)
    return judge_by_law(
        jurisdiction, facts.profile, facts.channel, now, facts.history, facts.context
    )


@cache
def binds_replies(country: str) -> bool:
    """Whether a country knows events after which even an answer is not allowed."""
    jurisdiction = _jurisdiction(country)
    return jurisdiction is not None and any(
        isinstance(rule, StopRule) and rule.binds_replies for rule in jurisdiction.rules
    )


def history_needed(country: str, more_rules: tuple[Rule, ...] = ()) -> timedelta:
    """How far back contacts still count under the law of a country and `more_rules`."""
    jurisdiction = _jurisdiction(country, more_rules)
    return timedelta() if jurisdiction is None else look_back(jurisdiction.rules)


@lru_cache(maxsize=4096)
def _jurisdiction(country: str | None, more_rules: tuple[Rule, ...] = ()) -> Jurisdiction | None:
    try:
        law = load(country or "")
    except LookupError:
        return None
    return replace(law, rules=(*law.rules, *more_rules)) if more_rules else law


def within_service_window(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether a person wrote so recently that WhatsApp lets us choose our words."""
    return last_inbound_at is not None and now - last_inbound_at < SERVICE_WINDOW


def next_opening(
    at: datetime, *, channel: Channel, country: str, zone: str, profile: Profile = Profile.HOUSE
) -> datetime:
    """The first moment, not before `at`, at which hours and holidays allow a contact.

    What has to wait until the next opening waits until a decent hour of that day, too.
    """
    anybody = ContactFacts(
        channel,
        country,
        ContactContext(zones=(zone,), consent=True),
        profile=profile,
        has_template=True,
    )
    opens = _opening(anybody, at)
    if opens == at:
        return at
    decent = datetime.combine(opens.astimezone(ZoneInfo(zone)), _DECENT_HOUR, ZoneInfo(zone))
    return _opening(anybody, max(opens, decent))


def _opening(facts: ContactFacts, at: datetime) -> datetime:
    verdict = _lawful(facts, at)
    return at if verdict.allowed else verdict.next_allowed_at or at
