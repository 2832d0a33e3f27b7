"""The debtor's card: what is owed, said, agreed and tried."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository as agreements
from acuerdo.agreements.models import InstalmentState, Plan, PlanState, Promise, PromiseState
from acuerdo.calls.models import CallResult
from acuerdo.contact.models import Attempt, Callback
from acuerdo.conversations.models import Conversation
from acuerdo.debts import repository
from acuerdo.debts.models import Debtor, DebtStatus, Dispute, PaymentClaim
from acuerdo.debts.service import Debts
from acuerdo.payments import repository as payments
from acuerdo.payments.models import Payment
from acuerdo.values.money import Money
from acuerdo.views.desk.views import (
    AttemptView,
    CallbackView,
    ClaimView,
    DebtCard,
    DisputeView,
    FormerConversation,
    InstalmentView,
    PaymentView,
    PlanView,
    PromiseView,
)


class _AboutDebt(Protocol):
    @property
    def debt_id(self) -> UUID | None: ...


_T = TypeVar("_T", bound=_AboutDebt)


async def debts(
    session: AsyncSession, service: Debts, debtor: Debtor, today: date
) -> tuple[DebtCard, ...]:
    """Every debt of a person with all about it, the open ones first; newest facts first."""
    promises = _by_debt(await agreements.promises_of(session, debtor.id))
    plans = _by_debt(await agreements.plans_of(session, debtor.id))
    disputes = _by_debt(await repository.disputes_of(session, debtor.id))
    claims = _by_debt(await repository.claims_of(session, debtor.id))
    paid = _by_debt(await payments.payments_of(session, debtor.id))
    cards = [
        DebtCard(
            debt=await service.view(session, debt, debtor),
            status=debt.status,
            promises=tuple(_promise(each, today) for each in promises[debt.id]),
            plans=tuple(_plan(each, today) for each in plans[debt.id]),
            disputes=tuple(_dispute(each) for each in disputes[debt.id]),
            claims=tuple(_claim(each) for each in claims[debt.id]),
            payments=tuple(_payment(each) for each in paid[debt.id]),
        )
        for debt in await repository.debts_of(session, debtor.id)
    ]
    return tuple(sorted(cards, key=lambda card: card.status is not DebtStatus.OPEN))


def _by_debt(rows: Iterable[_T]) -> defaultdict[UUID | None, list[_T]]:
    grouped: defaultdict[UUID | None, list[_T]] = defaultdict(list)
    for row in rows:
        grouped[row.debt_id].insert(0, row)
    return grouped


def _promise(promise: Promise, today: date) -> PromiseView:
    return PromiseView(
        amount=promise.amount,
        due_on=promise.due_on,
        settles=promise.settles,
        state=promise.state,
        overdue=promise.state is PromiseState.OPEN and promise.due_on < today,
        channel=promise.channel,
        recorded_at=promise.recorded_at,
    )


def _plan(plan: Plan, today: date) -> PlanView:
    waits = plan.state is PlanState.ACTIVE
    return PlanView(
        total=plan.total,
        frequency=plan.frequency,
        state=plan.state,
        recorded_at=plan.recorded_at,
        instalments=tuple(
            InstalmentView(
                number=each.number,
                due_on=each.due_on,
                amount=each.amount,
                paid=each.state is InstalmentState.PAID,
                overdue=waits and each.state is InstalmentState.PENDING and each.due_on < today,
            )
            for each in plan.instalments
        ),
    )


def _dispute(dispute: Dispute) -> DisputeView:
    return DisputeView(
        reason=dispute.reason,
        words=dispute.words,
        state=dispute.state,
        opened_at=dispute.opened_at,
    )


def _claim(claim: PaymentClaim) -> ClaimView:
    amount = claim.amount_minor
    return ClaimView(
        amount=None if amount is None else Money(amount, claim.currency),
        paid_on=claim.paid_on,
        has_proof=claim.has_proof,
        words=claim.words,
        state=claim.state,
        opened_at=claim.opened_at,
    )


def _payment(payment: Payment) -> PaymentView:
    return PaymentView(amount=payment.amount, paid_at=payment.paid_at)


def callbacks(rows: Sequence[Callback]) -> tuple[CallbackView, ...]:
    """The later contacts that were agreed, the next one first."""
    return tuple(CallbackView(at=each.at, channel=each.channel) for each in rows)


def attempts(
    rows: Sequence[Attempt], results: Mapping[UUID, CallResult | None]
) -> tuple[AttemptView, ...]:
    """What was tried, with the verdict; `results` of the calls among it."""
    return tuple(
        AttemptView(
            at=each.at,
            channel=each.channel,
            purpose=each.purpose,
            allowed=each.allowed,
            rule=each.rule,
            result=None if each.message_id is None else results.get(each.message_id),
        )
        for each in rows
    )


def former(rows: Sequence[Conversation]) -> tuple[FormerConversation, ...]:
    """Other conversations with the same person."""
    return tuple(
        FormerConversation(
            id=each.id,
            channel=each.channel,
            owner=each.owner,
            outcome=each.outcome,
            started_at=each.started_at,
        )
        for each in rows
    )
