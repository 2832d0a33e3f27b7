"""A contact has a reason that is true (B35), and what was paid needs none."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from acuerdo.agreements.models import Instalment, Promise, PromiseState
from acuerdo.agreements.offers import PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.contact.law import Reason
from acuerdo.contact.models import Callback, ContactPoint, Purpose
from acuerdo.debts.models import Debt
from acuerdo.outreach.models import PlannedContact, PlannedState
from acuerdo.outreach.occasions import Occasion
from acuerdo.outreach.service import RequestAnswer
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason
from tests.builders import a_contact_point, a_debt, a_party, saved
from tests.clock import A_MONDAY
from tests.integration.world import Ana, World

POLICY: dict[str, Any] = {
    "verification": {"factors": ["document_last4"]},
    "promise": {"max_days": 60},
    "plan": {"frequencies": ["weekly"], "min_instalment": "50"},
}


@pytest.fixture
async def ana(world: World) -> Ana:
    """Ana, who owes 320.50, 120.50 of it overdue; ten in the morning of a Monday."""
    world.clock.move_to(A_MONDAY)
    return await Ana(POLICY).stored(world.db)


async def wished(world: World, ana: Ana, **more: Any) -> RequestAnswer:
    """The creditor's system asks to contact Ana."""
    given: dict[str, Any] = {"channel": Channel.WHATSAPP, "purpose": Purpose.COLLECTION} | more
    return await world.planned_contacts.request(
        ana.debtor.external_id, given.pop("channel"), given.pop("purpose"), **given
    )


async def change(world: World, kind: type[Any], **values: Any) -> None:
    async with world.db.transaction() as session:
        await session.execute(update(kind).values(**values))


async def promised(world: World, ana: Ana, *, days: int = 4, debt: Debt | None = None) -> UUID:
    """Ana promises 100 of a debt."""
    party = a_party(ana.debtor.id)
    owed = await world.debts.choose(party, chosen=(debt or ana.debt).external_id)
    terms = PromiseTerms(Money.of(100, owed.balance.currency), owed.today + timedelta(days=days))
    proposal = await world.agreements.propose_promise(party, owed, terms, words="pago")
    assert isinstance(proposal, PromiseProposal)
    await world.agreements.accept(party, proposal.id)
    promises = await world.rows(Promise)
    return max(promises, key=lambda each: each.recorded_at).id


async def a_plan(world: World, ana: Ana) -> list[Instalment]:
    """Ana agrees on three weekly instalments, the first of them in a week."""
    party = a_party(ana.debtor.id)
    owed = await world.debts.choose(party, chosen=ana.debt.external_id)
    first, *_ = await world.agreements.propose_plans(
        party, owed, PlanWish(instalments=3), words="en tres"
    )
    await world.agreements.accept(party, first.id)
    return sorted(await world.rows(Instalment), key=lambda part: part.number)


async def the_reason(world: World, ana: Ana, **more: Any) -> Reason | None:
    return (await wished(world, ana, **more)).verdict.reason


async def test_b35_nothing_is_overdue(world: World, ana: Ana) -> None:
    await change(world, Debt, overdue_minor=0)
    answered = await wished(world, ana, schedule=True)
    assert not answered.verdict.allowed
    assert (answered.verdict.reason, answered.planned_id) == (Reason.NOTHING_OVERDUE, None)
    assert answered.verdict.rule == "house:nothing_overdue"
    # it is written down as a refusal, which counts as no contact
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.reason) == (False, "nothing_overdue")
    assert await world.rows(PlannedContact) == []
    # at an hour at which it would have had to wait, too
    world.clock.advance(hours=12)
    assert await the_reason(world, ana, schedule=True) is Reason.NOTHING_OVERDUE
    assert await the_reason(world, ana, debt=ana.debt.external_id) is Reason.NOTHING_OVERDUE


async def test_b35_a_promise_is_open(world: World, ana: Ana) -> None:
    await promised(world, ana)
    answered = await wished(world, ana, schedule=True)
    assert (answered.verdict.reason, answered.planned_id) == (Reason.PROMISE_OPEN, None)


async def test_b35_a_plan_is_kept_and_then_not(world: World, ana: Ana) -> None:
    first, *_ = await a_plan(world, ana)
    assert await the_reason(world, ana) is Reason.PROMISE_OPEN
    days = first.due_on - world.clock.now().date()
    world.clock.advance(days=days.days + 1)
    # the day has passed, but banks book the next day
    assert await the_reason(world, ana, schedule=True) is Reason.PROMISE_OPEN
    world.clock.advance(days=1)
    assert (await wished(world, ana, schedule=True)).planned_id is not None


async def test_b35_an_instalment_that_was_missed_is_overdue_whatever_the_file_says(
    world: World, ana: Ana
) -> None:
    first, *_ = await a_plan(world, ana)
    await change(world, Debt, overdue_minor=0)
    assert await the_reason(world, ana) is Reason.NOTHING_OVERDUE
    world.clock.advance(days=(first.due_on - world.clock.now().date()).days + 2)
    assert (await wished(world, ana, schedule=True)).planned_id is not None
    await change(world, Instalment, paid_minor=first.amount_minor)
    assert await the_reason(world, ana) is Reason.NOTHING_OVERDUE


async def test_b35_one_of_several_debts_is_enough_and_the_named_one_counts(
    world: World, ana: Ana
) -> None:
    gas = a_debt(ana.debtor, ana.creditor, product="gas", balance="90", overdue="90")
    water = a_debt(ana.debtor, ana.creditor, product="agua", balance="70", overdue="0")
    await saved(world.db, gas, water)
    await promised(world, ana)
    assert await the_reason(world, ana, debt=ana.debt.external_id) is Reason.PROMISE_OPEN
    assert await the_reason(world, ana, debt=water.external_id) is Reason.NOTHING_OVERDUE
    assert (await wished(world, ana)).verdict.allowed


async def test_b35_a_debt_that_is_looked_into_is_no_reason(world: World, ana: Ana) -> None:
    water = a_debt(ana.debtor, ana.creditor, product="agua", balance="70", overdue="0")
    await saved(world.db, water)
    await world.cases.opening.dispute(
        a_party(ana.debtor.id), ana.debt.id, DisputeReason.NOT_MINE, "no es mía"
    )
    assert await the_reason(world, ana) is Reason.NOTHING_OVERDUE


async def test_b35_what_forbids_a_contact_for_good_is_said_first(world: World, ana: Ana) -> None:
    await change(world, Debt, overdue_minor=0)
    await change(world, ContactPoint, consent=False)
    assert await the_reason(world, ana) is Reason.NO_CONSENT


async def test_b35_reminders_need_nothing_that_is_overdue(world: World, ana: Ana) -> None:
    await change(world, Debt, overdue_minor=0)
    await promised(world, ana)
    assert (await wished(world, ana, purpose=Purpose.REMINDER)).verdict.allowed


async def test_b35_a_callback_that_was_asked_for_is_made(world: World, ana: Ana) -> None:
    await change(world, Debt, overdue_minor=0)
    conversation_id = await world.someone_writes("llámame mañana a las 11")
    await world.turns.reply_to(conversation_id)
    wanted = f"{world.clock.now().date() + timedelta(days=1)}T11:00"
    await world.callbacks.schedule(conversation_id, wanted)
    (callback,) = await world.rows(Callback)
    await world.agreement_follow_up.schedule_callback_contact(callback.id)
    (row,) = await world.rows(PlannedContact)
    world.clock.move_to(row.due_at)
    await world.planned_contacts.attempt(row.id)
    (row,) = await world.rows(PlannedContact)
    assert row.state is PlannedState.STARTED


async def test_b35_it_is_judged_again_when_its_moment_has_come(world: World, ana: Ana) -> None:
    world.clock.advance(hours=12)
    answered = await wished(world, ana, schedule=True)
    assert answered.planned_id is not None
    assert answered.due_at is not None
    await promised(world, ana, days=10)
    world.clock.move_to(answered.due_at)
    await world.planned_contacts.attempt(answered.planned_id)
    (row,) = await world.rows(PlannedContact)
    assert (row.state, row.reason) == (PlannedState.REFUSED, "promise_open")
    assert world.whatsapp.sent == []


async def test_b35_a_call_is_not_dialled_without_a_reason(world: World, ana: Ana) -> None:
    phone = a_contact_point(ana.debtor, channel=Channel.VOICE, address="+51987654321")
    await saved(world.db, phone)
    await promised(world, ana)
    placed = await world.calls.dialling.dial(phone.id, Purpose.COLLECTION)
    assert placed.refused is not None
    assert placed.refused.reason is Reason.PROMISE_OPEN
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.reason) == (False, "promise_open")
    assert (await world.calls.dialling.dial(phone.id, Purpose.CALLBACK)).refused is None


async def broken(world: World, ana: Ana) -> PlannedContact:
    """A promise of 100 was broken: the contact that follows it."""
    promise_id = await promised(world, ana)
    world.clock.advance(days=6)
    await world.agreement_follow_up.break_if_overdue(promise_id)
    (row,) = await world.rows(PlannedContact, PlannedContact.kind == Occasion.PROMISE_BROKEN)
    assert isinstance(row, PlannedContact)
    return row


@pytest.mark.parametrize("overdue_minor", [12050, 0])
async def test_b35_who_broke_a_promise_is_contacted(
    world: World, ana: Ana, overdue_minor: int
) -> None:
    row = await broken(world, ana)
    await change(world, Debt, overdue_minor=overdue_minor)
    world.clock.move_to(row.due_at)
    await world.planned_contacts.attempt(row.id)
    (row,) = await world.rows(PlannedContact)
    assert row.state is PlannedState.STARTED, row.reason


@pytest.mark.parametrize(
    ("kind", "values"),
    [(Promise, {"paid_minor": 10000}), (Promise, {"state": PromiseState.KEPT})],
)
async def test_b06_of_a_broken_promise_that_was_paid_nobody_hears(
    world: World, ana: Ana, kind: type[Any], values: dict[str, Any]
) -> None:
    row = await broken(world, ana)
    await change(world, kind, **values)
    world.clock.move_to(row.due_at)
    await world.planned_contacts.attempt(row.id)
    (row,) = await world.rows(PlannedContact)
    assert (row.state, row.reason) == (PlannedState.DROPPED, "paid")
    assert (await world.attempts())[-1].rule == "house:paid"


async def test_b06_of_instalments_that_were_paid_nobody_is_reminded(world: World, ana: Ana) -> None:
    first, *_ = await a_plan(world, ana)
    await world.agreement_follow_up.schedule_plan(first.plan_id)
    await change(world, Instalment, paid_minor=first.amount_minor + 1)
    rows = sorted(await world.rows(PlannedContact), key=lambda each: each.due_at)
    assert rows
    world.clock.move_to(rows[0].due_at)
    await world.planned_contacts.attempt(rows[0].id)
    (row,) = await world.rows(PlannedContact, PlannedContact.id == rows[0].id)
    assert (row.state, row.reason) == (PlannedState.DROPPED, "paid")


async def test_b06_who_promised_after_missing_an_instalment_is_left_in_peace(
    world: World, ana: Ana
) -> None:
    first, *_ = await a_plan(world, ana)
    world.clock.advance(days=(first.due_on - world.clock.now().date()).days + 2)
    await world.agreement_follow_up.miss_if_overdue(first.id)
    (row,) = await world.rows(PlannedContact)
    await promised(world, ana)
    world.clock.move_to(row.due_at)
    await world.planned_contacts.attempt(row.id)
    (row,) = await world.rows(PlannedContact)
    assert (row.state, row.reason) == (PlannedState.DROPPED, "promised_again")
