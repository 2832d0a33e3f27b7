"""What the debtor of the full file agreed, on each of two debts."""

from datetime import timedelta
from typing import TYPE_CHECKING

from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    Promise,
    PromiseState,
    Proposal,
    ProposalKind,
    ProposalState,
)
from acuerdo.debts.models import Debt
from acuerdo.values.channels import Channel
from tests.clock import A_MONDAY as NOW

if TYPE_CHECKING:
    from tests.integration.views.full_file import FullFile

DAY = timedelta(days=1)


def agreements(file: "FullFile", debt: Debt) -> None:
    """Promises kept, broken and open, a broken plan and one that goes on."""
    states = (
        (-9, PromiseState.KEPT, False),
        (-4, PromiseState.BROKEN, False),
        (-1, PromiseState.OPEN, False),
        (4, PromiseState.OPEN, True),
    )
    for days, state, settles in states:
        proposal = _proposal(file, debt, ProposalKind.PROMISE)
        promise = Promise(
            proposal_id=proposal.id,
            debt_id=debt.id,
            conversation_id=file.conversation.id,
            channel=Channel.VOICE if days < 0 else Channel.WHATSAPP,
            amount_minor=12050 - days,
            currency=debt.currency,
            due_on=NOW.date() + days * DAY,
            settles=settles,
            state=state,
            words=f"pago {days}",
            replaces_id=None,
            recorded_at=NOW - (20 - days) * DAY + _apart(file, debt),
            closed_at=None,
        )
        file.add(promise)
    for days, plan_state in ((-40, PlanState.BROKEN), (-10, PlanState.ACTIVE)):
        proposal = _proposal(file, debt, ProposalKind.PLAN)
        plan = Plan(
            proposal_id=proposal.id,
            debt_id=debt.id,
            conversation_id=file.conversation.id,
            channel=Channel.WHATSAPP,
            total_minor=30000,
            currency=debt.currency,
            frequency="weekly",
            state=plan_state,
            words="en tres partes",
            recorded_at=NOW + days * DAY + _apart(file, debt),
        )
        file.add(plan)
        # the last first: what is shown is in the order of their numbers
        for number in (3, 2, 1):
            part = Instalment(
                plan_id=plan.id,
                number=number,
                due_on=NOW.date() + (days + 7 * number - 4) * DAY,
                amount_minor=10000,
                currency=debt.currency,
                state=InstalmentState.PAID if number == 1 else InstalmentState.PENDING,
            )
            file.add(part)


def _apart(file: "FullFile", debt: Debt) -> timedelta:
    # what happens at one moment has no order
    return timedelta(minutes=1 if debt is file.card else 0)


def _proposal(file: "FullFile", debt: Debt, kind: ProposalKind) -> Proposal:
    proposal = Proposal(
        conversation_id=file.conversation.id,
        turn_id=None,
        debt_id=debt.id,
        kind=kind,
        position=0,
        terms={},
        state=ProposalState.ACCEPTED,
        words="",
        rule="policy",
        created_at=NOW,
    )
    file.add(proposal)
    return proposal
