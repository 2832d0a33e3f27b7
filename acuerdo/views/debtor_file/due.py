"""What is due of the debts in a file. Pure."""

from datetime import date
from uuid import UUID

from acuerdo.agreements.due import Due, due
from acuerdo.agreements.models import PlanState, PromiseState
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.views.debtor_file.debtor_file import DebtorFile, DebtRecord


def due_in(file: DebtorFile, debt: DebtRecord, today: date) -> Due | None:
    """Give what is due of a debt by the person's calendar; None where nobody is asked for it.

    Nobody is while it is looked into, and where it is paid or withdrawn.
    """
    if debt.status is not DebtStatus.OPEN or not debt.balance.minor or debt.id in _held(file):
        return None
    plans = [
        each for each in file.plans if each.debt_id == debt.id and each.state is PlanState.ACTIVE
    ]
    return due(
        debt,
        promises=[
            each
            for each in file.promises
            if each.debt_id == debt.id and each.state is PromiseState.OPEN
        ],
        instalments=[part for plan in plans for part in plan.instalments if not part.paid],
        today=today,
    )


def _held(file: DebtorFile) -> set[UUID]:
    disputed = {each.debt_id for each in file.disputes if each.state is CaseState.OPEN}
    return disputed | {each.debt_id for each in file.claims if each.state is CaseState.OPEN}
