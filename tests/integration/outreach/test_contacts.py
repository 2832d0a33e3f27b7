"""Contacts that begin with us: asked for, planned, judged again, followed to their end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from acuerdo.agreements.models import Promise, PromiseState
from acuerdo.contact.law import Event, Reason
from acuerdo.contact.models import Callback, CallbackState, ContactPoint, Purpose
from acuerdo.contact.models import ContactState as State
from acuerdo.conversations.models import Owner, TurnState, WaitingReason
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.outreach.models import PlannedContact, PlannedState
from acuerdo.outreach.service import RequestAnswer
from acuerdo.platform.errors import EngineRefused, EngineUnavailable, NotFound, ProviderRefused
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, saved
from tests.clock import working_days
from tests.integration.agreements.table import Table
from tests.integration.world import Ana, World


@pytest.fixture
async def ana(world: World) -> Ana:
    """Ana, who owes 320.50 and may be written to; it is a working day, ten in the morning."""
    world.clock.move_to(working_days())
    return await Ana().stored(world.db)


async def asked(world: World, ana: Ana, **more: Any) -> RequestAnswer:
    """The creditor's system asks to contact Ana on WhatsApp."""
    given: dict[str, Any] = {"channel": Channel.WHATSAPP, "purpose": Purpose.COLLECTION} | more
    return await world.planned_contacts.request(
        ana.debtor.external_id, given.pop("channel"), given.pop("purpose"), **given
    )


async def planned(world: World) -> PlannedContact:
    """The one planned contact as it stands."""
    (row,) = await world.rows(PlannedContact)
    assert isinstance(row, PlannedContact)
    return row


async def carried_out(world: World) -> PlannedContact:
    """The one planned contact after its job has run, and the turn it began."""
    await world.planned_contacts.attempt((await planned(world)).id)
    row = await planned(world)
    if row.state is PlannedState.STARTED and row.conversation_id is not None:
        await world.turns.reply_to(row.conversation_id)
    return row


async def change(world: World, kind: type[Any], **values: Any) -> None:
    """Change all rows of a table."""
    async with world.db.transaction() as session:
        await session.execute(update(kind).values(**values))


async def test_a_contact_begins_with_the_neutral_opening(world: World, ana: Ana) -> None:
    answered = await asked(world, ana)
    assert answered.verdict.allowed
    row = await carried_out(world)
    assert row.state is PlannedState.STARTED
    (turn,) = world.engine.asked
    assert (turn.intent, turn.facts["purpose"]) == ("greet", "collection")
    # nobody has written within a day: WhatsApp wants the approved wording
    (sent,) = world.whatsapp.sent
    assert sent.template is not None
    assert sent.text == (
        "Hola, soy el asistente automático de Gestiones del Sur. Le escribo por un asunto"
        " personal. ¿Hablo con Ana?"
    )
    assert [button.title for button in sent.buttons] == ["Sí, soy yo", "No soy"]
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.purpose) == (True, Purpose.COLLECTION)


async def test_within_the_window_the_engine_chooses_the_words(world: World, ana: Ana) -> None:
    await world.turns.reply_to(await world.someone_writes())
    world.clock.advance(days=1, seconds=-60)
    # a talk of today counts as a contact of today: on the next day it may begin again
    await asked(world, ana)
    world.engine.says("¿Hablo con Ana?")
    row = await carried_out(world)
    assert row.state is PlannedState.STARTED, row.reason
    assert world.whatsapp.texts[-1] == "¿Hablo con Ana?"
    assert world.whatsapp.sent[-1].template is None


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        (ContactPoint, {"state": State.OPTED_OUT}, Reason.OPTED_OUT),
        (ContactPoint, {"state": State.WRONG_PERSON}, Reason.ADDRESS_RETIRED),
        (ContactPoint, {"consent": False}, Reason.NO_CONSENT),
        (Debt, {"status": DebtStatus.PAID, "balance_minor": 0}, Reason.PAID),
    ],
)
async def test_a_refusal_is_explained_and_kept(
    world: World, ana: Ana, kind: type[Any], values: dict[str, Any], reason: Reason
) -> None:
    await change(world, kind, **values)
    answered = await asked(world, ana, schedule=True)
    assert (answered.verdict.allowed, answered.verdict.reason) == (False, reason)
    assert answered.planned_id is None
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.reason) == (False, reason.value)
    assert await world.rows(PlannedContact) == []


async def test_a_person_with_a_lawyer_is_left_in_peace(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("hablen con mi abogado")
    await world.cases.opening.representative(conversation_id, "hablen con mi abogado")
    world.clock.advance(days=2)
    assert (await asked(world, ana)).verdict.reason is Reason.REPRESENTED
    async with world.db.transaction() as session:
        await world.contact.stop(session, ana.debtor.id, Event.REPRESENTED, source="twice")
    assert (await asked(world, ana)).verdict.reason is Reason.REPRESENTED


async def test_outside_hours_it_waits_for_the_first_lawful_moment(world: World, ana: Ana) -> None:
    world.clock.advance(hours=12)
    assert (await asked(world, ana)).planned_id is None
    answered = await asked(world, ana, schedule=True)
    assert answered.verdict.reason is Reason.OUTSIDE_HOURS
    assert answered.due_at == answered.verdict.next_allowed_at
    assert answered.due_at is not None
    # run too early, because a clock was put back, it waits on
    row = await carried_out(world)
    assert row.state is PlannedState.PENDING
    world.clock.move_to(answered.due_at)
    assert (await carried_out(world)).state is PlannedState.STARTED
    assert len(world.whatsapp.sent) == 1


async def test_who_paid_in_between_is_not_contacted_and_the_ledger_says_why(
    world: World, ana: Ana
) -> None:
    world.clock.advance(hours=12)
    answered = await asked(world, ana, schedule=True)
    assert answered.due_at is not None
    await change(world, Debt, status=DebtStatus.PAID, balance_minor=0, overdue_minor=0)
    world.clock.move_to(answered.due_at)
    row = await carried_out(world)
    assert (row.state, row.reason) == (PlannedState.REFUSED, "paid")
    assert world.whatsapp.sent == []
    assert (await world.attempts())[-1].reason == "paid"


async def test_nobody_and_nothing_unknown_is_contacted(world: World, ana: Ana) -> None:
    with pytest.raises(NotFound):
        await world.planned_contacts.request("nobody", Channel.WHATSAPP, Purpose.COLLECTION)
    with pytest.raises(NotFound):
        await asked(world, ana, debt="nothing")
    assert (await asked(world, ana, channel=Channel.TELEGRAM)).verdict.reason is Reason.NO_ADDRESS
    assert await world.attempts() == []


async def test_a_contact_carried_out_twice_is_made_once(world: World, ana: Ana) -> None:
    await asked(world, ana)
    row = await carried_out(world)
    await world.planned_contacts.attempt(row.id)
    assert row.conversation_id is not None
    await world.turns.reply_to(row.conversation_id)
    assert len(world.whatsapp.sent) == 1


async def test_where_a_person_holds_the_talk_nobody_interrupts(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("quiero hablar con alguien")
    await world.hand_off.hand_over(conversation_id, WaitingReason.ASKED_FOR_PERSON)
    world.clock.advance(days=1)
    await asked(world, ana)
    row = await carried_out(world)
    assert (row.state, row.reason) == (PlannedState.DROPPED, "with_agent")
    assert (await world.attempts())[-1].reason == Reason.NOT_NEEDED.value


async def test_what_cannot_be_delivered_is_tried_at_another_address(world: World, ana: Ana) -> None:
    await saved(
        world.db,
        a_contact_point(ana.debtor, channel=Channel.TELEGRAM, address="700000001", consent=True),
    )
    world.whatsapp.failures = [ProviderRefused(provider_code="63016")]
    await asked(world, ana)
    row = await carried_out(world)
    world.clock.advance(minutes=15)
    await world.planned_contacts.check_delivery(row.id)
    # a message that never arrived is an attempt all the same, where the law counts attempts
    world.clock.advance(days=1)
    row = await carried_out(world)
    assert row.state is PlannedState.STARTED
    assert len(world.telegram.sent) == 1
    await world.planned_contacts.check_delivery(row.id)
    assert (await planned(world)).state is PlannedState.DONE


async def test_an_engine_that_is_down_troubles_nobody_who_has_not_written(
    world: World, ana: Ana
) -> None:
    await asked(world, ana)
    row = await planned(world)
    await world.planned_contacts.attempt(row.id)
    row = await planned(world)
    assert row.conversation_id is not None
    world.engine.failure = EngineUnavailable()
    world.clock.advance(seconds=60)
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(row.conversation_id)
    world.engine.failure = EngineRefused()
    await world.turns.reply_to(row.conversation_id)
    assert world.whatsapp.sent == []
    (turn,) = await world.turns_of(row.conversation_id)
    assert turn.state is TurnState.GIVEN_UP
    assert (await world.conversation(row.conversation_id)).owner is Owner.BOT
    world.engine.failure = None
    await world.planned_contacts.check_delivery(row.id)
    assert (await carried_out(world)).state is PlannedState.STARTED
    assert len(world.whatsapp.sent) == 1


async def a_promise(world: World, ana: Ana, *, days: int) -> UUID:
    """Ana promised 100 soles in so many days."""
    table = Table(world, ana)
    party = table.party()
    await world.agreements.accept(party, (await table.promise(party, days=days)).id)
    (promise,) = await world.rows(Promise)
    assert isinstance(promise, Promise)
    return promise.id


async def test_a_promise_is_reminded_of_and_found_broken(world: World, ana: Ana) -> None:
    promise_id = await a_promise(world, ana, days=4)
    assert "agreements.follow_promise" in await world.job_names()
    await world.agreement_follow_up.schedule_promise(promise_id)
    await world.agreement_follow_up.schedule_promise(promise_id)
    rows = await world.rows(PlannedContact)
    assert sorted(row.kind.value for row in rows) == ["promise_day", "promise_eve"]
    # judged too early nothing happens; after the day and the grace it is broken
    await world.agreement_follow_up.break_if_overdue(promise_id)
    (promise,) = await world.rows(Promise)
    assert promise.state is PromiseState.OPEN
    world.clock.advance(days=6)
    await world.agreement_follow_up.break_if_overdue(promise_id)
    await world.agreement_follow_up.break_if_overdue(promise_id)
    (promise,) = await world.rows(Promise)
    assert promise.state is PromiseState.BROKEN
    kinds = sorted(row.kind.value for row in await world.rows(PlannedContact))
    assert kinds == ["promise_broken", "promise_day", "promise_eve"]
    # the reminders that nobody made in time are dropped, and say so
    for row in rows:
        await world.planned_contacts.attempt(row.id)
    reasons = {row.reason for row in await world.rows(PlannedContact)}
    assert reasons == {None, "broken"}


async def test_a_kept_promise_needs_no_reminder(world: World, ana: Ana) -> None:
    promise_id = await a_promise(world, ana, days=4)
    await world.agreement_follow_up.schedule_promise(promise_id)
    await change(world, Promise, state=PromiseState.KEPT)
    world.clock.advance(days=4)
    for row in await world.rows(PlannedContact):
        await world.planned_contacts.attempt(row.id)
    assert {row.state for row in await world.rows(PlannedContact)} == {PlannedState.DROPPED}
    assert world.whatsapp.sent == []
    assert {attempt.rule for attempt in await world.attempts()} == {"house:kept"}


async def test_a_callback_is_made_at_its_hour_and_only_the_last_one_agreed(
    world: World, ana: Ana
) -> None:
    conversation_id = await world.someone_writes("llámame mañana a las 11")
    await world.turns.reply_to(conversation_id)
    today = world.clock.now().date()
    for days, hour in ((1, 11), (2, 16)):
        wanted = f"{today + timedelta(days=days)}T{hour}:00"
        await world.callbacks.schedule(conversation_id, wanted)
        (callback,) = await world.rows(Callback)
        await world.agreement_follow_up.schedule_callback_contact(callback.id)
    first, second = sorted(await world.rows(PlannedContact), key=lambda row: row.due_at)
    world.clock.move_to(first.due_at)
    await world.planned_contacts.attempt(first.id)
    world.clock.move_to(second.due_at)
    await world.planned_contacts.attempt(second.id)
    rows = {row.id: row for row in await world.rows(PlannedContact)}
    begun = rows[second.id].conversation_id
    assert begun is not None
    await world.turns.reply_to(begun)
    states = {row.id: (row.state, row.reason) for row in rows.values()}
    assert states[first.id] == (PlannedState.DROPPED, "moved")
    assert states[second.id] == (PlannedState.STARTED, None)
    (callback,) = await world.rows(Callback)
    assert callback.state is CallbackState.DONE
    assert len(world.whatsapp.sent) == 2


async def test_the_outlook_says_whether_and_when(world: World, ana: Ana) -> None:
    world.clock.advance(hours=12)
    ((point, verdict),) = await world.contact.outlook(ana.debtor.id)
    assert point.channel is Channel.WHATSAPP
    assert verdict.reason is Reason.OUTSIDE_HOURS
    assert verdict.next_allowed_at is not None
    assert await world.attempts() == []
