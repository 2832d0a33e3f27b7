"""Consent of people: each word of it kept with its proof, and what follows for their addresses.

Called inside a transaction that holds the address. Nothing here is undone by an import.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.contact import points as points_
from acuerdo.contact import repository
from acuerdo.contact.models import ConsentEvent, ContactPoint, ContactState
from acuerdo.contact.opt_out import ConsentSource, opt_outs_in
from acuerdo.values.requests import Scope


@dataclass(frozen=True, slots=True)
class ConsentEvidence:
    """Who said it and where it stands: the words, the message, the agent who heard it."""

    source: ConsentSource
    words: str | None = None
    message_id: UUID | None = None
    agent_id: UUID | None = None


async def withdraw(
    session: AsyncSession,
    point: ContactPoint,
    scope: Scope,
    proof: ConsentEvidence,
    *,
    debtor_id: UUID | None,
    now: datetime,
) -> bool:
    """Stop contact at once as far as `scope` reaches; whether that changed anything.

    `debtor_id`: who says it. Where nobody knows that, or at an address of somebody else, no person
    is silenced but the address: by words for every channel, the number on each of them, for all
    whose it is and will be. That anybody can so silence a number is the lesser harm.
    """
    whose = None if point.state in points_.NOT_THEIRS else debtor_id
    await _record(session, point, whose, False, scope, proof, now)
    points = [point]
    if whose is not None:
        others = await repository.contact_points_of(session, whose, lock=True)
        points += [each for each in others if each.id != point.id]
    elif scope is Scope.ALL:
        points += await repository.same_number(session, point, lock=True)
    silenced = [points_.opted_out(each, now) for each in points if _reaches(scope, point, each)]
    return any(silenced)


def _reaches(scope: Scope, said_at: ContactPoint, point: ContactPoint) -> bool:
    if scope is Scope.WORKPLACE:
        return point.workplace
    return scope is Scope.ALL or point.channel is said_at.channel


async def give(
    session: AsyncSession, point: ContactPoint, proof: ConsentEvidence, *, now: datetime
) -> None:
    """Keep a consent; a portfolio's or a link's does not undo what the person has asked for."""
    if point.consent or point.state is not ContactState.ACTIVE:
        return
    point.consent = True
    await _record(session, point, point.debtor_id, True, Scope.CHANNEL, proof, now)


async def enforce(
    session: AsyncSession, point: ContactPoint, debtor_id: UUID, *, now: datetime
) -> None:
    """Silence an address that has just become known as this person's, where they asked for it, or
    somebody at the same number did; for all who share it."""
    said = await repository.consents_of(session, debtor_id)
    refused = opt_outs_in(said).cover(point.channel, workplace=point.workplace)
    if refused or await repository.is_number_silenced(session, point):
        points_.opted_out(point, now)


async def _record(
    session: AsyncSession,
    point: ContactPoint,
    whose: UUID | None,
    given: bool,
    scope: Scope,
    proof: ConsentEvidence,
    now: datetime,
) -> None:
    await ledger.record(
        session,
        ConsentEvent(
            contact_point_id=point.id,
            debtor_id=whose,
            channel=point.channel,
            given=given,
            scope=scope,
            source=proof.source,
            words=proof.words,
            message_id=proof.message_id,
            agent_id=proof.agent_id,
            at=now,
        ),
    )
