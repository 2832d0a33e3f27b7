"""Whether a planned contact is still needed when its moment has come."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository as agreements
from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    Promise,
    PromiseState,
)
from acuerdo.contact.models import CallbackState
from acuerdo.outreach import occasions, repository
from acuerdo.outreach.models import PlannedContact
from acuerdo.outreach.occasions import Occasion


async def needless(session: AsyncSession, planned: PlannedContact) -> str | None:
    """Why a contact is not needed any more; None where it is."""
    subject = planned.subject_id
    if subject is None:
        return None
    match planned.kind:
        case Occasion.PROMISE_EVE | Occasion.PROMISE_DAY:
            promise = await repository.promise(session, subject)
            if promise.state is not PromiseState.OPEN:
                return promise.state.value
            return None if promise.left.minor else "paid"
        case Occasion.PROMISE_BROKEN:
            return await _broken(session, await repository.promise(session, subject))
        case Occasion.INSTALMENT_EVE:
            return _ended(*await repository.instalment(session, subject))
        case Occasion.INSTALMENT_MISSED:
            part, plan = await repository.instalment(session, subject)
            return _ended(part, plan) or await _promised_again(session, plan.debt_id)
        case Occasion.CALLBACK:
            callback = await repository.callback(session, subject)
            moved = occasions.of_callback(callback.id, callback.at).key != planned.occasion
            if moved:
                return "moved"
            return None if callback.state is CallbackState.PENDING else callback.state.value
        case _:
            return None


async def _broken(session: AsyncSession, promise: Promise) -> str | None:
    """Why nobody hears of a promise that was broken: it is paid by now, or in another's place."""
    if promise.state is PromiseState.KEPT or not promise.left.minor:
        return "paid"
    if promise.state is not PromiseState.BROKEN:
        return promise.state.value
    if await agreements.active_plan_of_debt(session, promise.debt_id) is not None:
        return "has_plan"
    return await _promised_again(session, promise.debt_id)


async def _promised_again(session: AsyncSession, debt_id: UUID) -> str | None:
    found = await agreements.open_promises_of_debt(session, debt_id)
    return "promised_again" if found else None


def _ended(part: Instalment, plan: Plan) -> str | None:
    if part.state is InstalmentState.PAID or not part.left.minor:
        return "paid"
    gone = plan.state not in {PlanState.ACTIVE, PlanState.BROKEN}
    return plan.state.value if gone else None
