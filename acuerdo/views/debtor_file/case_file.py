"""Everything known about one debtor, as other systems read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository as agreements
from acuerdo.agreements.models import Plan, Promise
from acuerdo.calls import repository as calls
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.models import Conversation
from acuerdo.debts import repository as debts
from acuerdo.debts.models import CaseState, Debt, Debtor, Dispute, PaymentClaim
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.money import Money

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """Reads the file of a debtor."""

    db: Database

    async def of(self, external_id: str) -> Json:
        """The file of one debtor as plain data, amounts as decimal strings; raises NotFound."""
        if "\x00" in external_id:
            # no name holds one, and the database cannot even be asked
            raise NotFound
        async with self.db.transaction() as session:
            debtor = await debts.debtor_by_external_id(session, external_id)
            if debtor is None:
                raise NotFound
            return await _file(session, debtor)


async def _file(session: AsyncSession, debtor: Debtor) -> Json:
    owed = await debts.debts_of(session, debtor.id)
    names = {debt.id: debt.external_id for debt in owed}
    points = await contacts.contact_points_of(session, debtor.id)
    disputes = await debts.disputes_of(session, debtor.id)
    claims = await debts.claims_of(session, debtor.id)
    talks = await conversations.conversations_of(session, debtor.id)
    tried = await contacts.attempts_of(session, debtor.id)
    made = {each.message_id for each in tried if each.message_id is not None}
    results = await calls.results_of(session, made)
    return {
        "external_id": debtor.external_id,
        "name": debtor.name,
        "country": debtor.country,
        "debts": [_debt(debt) for debt in owed],
        "contact_points": [_contact_point(point) for point in points],
        "promises": [
            _promise(promise, names[promise.debt_id])
            for promise in await agreements.promises_of(session, debtor.id)
        ],
        "plans": [
            _plan(plan, names[plan.debt_id])
            for plan in await agreements.plans_of(session, debtor.id)
        ],
        "disputes": [
            {
                "debt": names[dispute.debt_id],
                "reason": dispute.reason.value,
                "state": dispute.state.value,
            }
            for dispute in disputes
        ],
        "payment_claims": [_claim(claim, names[claim.debt_id]) for claim in claims],
        "callbacks": [
            {"at": _iso(callback.at), "channel": callback.channel.value}
            for callback in await contacts.callbacks_of(session, debtor.id)
        ],
        "stops": _stops(debtor, points, disputes, claims, names),
        "conversations": [await _conversation(session, talk) for talk in talks],
        "attempts": [
            {
                "channel": attempt.channel.value,
                "at": _iso(attempt.at),
                "purpose": attempt.purpose.value,
                "allowed": attempt.allowed,
                "reason": attempt.reason,
                "rule": attempt.rule,
                "next_allowed_at": _iso(attempt.next_allowed_at),
                # of a call: how it ended
                "result": None if attempt.message_id is None else results.get(attempt.message_id),
            }
            for attempt in tried
        ],
    }


def _debt(debt: Debt) -> Json:
    return {
        "external_id": debt.external_id,
        "creditor": debt.creditor.external_id,
        "product": debt.product,
        "currency": debt.currency,
        "balance": debt.balance.plain(),
        "overdue": debt.overdue.plain(),
        "due_on": debt.due_on.isoformat(),
        "status": debt.status.value,
    }


def _contact_point(point: ContactPoint) -> Json:
    return {
        "channel": point.channel.value,
        "address": point.address,
        "state": point.state.value,
        "consent": point.consent,
    }


def _promise(promise: Promise, debt: str) -> Json:
    return {
        "debt": debt,
        "amount": promise.amount.plain(),
        "currency": promise.currency,
        "due_on": promise.due_on.isoformat(),
        "state": promise.state.value,
        "channel": promise.channel.value,
        "recorded_at": _iso(promise.recorded_at),
    }


def _plan(plan: Plan, debt: str) -> Json:
    return {
        "debt": debt,
        "total": plan.total.plain(),
        "currency": plan.currency,
        "instalments": [
            {"due_on": part.due_on.isoformat(), "amount": part.amount.plain()}
            for part in plan.instalments
        ],
        "state": plan.state.value,
    }


def _claim(claim: PaymentClaim, debt: str) -> Json:
    amount = claim.amount_minor
    return {
        "debt": debt,
        "amount": None if amount is None else Money(amount, claim.currency).plain(),
        "paid_on": None if claim.paid_on is None else claim.paid_on.isoformat(),
        "state": claim.state.value,
    }


def _stops(
    debtor: Debtor,
    points: Sequence[ContactPoint],
    disputes: Sequence[Dispute],
    claims: Sequence[PaymentClaim],
    names: Mapping[UUID, str],
) -> list[Json]:
    stops: list[Json] = []
    if debtor.deceased_reported_at is not None:
        stops.append(_stop("deceased", "debtor", debtor.deceased_reported_at))
    for point in points:
        if point.state is not ContactState.ACTIVE:
            scope = f"{point.channel.value}:{point.address}"
            kind = "opt_out" if point.state is ContactState.OPTED_OUT else point.state.value
            stops.append(_stop(kind, scope, point.state_since_at))
    cases: list[tuple[str, Dispute | PaymentClaim]] = [
        *(("dispute", dispute) for dispute in disputes),
        *(("payment_claim", claim) for claim in claims),
    ]
    stops += [
        _stop(kind, f"debt:{names[case.debt_id]}", case.opened_at)
        for kind, case in cases
        if case.state is CaseState.OPEN
    ]
    return stops


def _stop(kind: str, scope: str, since: datetime) -> Json:
    return {"kind": kind, "scope": scope, "since": _iso(since)}


async def _conversation(session: AsyncSession, talk: Conversation) -> Json:
    return {
        "id": str(talk.id),
        "channel": talk.channel.value,
        "owner": talk.owner.value,
        "verified": talk.verified_at is not None,
        "outcome": talk.outcome.value,
        "started_at": _iso(talk.started_at),
        "messages": [
            {
                "direction": message.direction.value,
                "text": message.text,
                "at": _iso(message.at),
                "author": message.author.value,
            }
            for message in await conversations.messages_of(session, talk.id)
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
