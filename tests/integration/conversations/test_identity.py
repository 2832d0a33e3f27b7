"""Proving who one is: limited, in order, once, and only for a while."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from acuerdo.audit.models import Decision
from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations.identity import VerificationProgress, VerificationState
from acuerdo.debts.models import IdentityCheck
from acuerdo.platform.errors import IdentityNotVerified
from tests.builders import a_creditor, a_debt, a_debtor, saved
from tests.integration.world import Ana, World

P = VerificationState
TWO = {"verification": {"factors": ["document_last4", "birth_date"], "max_attempts": 3}}
STRANGER = "+51911111111"


async def answers(world: World, conversation_id: UUID, *given: str) -> list[VerificationProgress]:
    """What is said to answers, each in a turn of its own and a little later."""
    proofs = []
    for each in given:
        world.clock.advance(seconds=10)
        proofs.append(await world.identity.answer(conversation_id, uuid4(), each))
    return proofs


async def a_known_person(world: World, policy: dict[str, object] | None = None) -> UUID:
    """Ana writes; she has proven nothing."""
    await Ana(policy).stored(world.db)
    return await world.someone_writes()


async def test_a_right_answer_proves(world: World) -> None:
    conversation_id = await a_known_person(world)
    assert await world.identity.proof(conversation_id) == VerificationProgress(
        P.MORE, "document_last4", 3
    )
    (proof,) = await answers(world, conversation_id, "1234")
    assert proof.state is P.VERIFIED
    party = await world.identity.party(conversation_id)
    assert party.conversation_id == conversation_id
    (decision,) = await world.rows(Decision)
    assert (decision.kind, decision.allowed, decision.rule) == (
        "verification",
        True,
        "document_last4",
    )


async def test_without_a_proof_there_is_no_party(world: World) -> None:
    conversation_id = await a_known_person(world)
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(conversation_id)


async def test_wrong_answers_run_out_and_lock_the_address(world: World) -> None:
    conversation_id = await a_known_person(world)
    proofs = await answers(world, conversation_id, "0000", "1111", "2222", "1234")
    assert [proof.left for proof in proofs[:2]] == [2, 1]
    assert [proof.state for proof in proofs] == [P.FAILED, P.FAILED, P.LOCKED, P.LOCKED]
    # a new conversation does not help
    world.clock.advance(minutes=58)
    assert (await world.identity.proof(conversation_id)).state is P.LOCKED
    # after an hour one may try again, as long as the person's own five a day are not used up
    world.clock.advance(minutes=2)
    assert await world.identity.proof(conversation_id) == VerificationProgress(
        P.MORE, "document_last4", 2
    )
    (proof,) = await answers(world, conversation_id, "1234")
    assert proof.state is P.VERIFIED


async def test_failures_count_for_the_address_and_not_for_the_conversation(world: World) -> None:
    conversation_id = await a_known_person(world)
    await answers(world, conversation_id, "0000", "1111")
    await world.hand_off.take(conversation_id, agent := uuid4())
    await world.hand_off.close(conversation_id, agent, outcome=_no_outcome())
    again = await world.someone_writes()
    assert again != conversation_id
    assert (await world.identity.proof(again)).left == 1
    (proof,) = await answers(world, again, "2222")
    assert proof.state is P.LOCKED


def _no_outcome():  # type: ignore[no-untyped-def]
    from acuerdo.conversations.models import Outcome

    return Outcome.NO_OUTCOME


async def test_two_factors_are_asked_one_after_the_other(world: World) -> None:
    conversation_id = await a_known_person(world, TWO)
    first, wrong, second = await answers(world, conversation_id, "1234", "1990-03-03", "1990-03-02")
    assert (first.state, first.factor) == (P.MORE, "birth_date")
    assert (wrong.state, wrong.factor, wrong.left) == (P.FAILED, "birth_date", 2)
    assert second.state is P.VERIFIED


async def test_the_strictest_of_all_creditors_counts(world: World) -> None:
    ana = await Ana(TWO).stored(world.db)
    lenient = a_creditor(policy={"verification": {"factors": ["document_last4"]}})
    await saved(world.db, lenient, a_debt(ana.debtor, lenient))
    conversation_id = await world.someone_writes()
    (proof,) = await answers(world, conversation_id, "1234")
    assert (proof.state, proof.factor) == (P.MORE, "birth_date")


@pytest.mark.parametrize("given", ["0000", "1234"])
async def test_the_same_turn_is_judged_once(world: World, given: str) -> None:
    # given a turn that is carried out again, because its worker died
    conversation_id = await a_known_person(world, TWO)
    turn = uuid4()
    first = await world.identity.answer(conversation_id, turn, given)
    again = await world.identity.answer(conversation_id, turn, given)
    # then nothing is counted twice, nor held against the next question
    assert again == first
    assert len(await world.rows(IdentityCheck)) == 1


async def test_a_proof_lasts_while_one_talks_and_ends_in_silence(world: World) -> None:
    conversation_id = await a_known_person(world)
    await answers(world, conversation_id, "1234")
    for _ in range(3):
        world.clock.advance(minutes=29)
        await world.someone_writes()
        await world.turns.reply_to(conversation_id)
        await world.identity.party(conversation_id)
    world.clock.advance(minutes=30)
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(conversation_id)
    assert (await world.identity.proof(conversation_id)).state is P.MORE
    (proof,) = await answers(world, conversation_id, "1234")
    assert proof.state is P.VERIFIED


async def test_both_factors_are_asked_again_when_a_proof_has_ended(world: World) -> None:
    conversation_id = await a_known_person(world, TWO)
    await answers(world, conversation_id, "1234", "1990-03-02")
    world.clock.advance(minutes=31)
    proof = await world.identity.proof(conversation_id)
    assert (proof.state, proof.factor) == (P.MORE, "document_last4")
    (proof,) = await answers(world, conversation_id, "1234")
    assert (proof.state, proof.factor) == (P.MORE, "birth_date")


async def test_both_factors_are_asked_again_after_an_opt_out(world: World) -> None:
    # given a proof that was ended by what the person asked for
    conversation_id = await a_known_person(world, TWO)
    await answers(world, conversation_id, "1234", "1990-03-02")
    world.clock.advance(minutes=1)
    await world.opt_outs.opt_out(conversation_id, "no me escriban más")
    world.clock.advance(minutes=1)
    # then half of it is not enough to be proven again
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(conversation_id)
    (proof,) = await answers(world, conversation_id, "1234")
    assert (proof.state, proof.factor) == (P.MORE, "birth_date")


async def test_half_a_proof_grows_old_too(world: World) -> None:
    # given the first factor, and then an hour of silence
    conversation_id = await a_known_person(world, TWO)
    await answers(world, conversation_id, "1234")
    world.clock.advance(hours=1)
    # then who holds the phone now must begin again
    assert (await world.identity.proof(conversation_id)).factor == "document_last4"


async def test_a_stranger_gives_the_whole_document_and_the_birth_date(world: World) -> None:
    ana = await Ana().stored(world.db)
    conversation_id = await world.someone_writes(address=STRANGER)
    assert (await world.identity.proof(conversation_id)).factor == "document"
    first, second = await answers(world, conversation_id, "4567-1234", "1990-03-02")
    assert (first.state, first.factor, second.state) == (P.MORE, "birth_date", P.VERIFIED)
    assert (await world.point_of(conversation_id)).debtor_id == ana.debtor.id
    assert (await world.identity.party(conversation_id)).debtor_id == ana.debtor.id


async def test_nobody_learns_whether_a_document_is_known(world: World) -> None:
    await Ana().stored(world.db)
    said = []
    for address, document in ((STRANGER, "45671234"), ("+51922222222", "99999999")):
        conversation_id = await world.someone_writes(address=address)
        said.append(await answers(world, conversation_id, document, "2001-01-01"))
        async with world.db.transaction() as session:
            facts = await world.identity.facts(session, await world.conversation(conversation_id))
        assert facts["known"] is False
        assert facts["name"] == ""
    assert said[0] == said[1]


async def test_a_stranger_who_mistypes_the_document_can_type_it_again(world: World) -> None:
    await Ana().stored(world.db)
    conversation_id = await world.someone_writes(address=STRANGER)
    _, failed, _, proof = await answers(
        world, conversation_id, "45671235", "1990-03-02", "45671234", "1990-03-02"
    )
    assert (failed.state, failed.factor) == (P.FAILED, "document")
    assert proof.state is P.VERIFIED


async def test_two_people_with_one_document_are_nobody(world: World) -> None:
    await Ana().stored(world.db)
    await saved(world.db, a_debtor(name="Otra Persona", birth_date=date(1990, 3, 2)))
    conversation_id = await world.someone_writes(address=STRANGER)
    *_, proof = await answers(world, conversation_id, "45671234", "1990-03-02")
    assert proof.state is P.FAILED


async def test_who_lives_behind_a_wrong_number_is_a_stranger(world: World) -> None:
    ana = Ana()
    ana.point.state = ContactState.WRONG_PERSON
    await ana.stored(world.db)
    other = a_debtor(name="Luis Otro", document="87654321", birth_date=date(1980, 1, 1))
    await saved(world.db, other)
    conversation_id = await world.someone_writes()
    *_, proof = await answers(world, conversation_id, "87654321", "1980-01-01")
    assert proof.state is P.VERIFIED
    (point,) = await world.rows(ContactPoint)
    assert (point.debtor_id, point.state) == (other.id, ContactState.ACTIVE)


async def facts_of(world: World, conversation_id: UUID) -> tuple[dict[str, object], int]:
    """What the engine is told, and how many questions to the database that took."""
    conversation = await world.conversation(conversation_id)
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(world.db.engine.sync_engine, "before_cursor_execute", counted)
    async with world.db.transaction() as session:
        facts = dict(await world.identity.facts(session, conversation))
    event.remove(world.db.engine.sync_engine, "before_cursor_execute", counted)
    return facts, count


@pytest.mark.parametrize(("proven", "most"), [(True, 3), (False, 5)])
async def test_the_facts_of_a_turn_take_few_questions(
    world: World, proven: bool, most: int
) -> None:
    conversation_id = await a_known_person(world, TWO)
    if proven:
        await answers(world, conversation_id, "1234", "1990-03-02")
    facts, count = await facts_of(world, conversation_id)
    assert count <= most
    assert facts == {
        "known": True,
        "name": "Ana Flores" if proven else "Ana",
        "agency": "Gestiones del Sur",
        "country": "PE",
        "document_name": "su DNI",
        "timezone": "America/Lima",
        "verified": proven,
        "locked": False,
        "factor": "" if proven else "document_last4",
        "channel": "whatsapp",
    }


async def test_who_owes_through_two_agencies_hears_both_names(world: World) -> None:
    ana = await Ana().stored(world.db)
    other = a_creditor(name="Agua Sur", agency="Recupera Andina")
    await saved(world.db, other, a_debt(ana.debtor, other, days_late=10))
    facts, _ = await facts_of(world, await world.someone_writes())
    assert facts["agency"] == "Gestiones del Sur y Recupera Andina"


async def test_an_agency_whose_debt_is_paid_is_not_who_writes(world: World) -> None:
    from acuerdo.debts.models import DebtStatus

    ana = await Ana(balance="0", overdue="0", status=DebtStatus.PAID).stored(world.db)
    other = a_creditor(name="Agua Sur", agency="Recupera Andina")
    await saved(world.db, other, a_debt(ana.debtor, other, days_late=10))
    facts, _ = await facts_of(world, await world.someone_writes())
    assert facts["agency"] == "Recupera Andina"


async def test_a_stranger_hears_the_agency_only_where_there_is_one(world: World) -> None:
    await Ana().stored(world.db)
    facts, count = await facts_of(world, await world.someone_writes(address=STRANGER))
    assert (facts["known"], facts["agency"], facts["country"]) == (False, "Gestiones del Sur", "")
    assert count <= 6
    await saved(world.db, a_creditor(agency="Recupera Andina"))
    facts, _ = await facts_of(world, await world.someone_writes(address=STRANGER))
    assert facts["agency"] == ""
