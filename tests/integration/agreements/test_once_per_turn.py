"""A turn that is carried out again, or twice at once, offers and decides what it did before."""

import asyncio
from uuid import UUID, uuid4

import pytest

from acuerdo.agreements.models import Proposal, ProposalState
from acuerdo.agreements.offers import PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.audit.models import Decision
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.money import Money
from quality.people import in_days
from tests.integration.world import Ana, World

A_DAY = in_days(3)
TERMS = PromiseTerms(Money(100_00, "PEN"), A_DAY)


async def proven(
    world: World, conversation_id: UUID, turn_id: UUID
) -> tuple[VerifiedParty, DebtView]:
    """Who speaks in a turn, and what they owe."""
    party = await world.identity.party(conversation_id, turn_id)
    (debt,) = await world.debts.statement(party)
    return party, debt


@pytest.fixture
async def conversation_id(world: World) -> UUID:
    """Ana has proven who she is."""
    await Ana(policy={"settlement": {"max_discount_percent": 30}}).stored(world.db)
    conversation_id = await world.someone_writes()
    await world.verify(conversation_id)
    return conversation_id


async def test_the_proposal_that_was_read_back_stays_open(
    world: World, conversation_id: UUID
) -> None:
    # given a turn whose first try was thought to be lost, and whose second was read back
    party, debt = await proven(world, conversation_id, uuid4())
    read_back = await world.agreements.propose_promise(party, debt, TERMS, words="100 el viernes")
    # when the first try comes to its end after all
    again = await world.agreements.propose_promise(party, debt, TERMS, words="100 el viernes")
    # then what was read back can be accepted
    assert isinstance(read_back, PromiseProposal)
    assert again == read_back
    agreed = await world.agreements.accept(party, read_back.id)
    assert agreed.amount == TERMS.amount
    assert [each.state for each in await world.rows(Proposal)] == [ProposalState.ACCEPTED]


async def test_two_tries_at_once_make_one_proposal(world: World, conversation_id: UUID) -> None:
    party, debt = await proven(world, conversation_id, uuid4())
    made = await asyncio.gather(
        *(world.agreements.propose_promise(party, debt, TERMS, words="100") for _ in range(4))
    )
    assert len({each.id for each in made if isinstance(each, PromiseProposal)}) == 1
    assert len(await world.rows(Proposal)) == 1


async def test_the_same_words_in_another_turn_are_another_proposal(
    world: World, conversation_id: UUID
) -> None:
    party, debt = await proven(world, conversation_id, uuid4())
    await world.agreements.propose_promise(party, debt, TERMS, words="100")
    later, debt = await proven(world, conversation_id, uuid4())
    newest = await world.agreements.propose_promise(later, debt, TERMS, words="100")
    assert isinstance(newest, PromiseProposal)
    states = {each.id: each.state for each in await world.rows(Proposal)}
    assert states.pop(newest.id) is ProposalState.OPEN
    assert list(states.values()) == [ProposalState.REPLACED]


async def test_other_terms_in_the_same_turn_are_another_proposal(
    world: World, conversation_id: UUID
) -> None:
    party, debt = await proven(world, conversation_id, uuid4())
    first = await world.agreements.propose_promise(party, debt, TERMS, words="100")
    other = PromiseTerms(Money(80_00, "PEN"), A_DAY)
    second = await world.agreements.propose_promise(party, debt, other, words="80")
    assert isinstance(first, PromiseProposal)
    assert isinstance(second, PromiseProposal)
    assert first.id != second.id


async def test_a_repeated_turn_concedes_nothing_more(world: World, conversation_id: UUID) -> None:
    party, debt = await proven(world, conversation_id, uuid4())
    offer = await world.agreements.propose_settlement(party, debt, words="¿me hace descuento?")
    again = await world.agreements.propose_settlement(party, debt, words="¿me hace descuento?")
    assert offer is not None
    assert again == offer


async def test_repeated_plans_keep_their_numbers(world: World, conversation_id: UUID) -> None:
    party, debt = await proven(world, conversation_id, uuid4())
    plans = await world.agreements.propose_plans(party, debt, PlanWish(), words="en partes")
    again = await world.agreements.propose_plans(party, debt, PlanWish(), words="en partes")
    assert len(plans) > 0
    assert again == plans


async def test_decisions_of_a_turn_are_written_once(world: World, conversation_id: UUID) -> None:
    turn_id = uuid4()
    for _ in range(3):
        party, debt = await proven(world, conversation_id, turn_id)
        await world.agreements.propose_promise(party, debt, TERMS, words="100")
    kinds = sorted(each.kind for each in await world.rows(Decision))
    assert kinds == ["disclosure", "offer"]


async def test_decisions_of_several_turns_are_all_written(
    world: World, conversation_id: UUID
) -> None:
    for _ in range(2):
        await proven(world, conversation_id, uuid4())
    assert len(await world.rows(Decision)) == 2


async def test_a_moved_promise_is_recorded_as_moved_again(
    world: World, conversation_id: UUID
) -> None:
    # given a promise that was moved
    party, debt = await proven(world, conversation_id, uuid4())
    first = await world.agreements.propose_promise(party, debt, TERMS, words="100")
    assert isinstance(first, PromiseProposal)
    await world.agreements.accept(party, first.id)
    party, debt = await proven(world, conversation_id, uuid4())
    later = PromiseTerms(TERMS.amount, in_days(6))
    moved = await world.agreements.propose_promise(
        party, debt, later, words="mejor el 30", replacing=True
    )
    assert isinstance(moved, PromiseProposal)
    agreed = await world.agreements.accept(party, moved.id)
    # when the turn of the yes is carried out again
    again = await world.agreements.accept(party, moved.id)
    # then it is told in the same words
    assert agreed.rescheduled
    assert again.rescheduled
