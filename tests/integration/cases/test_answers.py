"""What came of a case is told: in the open conversation, after the proof, or by a contact."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import CaseStep
from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import Author
from acuerdo.debts.models import CaseState
from acuerdo.outreach.models import PlannedContact, PlannedState
from tests.integration.cases.working import Work
from tests.integration.world import World

# What nobody but the proven debtor may read.
DEBT_WORDS = re.compile(r"deuda|saldo|pag|cobr|reclam|luz norte|eléctric|\d", re.I)


@pytest.fixture
async def work(world: World) -> Work:
    return await Work.begun(world)


async def expire(work: Work) -> None:
    """What was proven counts no more, while the conversation goes on."""
    work.world.clock.advance(minutes=31)


async def test_the_proven_debtor_hears_it_in_the_conversation(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    await work.resolves(case, "rejected", reason="Es la factura de octubre.")
    assert await work.last_words() == (
        "Revisamos su reclamo por servicio eléctrico y la deuda se mantiene."
        " Es la factura de octubre."
    )
    (message,) = [each for each in await work.world.said(work.talk) if each.author is Author.SYSTEM]
    assert message.purpose == Purpose.AGENT_REPLY.value
    assert "conversations.deliver" in await work.world.job_names()
    case = await work.case(CaseKind.DISPUTE)
    assert case.informed_at == work.world.clock.now()
    assert await work.steps(case) == [CaseStep.OPENED, CaseStep.RESOLVED, CaseStep.TOLD]
    assert await work.world.rows(PlannedContact) == []


async def test_of_a_found_payment_the_new_balance_is_told(work: Work) -> None:
    case = await work.opens(CaseKind.PAYMENT_CLAIM)
    await work.resolves(case, "accepted", reason="Gracias.")
    assert await work.last_words() == (
        "Encontramos el pago que nos avisó por servicio eléctrico."
        " Su saldo ahora es de S/ 220.50. Gracias."
    )


async def test_without_a_proof_only_that_there_is_an_answer(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    await expire(work)
    await work.resolves(case, "rejected", reason="Debe la factura de octubre.")
    said = (await work.world.said(work.talk))[-1]
    assert not DEBT_WORDS.search(said.text), said.text
    assert [each["payload"] for each in said.buttons] == ["/confirm_identity"]
    assert (await work.case(CaseKind.DISPUTE)).informed_at is None


async def test_after_the_proof_it_is_heard_once_and_the_same_turn_hears_it_again(
    work: Work,
) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    await expire(work)
    await work.resolves(case, "rejected", reason="Es la factura de octubre.")
    await work.world.verify(work.talk)
    turn = uuid4()
    party = await work.world.identity.party(work.talk, turn)
    heard = await work.world.cases.answers.unread_answers(party)
    assert heard == (
        "Revisamos su reclamo por servicio eléctrico y la deuda se mantiene."
        " Es la factura de octubre.",
    )
    assert await work.world.cases.answers.unread_answers(party) == heard
    assert await work.world.cases.answers.unread_answers(await work.party()) == ()
    assert (await work.steps(case)).count(CaseStep.TOLD) == 1


async def test_nobody_in_conversation_is_contacted_as_the_gate_allows(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    # given that nothing was said for days
    work.world.clock.advance(days=3)
    await work.resolves(case, "accepted", reason="No era suya.")
    (planned,) = await work.world.rows(PlannedContact)
    assert (planned.purpose, planned.state) == (Purpose.CASE_ANSWER, PlannedState.PENDING)
    # a withdrawn debt is no reason to keep the answer back
    await work.world.planned_contacts.attempt(planned.id)
    (planned,) = await work.world.rows(PlannedContact)
    assert planned.state is PlannedState.STARTED
    await work.world.turns.reply_to(planned.conversation_id)
    opening = (await work.world.said(planned.conversation_id))[-1]
    assert not DEBT_WORDS.search(opening.text), opening.text
    (attempt,) = [
        each for each in await work.world.attempts() if each.purpose is Purpose.CASE_ANSWER
    ]
    assert attempt.allowed


async def test_who_opted_out_is_not_written_to(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    await work.world.opt_outs.opt_out(work.talk, "no me escriban más")
    work.world.clock.advance(days=3)
    await work.resolves(case, "rejected")
    (planned,) = await work.world.rows(PlannedContact)
    await work.world.planned_contacts.attempt(planned.id)
    (planned,) = await work.world.rows(PlannedContact)
    assert (planned.state, planned.reason) == (PlannedState.REFUSED, "opted_out")
    (attempt,) = [
        each for each in await work.world.attempts() if each.purpose is Purpose.CASE_ANSWER
    ]
    assert not attempt.allowed
    # and hears it when they write themselves and prove who they are
    talk = await work.world.someone_writes("hola, ¿qué pasó?")
    await work.world.verify(talk)
    party = await work.world.identity.party(talk, uuid4())
    assert len(await work.world.cases.answers.unread_answers(party)) == 1


async def test_a_contact_to_come_is_dropped_once_the_answer_was_heard(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    work.world.clock.advance(days=3)
    await work.resolves(case, "rejected")
    talk = await work.world.someone_writes("hola")
    await work.world.verify(talk)
    await work.world.cases.answers.unread_answers(await work.world.identity.party(talk, uuid4()))
    (planned,) = await work.world.rows(PlannedContact)
    assert (planned.state, planned.reason) == (PlannedState.DROPPED, "told")


async def test_somebody_else_at_the_address_hears_nothing(work: Work) -> None:
    case = await work.opens(CaseKind.PAYMENT_CLAIM)
    await work.world.addressees.third_party(work.talk)
    said = len(await work.world.said(work.talk))
    await work.resolves(case, "rejected")
    assert len(await work.world.said(work.talk)) == said
    (planned,) = await work.world.rows(PlannedContact)
    await work.world.planned_contacts.attempt(planned.id)
    (planned,) = await work.world.rows(PlannedContact)
    assert planned.state is PlannedState.REFUSED


async def test_each_answer_has_words(work: Work) -> None:
    for kind in (CaseKind.DISPUTE, CaseKind.HARDSHIP, CaseKind.DATA_REQUEST):
        case = await work.opens(kind)
        amount = "50" if kind is CaseKind.DISPUTE else None
        await work.resolves(case, "corrected", amount=amount, reason="Así es.")
        assert (await work.last_words()).endswith("Así es.")
        assert (await work.case(kind)).state is CaseState.CORRECTED
        work.world.clock.advance(seconds=timedelta(minutes=1).total_seconds())
