"""What the rows of one debt's books come to: rows read as facts, and replayed."""

from datetime import datetime

from acuerdo.agreements.models import Plan, PlanState, Promise, PromiseState
from acuerdo.bookkeeping.facts import MoneyFact, PlanFact, PromiseFact, Result
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.replay import replay
from acuerdo.bookkeeping.repository import Books
from acuerdo.debts.amounts import Balances


def result_of(books: Books, *, zone: str, now: datetime) -> Result:
    """Give what all facts of a debt come to; `zone` is the debtor's."""
    return replay(
        [_fact(each) for each in books.events],
        [_promise(each) for each in books.promises],
        [_plan(each) for each in books.plans],
        zone=zone,
        now=now,
    )


def balances_of(event: MoneyEvent) -> Balances:
    """The amounts of a statement or a correction, in minor units."""
    return Balances(
        event.balance_minor or 0,
        event.overdue_minor or 0,
        event.interest_minor or 0,
        event.fees_minor or 0,
    )


def _fact(event: MoneyEvent) -> MoneyFact:
    return MoneyFact(
        event.kind,
        f"{event.source}/{event.source_id}",
        event.at,
        event.recorded_at,
        event.amount_minor or 0,
        event.paid_at,
        event.reverses or "",
        balances_of(event),
        event.is_dated,
        event.sequence,
    )


def _promise(promise: Promise) -> PromiseFact:
    return PromiseFact(
        str(promise.id),
        promise.recorded_at,
        promise.due_on,
        promise.amount_minor,
        promise.settles,
        ended=promise.state in {PromiseState.RESCHEDULED, PromiseState.CANCELLED},
    )


def _plan(plan: Plan) -> PlanFact:
    return PlanFact(
        str(plan.id),
        plan.recorded_at,
        tuple((part.due_on, part.amount_minor) for part in plan.instalments),
        ended=plan.state is PlanState.CANCELLED,
    )
