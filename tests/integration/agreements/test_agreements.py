"""Promises, plans and settlements: read back, accepted once, inside policy when accepted."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from acuerdo.agreements.models import (
    Instalment,
    Plan,
    PlanState,
    PromiseState,
    ProposalKind,
)
from acuerdo.agreements.offers import OfferRefusal, PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.audit.models import Decision
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.platform.errors import ProposalNotOpen
from acuerdo.values.channels import Channel
from quality.people import in_days
from tests.builders import a_party
from tests.integration.agreements.table import Table, a_table, soles
from tests.integration.world import World


async def test_a_promise_keeps_what_was_agreed_and_the_words_that_made_it(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    agreed = await world.agreements.accept(party, (await table.promise(party)).id)
    (promise,) = await table.promises()
    assert (promise.amount, promise.due_on, promise.state) == (
        soles("100"),
        agreed.due_on,
        PromiseState.OPEN,
    )
    assert (promise.words, promise.channel) == ("pago el sábado", Channel.WHATSAPP)
    assert promise.conversation_id == party.conversation_id
    assert not agreed.repeated
    assert not agreed.rescheduled


async def test_accepting_again_and_at_once_records_one_promise(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    proposal = await table.promise(party)
    results = await asyncio.gather(
        *(world.agreements.accept(party, proposal.id) for _ in range(10))
    )
    assert [result.repeated for result in results].count(False) == 1
    assert {(result.amount, result.due_on) for result in results} == {
        (proposal.terms.amount, proposal.terms.due_on)
    }
    assert len(await table.promises()) == 1


@pytest.mark.parametrize("most", [1, 2])
async def test_two_conversations_at_once_never_exceed_what_may_be_open(
    world: World, most: int
) -> None:
    table = await a_table(world, {"promise": {"max_open": most}})
    parties = [table.party() for _ in range(4)]
    proposals = [await table.promise(party) for party in parties]
    await asyncio.gather(
        *(
            world.agreements.accept(party, proposal.id)
            for party, proposal in zip(parties, proposals, strict=True)
        )
    )
    states = [promise.state for promise in await table.promises()]
    assert states.count(PromiseState.OPEN) == most
    assert states.count(PromiseState.RESCHEDULED) == 4 - most


async def test_only_the_newest_proposal_can_be_accepted(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    old = await table.promise(party)
    new = await table.promise(party, "150")
    with pytest.raises(ProposalNotOpen):
        await world.agreements.accept(party, old.id)
    assert (await world.agreements.accept(party, new.id)).amount == soles("150")


async def test_a_proposal_of_another_conversation_or_of_nobody_is_not_accepted(
    world: World,
) -> None:
    table = await a_table(world)
    proposal = await table.promise(table.party())
    for party, proposal_id in ((table.party(), proposal.id), (table.party(), uuid4())):
        with pytest.raises(ProposalNotOpen):
            await world.agreements.accept(party, proposal_id)
    assert await table.promises() == []


async def test_moving_a_promise_closes_the_old_one(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    await world.agreements.accept(party, (await table.promise(party)).id)
    world.clock.advance(hours=1)
    moved = await world.agreements.accept(
        party, (await table.promise(party, days=8, replacing=True)).id
    )
    old, new = await table.promises()
    assert moved.rescheduled
    assert (old.state, new.state) == (PromiseState.RESCHEDULED, PromiseState.OPEN)
    assert new.replaces_id == old.id


async def test_moving_one_of_two_promises_leaves_the_other(world: World) -> None:
    table = await a_table(world, {"promise": {"max_open": 2}})
    party = table.party()
    for days in (3, 6):
        await world.agreements.accept(party, (await table.promise(party, days=days)).id)
        world.clock.advance(hours=1)
    # when the one that was read back last is moved
    await world.agreements.accept(party, (await table.promise(party, days=9, replacing=True)).id)
    states = [(promise.state, promise.due_on) for promise in await table.promises()]
    assert states == [
        (PromiseState.OPEN, in_days(3)),
        (PromiseState.RESCHEDULED, in_days(6)),
        (PromiseState.OPEN, in_days(9)),
    ]


async def test_a_second_promise_beyond_policy_is_refused(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    await world.agreements.accept(party, (await table.promise(party)).id)
    debt = await table.debt(party)
    terms = PromiseTerms(soles("100"), debt.today)
    verdict = await world.agreements.propose_promise(party, debt, terms, words="x")
    assert isinstance(verdict, OfferRefusal)
    assert verdict.reason == "too_many_open"


async def change_the_debt(world: World, table: Table, **changes: Any) -> None:
    async with world.db.transaction() as session:
        debt = await session.get_one(Debt, table.ana.debt.id)
        for name, value in changes.items():
            setattr(debt, name, value)


@pytest.mark.parametrize(
    "changes",
    [
        {"balance_minor": 5000},
        {"status": DebtStatus.PAID, "balance_minor": 0},
        {"status": DebtStatus.WITHDRAWN},
    ],
)
async def test_a_yes_after_the_debt_has_changed_records_nothing_that_cannot_be(
    world: World, changes: dict[str, Any]
) -> None:
    # given a promise of 100 read back, and a payment or a correction meanwhile
    table = await a_table(world)
    party = table.party()
    proposal = await table.promise(party)
    await change_the_debt(world, table, **changes)
    # when the debtor says yes
    with pytest.raises(ProposalNotOpen):
        await world.agreements.accept(party, proposal.id)
    # then nothing was promised
    assert await table.promises() == []


async def test_a_yes_after_its_day_has_passed_records_nothing(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    proposal = await table.promise(party, days=1)
    world.clock.advance(days=2)
    with pytest.raises(ProposalNotOpen):
        await world.agreements.accept(party, proposal.id)


async def test_a_plan_for_another_balance_than_is_owed_now_is_not_recorded(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    option, *_ = await world.agreements.propose_plans(
        party, await table.debt(party), PlanWish(), words="en partes"
    )
    await change_the_debt(world, table, balance_minor=20000)
    with pytest.raises(ProposalNotOpen):
        await world.agreements.accept(party, option.id)
    assert await world.rows(Plan) == []


async def test_a_plan_is_recorded_with_its_parts_and_ends_the_promises(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    await world.agreements.accept(party, (await table.promise(party)).id)
    options = await world.agreements.propose_plans(
        party, await table.debt(party), PlanWish(instalments=3), words="en tres"
    )
    assert [option.position for option in options] == [1]
    results = await asyncio.gather(
        *(world.agreements.accept(party, options[0].id) for _ in range(5))
    )
    assert [result.repeated for result in results].count(False) == 1
    (plan,) = await world.rows(Plan)
    parts = sorted(await world.rows(Instalment), key=lambda part: part.number)
    assert (plan.total, plan.state, plan.words) == (soles("320.50"), PlanState.ACTIVE, "en tres")
    assert [part.amount for part in parts] == [soles("106.83"), soles("106.83"), soles("106.84")]
    assert [promise.state for promise in await table.promises()] == [PromiseState.RESCHEDULED]


async def test_a_new_plan_takes_the_place_of_the_old_one(world: World) -> None:
    table = await a_table(world)
    party = table.party()
    for count in (2, 3):
        (option,) = await world.agreements.propose_plans(
            party, await table.debt(party), PlanWish(instalments=count), words="plan"
        )
        party = a_party(party.debtor_id, party.conversation_id, turn_id=uuid4())
        await world.agreements.accept(party, option.id)
    states = sorted(plan.state for plan in await world.rows(Plan))
    assert states == [PlanState.ACTIVE, PlanState.CANCELLED]


async def test_closing_offers_go_down_once_and_are_kept_as_settlements(world: World) -> None:
    table = await a_table(world, {"settlement": {"max_discount_percent": 40}}, balance="1000")
    amounts = []
    for _ in range(3):
        party = table.party()
        offer = await world.agreements.propose_settlement(
            party, await table.debt(party), words="¿descuento?"
        )
        assert offer is not None
        amounts.append(offer.terms.amount)
    assert amounts == [soles("800"), soles("600"), soles("600")]
    agreed = await world.agreements.accept(party, offer.id)
    assert agreed.kind is ProposalKind.SETTLEMENT
    (promise,) = await table.promises()
    assert promise.settles


@pytest.mark.parametrize(
    ("amount", "days", "allowed"),
    [("600", 5, True), ("599.99", 5, False), ("600", 11, False), ("600", -1, False)],
)
async def test_a_closing_offer_of_the_debtor_is_judged_by_policy(
    world: World, amount: str, days: int, allowed: bool
) -> None:
    table = await a_table(world, {"settlement": {"max_discount_percent": 40}}, balance="1000")
    party = table.party()
    debt = await table.debt(party)
    terms = PromiseTerms(soles(amount), debt.today + timedelta(days=days), settles=True)
    verdict = await world.agreements.propose_promise(party, debt, terms, words="y listo")
    assert isinstance(verdict, PromiseProposal) is allowed
    if isinstance(verdict, OfferRefusal) and verdict.amount is not None:
        assert verdict.amount == soles("1000")  # the floor is never told


async def test_every_offer_and_refusal_is_a_decision_without_names(world: World) -> None:
    table = await a_table(world, {"promise": {"min_amount": "50"}})
    party = table.party()
    await table.promise(party)
    other = table.party()
    debt = await table.debt(other)
    await world.agreements.propose_promise(
        other, debt, PromiseTerms(soles("1"), debt.today), words="un sol"
    )
    offers = [each for each in await world.rows(Decision) if each.kind == "offer"]
    assert {(each.allowed, each.rule) for each in offers} == {
        (True, "promise_policy"),
        (False, "amount_too_small"),
    }
    assert "Ana" not in str([each.facts for each in offers])


async def test_a_plan_that_was_offered_can_be_read_back_in_its_conversation_only(
    world: World,
) -> None:
    table = await a_table(world)
    party = table.party()
    options = await world.agreements.propose_plans(
        party, await table.debt(party), PlanWish(), words="en partes"
    )
    found = await world.agreements.plan_proposal(party, options[1].id)
    assert found == options[1]
    with pytest.raises(ProposalNotOpen):
        await world.agreements.plan_proposal(table.party(), UUID(int=1))
