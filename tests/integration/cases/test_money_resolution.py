"""B01, B07, B15: what a person decides about money moves it, once; who hears of it."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.cases.models import CaseStep
from acuerdo.cases.service import Decided
from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import Author, Message
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.outreach.models import PlannedContact
from acuerdo.payments.ports import PaymentState
from acuerdo.platform.errors import AmountNeeded, CaseResolved, DebtNeeded, NotFound, StopStays
from acuerdo.values.money import Money
from acuerdo.values.scope import CreditorScope
from tests.builders import a_creditor, a_debt, a_debtor, saved
from tests.integration.cases.money import Clerk
from tests.integration.world import World


@pytest.fixture
async def clerk(world: World) -> Clerk:
    return await Clerk.begins(world)


async def last_answer(clerk: Clerk) -> str | None:
    """What the house said last about a case in Ana's conversation."""
    said = await clerk.world.said(clerk.till.party.conversation_id)
    answers = [each.text for each in said if each.author is Author.SYSTEM]
    answers = [each for each in answers if "Lo vimos" in each]
    return answers[-1] if answers else None


async def heard_later(clerk: Clerk) -> tuple[str, ...]:
    """What Ana hears about cases once she has proven who she is again."""
    talk = clerk.till.party.conversation_id
    await clerk.world.verify(talk)
    party = await clerk.world.identity.party(talk, uuid4())
    return await clerk.world.cases.answers.unread_answers(party)


# --- more than was owed


async def test_b15_the_whole_surplus_was_given_back(clerk: Clerk) -> None:
    await clerk.pays("500")
    await clerk.decides("accepted")
    debt = await clerk.debt()
    assert (debt.surplus_minor, debt.balance_minor, debt.status) == (0, 0, DebtStatus.PAID)
    assert (await clerk.events())[-1] == ("reversal", "people", 17950)
    assert await last_answer(clerk) == (
        "Le devolvimos lo que pagó de más por servicio eléctrico. Lo vimos con el acreedor."
    )


async def test_b15_a_part_was_given_back_out_of_two_payments(clerk: Clerk) -> None:
    await clerk.pays("400")
    await clerk.pays("50")
    await clerk.decides("accepted", amount=Decimal("100"))
    assert (await clerk.debt()).surplus_minor == 7950 + 5000 - 10000


@pytest.mark.parametrize("amount", ["0", "179.51", "-1", "10.001"])
async def test_b15_nobody_gives_back_more_than_there_is(clerk: Clerk, amount: str) -> None:
    await clerk.pays("500")
    with pytest.raises(AmountNeeded):
        await clerk.decides("accepted", amount=Decimal(amount))
    assert (await clerk.debt()).surplus_minor == 17950
    assert (await clerk.line()).is_open


@pytest.mark.parametrize("word", ["rejected", "corrected"])
async def test_b15_else_the_surplus_stays_hers_and_she_hears_why(clerk: Clerk, word: str) -> None:
    await clerk.pays("500")
    await clerk.decides(word)  # type: ignore[arg-type]
    assert (await clerk.debt()).surplus_minor == 17950
    assert await last_answer(clerk) == (
        "Revisamos lo que figuraba a su favor por servicio eléctrico. Lo vimos con el acreedor."
    )
    with pytest.raises(CaseResolved):
        await clerk.decides(word)  # type: ignore[arg-type]


# --- a paid debt that comes back


async def test_b01_a_debt_that_came_back_stays_paid_and_nobody_hears(clerk: Clerk) -> None:
    await clerk.comes_back()
    said = len(await clerk.world.rows(Message))
    await clerk.decides("rejected", reason="Está pagada.")
    debt = await clerk.debt()
    assert (debt.balance_minor, debt.status) == (0, DebtStatus.PAID)
    assert len(await clerk.world.rows(Message)) == said
    assert await heard_later(clerk) == ()
    # and the same file of tomorrow asks nobody again
    await clerk.file_says("320.50", "120.50", interest="10.00", fees="5.00")
    assert [each.state for each in await clerk.cases()] == [CaseState.REJECTED]


async def test_b01_what_the_file_says_is_owed_again(clerk: Clerk) -> None:
    await clerk.comes_back()
    await clerk.decides("accepted")
    debt = await clerk.debt()
    assert debt.status is DebtStatus.OPEN
    assert (debt.balance_minor, debt.overdue_minor, debt.interest_minor, debt.fees_minor) == (
        32050,
        12050,
        1000,
        500,
    )
    assert debt.withheld_minor == 0
    assert (await clerk.events())[-1] == ("correction", "people", None)
    (told,) = await heard_later(clerk)
    assert "figuraba como pagada" in told
    assert "su saldo es de S/ 320.50" in told
    # and the file of tomorrow that says the same asks nobody
    await clerk.file_says("320.50", "120.50", interest="10.00", fees="5.00")
    assert len(await clerk.cases()) == 1
    assert (await clerk.debt()).balance_minor == 32050


async def test_b01_another_balance_is_owed_again(clerk: Clerk) -> None:
    await clerk.comes_back()
    for amount in (None, Decimal(0), Decimal("-5"), Decimal("1.001")):
        with pytest.raises(AmountNeeded):
            await clerk.decides("corrected", amount=amount)
    await clerk.decides("corrected", amount=Decimal("13"))
    debt = await clerk.debt()
    # no part of it is more than the whole
    assert (debt.balance_minor, debt.overdue_minor, debt.interest_minor, debt.fees_minor) == (
        1300,
        1300,
        800,
        500,
    )
    assert debt.status is DebtStatus.OPEN


async def test_b01_the_newest_file_is_what_is_accepted(clerk: Clerk) -> None:
    await clerk.comes_back()
    await clerk.file_says("350.00", "350.00")
    await clerk.decides("accepted")
    debt = await clerk.debt()
    assert (debt.balance_minor, debt.overdue_minor, debt.interest_minor) == (35000, 35000, 0)


async def test_b01_a_file_that_thought_better_of_it_leaves_nothing_to_accept(clerk: Clerk) -> None:
    await clerk.comes_back()
    await clerk.file_says("0")
    with pytest.raises(AmountNeeded):
        await clerk.decides("accepted")
    await clerk.decides("rejected")
    assert (await clerk.debt()).status is DebtStatus.PAID


# --- money without a debt


async def test_b07_a_payment_is_booked_to_the_debt_it_belongs_to(clerk: Clerk) -> None:
    await clerk.pays_into_the_blue("100")
    ana = clerk.till.ana
    await clerk.decides("accepted", debt=ana.debt.external_id)
    assert (await clerk.debt()).balance_minor == 22050
    assert (await clerk.events())[-1] == ("payment", "gateway:sandbox", 10000)
    (case,) = await clerk.cases()
    assert (case.debt_id, case.debtor_id) == (ana.debt.id, ana.debtor.id)
    # nobody is written to, now or after the proof, and she is not asked about it
    assert await last_answer(clerk) is None
    assert await heard_later(clerk) == ()


async def test_b07_a_promise_is_kept_by_the_day_on_which_it_was_paid(clerk: Clerk) -> None:
    await clerk.till.promises("100", days=2)
    event = await clerk.pays_into_the_blue("100")
    clerk.world.clock.advance(days=5)
    await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id)
    (state,) = await clerk.till.promise_states()
    assert state.value == "kept"
    assert event.id


async def test_b07_a_refund_finds_the_payment_that_a_person_placed(clerk: Clerk) -> None:
    news = clerk.till.news("nobody asked", "100")
    await clerk.gateway_posts(news)
    await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id)
    back = replace(news, event_id="evt-back", movement_id="back", state=PaymentState.REFUNDED)
    await clerk.gateway_posts(back)
    assert (await clerk.debt()).balance_minor == 32050
    assert len(await clerk.cases()) == 1


async def test_b07_a_refund_that_came_first_is_placed_after_its_payment(clerk: Clerk) -> None:
    news = clerk.till.news("nobody asked", "100")
    back = replace(news, event_id="evt-back", movement_id="back", state=PaymentState.REFUNDED)
    for each in (back, news):
        await clerk.gateway_posts(each)
        clerk.world.clock.advance(minutes=1)
    for case in await clerk.cases():
        await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id, case_id=case.id)
    assert (await clerk.debt()).balance_minor == 32050
    kinds = [kind for kind, _, _ in await clerk.events()]
    assert sorted(kinds) == ["payment", "reversal", "statement"]


@pytest.mark.parametrize("word", ["rejected", "corrected"])
async def test_b07_what_is_not_ours_moves_nothing(clerk: Clerk, word: str) -> None:
    await clerk.pays_into_the_blue()
    await clerk.decides(word, debt=clerk.till.ana.debt.external_id)  # type: ignore[arg-type]
    assert (await clerk.debt()).balance_minor == 32050
    assert await clerk.world.rows(MoneyEvent) == []
    (case,) = await clerk.cases()
    assert (case.debt_id, case.debtor_id) == (None, None)


@pytest.mark.parametrize("debt", [None, "no-such-debt"])
async def test_b07_without_a_debt_that_is_known_nothing_is_booked(
    clerk: Clerk, debt: str | None
) -> None:
    await clerk.pays_into_the_blue()
    with pytest.raises(DebtNeeded):
        await clerk.decides("accepted", debt=debt)
    assert (await clerk.line()).is_open


async def test_b07_another_creditor_s_debt_cannot_be_named(clerk: Clerk) -> None:
    other = a_creditor(external_id="other")
    debtor = a_debtor()
    debt = a_debt(debtor, other, external_id="theirs")
    await saved(clerk.world.db, other, debtor, debt)
    await clerk.pays_into_the_blue()
    scope = CreditorScope.of([clerk.till.ana.creditor.external_id])
    with pytest.raises(DebtNeeded):
        await clerk.decides("accepted", debt="theirs", scope=scope)
    await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id, scope=scope)


async def test_b07_money_of_another_currency_needs_its_amount_in_that_of_the_debt(
    clerk: Clerk,
) -> None:
    news = clerk.till.news(await clerk.till.link("100"), "100")
    await clerk.gateway_posts(replace(news, amount=Money.of("100", "USD")))
    for amount in (None, Decimal(0)):
        with pytest.raises(AmountNeeded):
            await clerk.decides("accepted", amount=amount)
    # the debt is that of the link
    await clerk.decides("accepted", amount=Decimal("300"))
    assert (await clerk.debt()).balance_minor == 2050


async def test_b07_what_came_is_what_is_booked(clerk: Clerk) -> None:
    await clerk.pays_into_the_blue("100")
    name = clerk.till.ana.debt.external_id
    with pytest.raises(AmountNeeded):
        await clerk.decides("accepted", debt=name, amount=Decimal("90"))
    await clerk.decides("accepted", debt=name, amount=Decimal("100"))
    assert (await clerk.debt()).balance_minor == 22050


async def test_b07_too_much_of_it_is_asked_about(clerk: Clerk) -> None:
    await clerk.pays_into_the_blue("400")
    await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id)
    await clerk.asks()
    open_ones = [each for each in await clerk.cases() if each.state is CaseState.OPEN]
    assert ["a favor de la persona" in each.words for each in open_ones] == [True]


async def test_b07_a_gateway_that_is_gone_cannot_be_asked(clerk: Clerk) -> None:
    await clerk.pays_into_the_blue()
    clerk.world.gateway.reads = False
    with pytest.raises(NotFound):
        await clerk.decides("accepted", debt=clerk.till.ana.debt.external_id)
    await clerk.decides("corrected")


@pytest.mark.parametrize("word", ["accepted", "rejected", "corrected"])
async def test_b07_what_nobody_can_read_is_only_closed(clerk: Clerk, word: str) -> None:
    await clerk.gateway_posts_bytes(b"{")
    await clerk.asks()
    with pytest.raises(DebtNeeded):
        await clerk.decides(word, debt=clerk.till.ana.debt.external_id)  # type: ignore[arg-type]
    await clerk.decides(word)  # type: ignore[arg-type]
    (case,) = await clerk.cases()
    assert (case.state, case.informed_at) == (CaseState(word), None)
    assert await clerk.world.rows(MoneyEvent) == []


# --- who hears of it


async def test_what_nobody_asked_about_begins_no_contact_and_says_nothing_before_a_proof(
    clerk: Clerk,
) -> None:
    await clerk.pays("500")
    said = len(await clerk.world.rows(Message))
    # given that nothing is proven any more, in a conversation that goes on
    async with clerk.world.db.transaction() as session:
        talk = await session.get_one(
            type(await clerk.world.conversation(clerk.till.party.conversation_id)),
            clerk.till.party.conversation_id,
        )
        talk.verified_until_at = clerk.world.clock.now()
    clerk.world.clock.advance(minutes=1)
    await clerk.decides("accepted")
    assert len(await clerk.world.rows(Message)) == said
    planned = await clerk.world.rows(PlannedContact)
    assert [each for each in planned if each.purpose is Purpose.CASE_ANSWER] == []
    # then she hears it after the proof, once
    (told,) = await heard_later(clerk)
    assert told.startswith("Le devolvimos lo que pagó de más")
    assert await heard_later(clerk) == ()


async def test_days_later_it_plans_no_contact_either(clerk: Clerk) -> None:
    await clerk.pays("500")
    clerk.world.clock.advance(days=3)
    await clerk.decides("accepted")
    planned = await clerk.world.rows(PlannedContact)
    assert [each for each in planned if each.purpose is Purpose.CASE_ANSWER] == []


async def test_answers_that_concern_nobody_keep_no_other_answer_back(clerk: Clerk) -> None:
    name = clerk.till.ana.debt.external_id
    for number in range(6):
        await clerk.pays_into_the_blue("1")
        (case,) = [each for each in await clerk.cases() if each.state is CaseState.OPEN]
        await clerk.decides("accepted", debt=name, case_id=case.id, reason=f"n {number}")
    clerk.world.clock.advance(days=3)
    await clerk.pays("500")
    (case,) = [each for each in await clerk.cases() if each.state is CaseState.OPEN]
    await clerk.decides("accepted", case_id=case.id)
    assert len(await heard_later(clerk)) == 1


async def test_it_lifts_no_stop_and_what_was_done_is_in_order(clerk: Clerk) -> None:
    await clerk.pays("500")
    line = await clerk.line()
    with pytest.raises(StopStays):
        await clerk.world.cases.work.resolve(
            line.id, Decided("accepted", "x", lifts_stop=True), by="erp"
        )
    await clerk.decides("accepted")
    steps = (await clerk.world.core.views.cases.case(line.id)).steps
    assert [each.step for each in steps] == [CaseStep.OPENED, CaseStep.RESOLVED, CaseStep.TOLD]
