"""What is known that decides about a contact, gathered from the rows at the moment of asking."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import house_rules as limits_
from acuerdo.contact import policy, preference, repository
from acuerdo.contact.law import ContactContext, Event, PastContact, Profile
from acuerdo.contact.law.rules import Rule
from acuerdo.contact.models import (
    ABOUT_DEBTS,
    ANSWERS,
    CONFIRMS,
    ContactPoint,
    ContactState,
    Purpose,
)
from acuerdo.contact.policy import ContactFacts
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor

_RETIRED: Final = frozenset(
    {
        ContactState.WRONG_PERSON,
        ContactState.THIRD_PARTY,
        ContactState.BLOCKED,
        ContactState.UNREACHABLE,
    }
)


async def gather(
    session: AsyncSession,
    point: ContactPoint,
    debtor: Debtor | None,
    purpose: Purpose,
    *,
    now: datetime,
    profile: Profile,
    debt_id: UUID | None = None,
    has_template: bool = False,
    part_of: UUID | None = None,
) -> ContactFacts:
    """The facts about contacting an address; `debt_id`: what it is about, else all that is owed.

    `part_of`: the call inside which it happens, which is no contact before it.
    An answer to a person waits for no more questions than its country's law makes necessary.
    """
    reply = purpose in ANSWERS
    events = _own_events(point, debtor)
    history: tuple[PastContact, ...] = ()
    more_rules: tuple[Rule, ...] = ()
    if debtor is not None:
        if not reply or policy.binds_replies(debtor.country):
            events |= {stop.kind for stop in await repository.stops_of(session, debtor.id)}
        if purpose in ABOUT_DEBTS:
            events |= await _of_debts(session, debtor.id, debt_id)
        if not reply:
            more_rules = await _more_rules(session, debtor, purpose)
            since = now - policy.history_needed(debtor.country, more_rules)
            history = await repository.history_of(session, debtor.id, since, apart_from=part_of)
    return ContactFacts(
        channel=point.channel,
        country=None if debtor is None else debtor.country,
        context=ContactContext(
            zones=() if debtor is None else (debtor.timezone,),
            consent=point.consent,
            events=frozenset(events),
            reply=reply,
        ),
        history=history,
        profile=profile,
        # who writes from there now is another person than the one who is meant
        retired=point.state in _RETIRED or point.other_user_id is not None,
        last_inbound_at=point.last_inbound_at,
        has_template=has_template,
        confirms_stop=purpose is Purpose.OPT_OUT_CONFIRMATION,
        confirms_operation=purpose in CONFIRMS,
        more_rules=more_rules,
    )


async def _more_rules(session: AsyncSession, debtor: Debtor, purpose: Purpose) -> tuple[Rule, ...]:
    """The house limits of the country, and what the person prefers."""
    limits = await repository.house_limits(session, debtor.country)
    house = () if limits is None else limits_.rules_of(limits.limits, debtor.country)
    if purpose is Purpose.CALLBACK:
        # the person named the hour and the channel of this one themselves
        return house
    wanted = await repository.preference_of(session, debtor.id)
    return house if wanted is None else (*house, *preference.rules_of(wanted.wish))


def _own_events(point: ContactPoint, debtor: Debtor | None) -> set[Event]:
    events = set()
    if point.state is ContactState.OPTED_OUT:
        events.add(Event.OPTED_OUT)
    if debtor is not None and debtor.deceased_reported_at is not None:
        events.add(Event.DECEASED)
    return events


async def _of_debts(session: AsyncSession, debtor_id: UUID, debt_id: UUID | None) -> set[Event]:
    """What the debts say: nothing where one of them may be asked for."""
    holds = [
        hold
        for hold in await debts.holds_of(session, debtor_id)
        if debt_id is None or hold.debt_id == debt_id
    ]
    if not holds:
        return {Event.PAID}
    if not all(hold.disputed or hold.claimed for hold in holds):
        return set()
    return {Event.DISPUTED if any(hold.disputed for hold in holds) else Event.PAYMENT_CLAIMED}
