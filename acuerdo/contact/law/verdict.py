"""The verdict on one contact: allowed, or refused with a reason, the rule and the next moment.

Every rule of the profile must allow it. The law of the person's own country and zone decides; the
server's zone never does.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from operator import attrgetter
from typing import Final

from acuerdo.contact.law.calendar import moment, zone_info
from acuerdo.contact.law.rules import (
    Absolute,
    Bound,
    Calendar,
    Consent,
    ContactContext,
    Holidays,
    Jurisdiction,
    Limit,
    PastContact,
    Profile,
    Reason,
    Recipients,
    StopRule,
    Tally,
    Unit,
    Verdict,
)
from acuerdo.values.channels import Channel
from acuerdo.values.working_days import is_holiday

REPLY: Final = "house:reply"
# Hours in zones far apart may never meet; nobody waits longer than this to learn it.
_HORIZON: Final = timedelta(days=400)
_MIDNIGHT: Final = time()
_DAY: Final = timedelta(days=1)
_BY_TIME: Final = attrgetter("at")


def judge(
    jurisdiction: Jurisdiction,
    profile: Profile,
    channel: Channel,
    at: datetime,
    history: Sequence[PastContact],
    context: ContactContext,
) -> Verdict:
    """The verdict on a contact at `at`, from the most to the least absolute rule.

    `history` holds the earlier contacts with this person (about this debt, where a rule counts by
    debt), in any order; one later than `at` counts as if it were now. A reply is bound by no rule
    about time, consent or recipient: what it may say is for verification to decide. Raises
    ValueError for a moment without offset, ZoneInfoNotFoundError for an unknown zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    bound = jurisdiction.bound[profile, channel]
    for absolute in bound.absolute:
        reason = _refusal(absolute, context)
        if reason is not None:
            return Verdict(False, absolute.citation, reason)
    if context.reply:
        return Verdict(True, REPLY)
    zones = context.zones or _zones_by_offset(jurisdiction, at)
    now = at.astimezone(UTC)
    past = sorted(history, key=_BY_TIME) if bound.tallies else ()
    frees = [_frees_at(tally, past, now, zones) for tally in bound.tallies]
    free = max(frees, default=now)
    opening = _opening(max(free, now), bound.calendar, zones)
    if opening == now:
        return Verdict(True, bound.basis)
    rule, reason = _refusing(bound, frees, now, zones)
    local = None if opening is None else opening.astimezone(zone_info(zones[0]))
    return Verdict(False, rule.citation, reason, local)


def _refusal(rule: Absolute, context: ContactContext) -> Reason | None:
    """Why a rule that no waiting satisfies refuses."""
    refused: Reason | None = None
    if isinstance(rule, StopRule):
        if rule.event in context.events and (rule.binds_replies or not context.reply):
            refused = Reason(rule.event.value)
    elif context.reply:
        refused = None
    elif isinstance(rule, Recipients):
        refused = None if context.recipient in rule.allowed else Reason.THIRD_PARTY
    elif isinstance(rule, Consent):
        missing = context.consent is False or (context.consent is None and rule.unknown_refuses)
        refused = Reason.NO_CONSENT if missing else None
    else:
        refused = Reason.CHANNEL_BARRED
    return refused


def _refusing(
    bound: Bound, frees: list[datetime], now: datetime, zones: tuple[str, ...]
) -> tuple[Calendar | Limit, Reason]:
    """The first rule about time that refuses `now`, and as what."""
    waiting = {
        tally.limit.id for tally, free in zip(bound.tallies, frees, strict=True) if free > now
    }
    for rule in bound.timed:
        if isinstance(rule, Limit):
            if rule.id in waiting:
                return rule, rule.reason
        elif any(_opens(rule, now, zone) > now for zone in zones):
            holiday = isinstance(rule, Holidays)
            return rule, Reason.HOLIDAY if holiday else Reason.OUTSIDE_HOURS
    raise AssertionError("a moment that is not the next allowed one is refused by a rule")


def _zones_by_offset(jurisdiction: Jurisdiction, at: datetime) -> tuple[str, ...]:
    """The zone in which `at` was written; all of them where its offset is none of the country's."""
    offset = at.utcoffset()
    for zone in jurisdiction.zones:
        if at.astimezone(zone_info(zone)).utcoffset() == offset:
            return (zone,)
    return jurisdiction.zones


def _opening(
    start: datetime, rules: tuple[Calendar, ...], zones: tuple[str, ...]
) -> datetime | None:
    """The first moment from `start` that all rules allow in all zones.

    Each rule moves the moment to its own next opening only, so no allowed one is passed over.
    """
    at = start
    while at - start < _HORIZON:
        before = at
        for zone in zones:
            for rule in rules:
                at = _opens(rule, at, zone)
        if at == before:
            return at
    return None


def _opens(rule: Calendar, at: datetime, zone: str) -> datetime:
    """The first moment, not before `at`, that one rule allows in one zone."""
    day = at.astimezone(zone_info(zone)).date()
    if isinstance(rule, Holidays):
        if not is_holiday(rule.calendar, day):
            return at
        while is_holiday(rule.calendar, day):
            day += _DAY
        return moment(zone, day, _MIDNIGHT)
    while True:
        for opens, closes in rule.windows[day.weekday()]:
            if at < moment(zone, day, closes):
                return max(at, moment(zone, day, opens))
        day += _DAY


def _frees_at(
    counted: Tally, past: Sequence[PastContact], now: datetime, zones: tuple[str, ...]
) -> datetime:
    """When a limit allows the next contact, `now` or before where it already does."""
    left = counted.limit.limit
    for contact in reversed(past):
        if contact.channel in counted.channels and (
            contact.direct_contact or counted.attempts or (counted.deliveries and contact.delivered)
        ):
            left -= 1
            if left == 0:
                last = min(contact.at, now).astimezone(UTC)
                return max([_ends(counted.limit, last, zone) for zone in zones])
    return now


def _ends(limit: Limit, last: datetime, zone: str) -> datetime:
    """The first moment at which a contact at `last` is outside of all the limit's periods.

    Days are local dates, the day of the contact being the first one.
    """
    day = last.astimezone(zone_info(zone)).date()
    ends = last
    for period in limit.periods:
        if period.unit is Unit.HOURS:
            end = last + timedelta(hours=period.length)
        elif period.unit is Unit.DAYS:
            end = moment(zone, day + timedelta(days=period.length), _MIDNIGHT)
        else:
            days = 7 * period.length - day.weekday()
            end = moment(zone, day + timedelta(days=days), _MIDNIGHT)
        ends = max(ends, end)
    return ends
