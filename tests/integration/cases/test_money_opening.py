"""B01, B07, B15: news about money that no rule can decide waits for a person, once."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy.exc import NoResultFound

from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.models import CaseEvent, CaseStep
from acuerdo.conversations.models import Message
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.payments.ports import PaymentState
from acuerdo.platform.errors import NotFound
from acuerdo.platform.settings import RetentionSettings
from acuerdo.values.money import Money
from acuerdo.views.cases.views import CaseFilter
from tests.builders import a_creditor, saved
from tests.integration.cases.money import Clerk
from tests.integration.world import World


@pytest.fixture
async def clerk(world: World) -> Clerk:
    return await Clerk.begins(world)


async def test_b15_what_was_paid_too_much_is_shown_with_debt_and_person(clerk: Clerk) -> None:
    await clerk.pays("500")
    (case,) = await clerk.cases()
    ana = clerk.till.ana
    assert (case.debt_id, case.debtor_id) == (ana.debt.id, ana.debtor.id)
    assert await clerk.question() is MoneyQuestion.SURPLUS
    assert case.words == (
        "Entraron S/ 500.00 por la pasarela sandbox el martes 24 de noviembre y la deuda quedó"
        " con S/ 179.50 a favor de la persona. Vea si se devuelve."
    )
    # three working days of the house
    assert (case.due_on, case.rule.startswith("Regla de la casa")) == (date(2026, 11, 27), True)


async def test_b15_a_link_paid_twice_is_one_open_case(clerk: Clerk) -> None:
    await clerk.pays("320.50", asked="320.50")
    assert await clerk.cases() == []
    for amount in ("320.50", "10"):
        await clerk.pays(amount)
    (case,) = await clerk.cases()
    assert (case.state, (await clerk.debt()).surplus_minor) == (CaseState.OPEN, 33050)
    # once it is answered, what comes later is asked about again
    await clerk.decides("accepted")
    await clerk.pays("7")
    assert [each.state for each in await clerk.cases()] == [CaseState.ACCEPTED, CaseState.OPEN]


async def test_b15_a_payment_for_a_debt_that_is_asked_for_no_more(clerk: Clerk) -> None:
    async with clerk.world.db.transaction() as session:
        debt = await session.get_one(type(clerk.till.ana.debt), clerk.till.ana.debt.id)
        await clerk.till.link("120.50")
        debt.status = DebtStatus.WITHDRAWN
    await clerk.pays("120.50")
    (case,) = await clerk.cases()
    assert "para una deuda que ya no se cobra" in case.words


async def test_b01_a_paid_debt_that_comes_back_each_day_is_one_open_case(clerk: Clerk) -> None:
    await clerk.comes_back()
    (case,) = await clerk.cases()
    assert await clerk.question() is MoneyQuestion.CAME_BACK
    assert case.words == (
        "El archivo del acreedor vuelve a pedir S/ 320.50 por una deuda que consta pagada."
        " No se contacta a nadie por ella hasta que usted decida si se debe."
    )
    for balance in ("330", "340.10"):
        await clerk.file_says(balance)
    assert [each.id for each in await clerk.cases()] == [case.id]
    debt = await clerk.debt()
    assert (debt.balance_minor, debt.status, debt.withheld_minor) == (0, DebtStatus.PAID, 34010)


async def test_each_question_about_a_debt_has_a_case_of_its_own(clerk: Clerk) -> None:
    await clerk.pays("500")
    await clerk.file_says("320.50")
    assert len(await clerk.cases()) == 2


@pytest.mark.parametrize("of", ["one subject", "one debt"])
async def test_asked_at_once_it_is_one_case(clerk: Clerk, of: str) -> None:
    await clerk.pays("400")
    await clerk.decides("rejected")
    await clerk.pays("10")
    await clerk.pays("20")
    asked = [each.id for each in await clerk.world.rows(MoneyEvent, MoneyEvent.paid_at != None)]  # noqa: E711 - SQL
    opening = clerk.world.cases.opening
    subjects = asked if of == "one debt" else [asked[-1]] * 3
    await asyncio.gather(*(opening.money(MoneyQuestion.SURPLUS, each) for each in subjects))
    assert [each.state for each in await clerk.cases()] == [CaseState.REJECTED, CaseState.OPEN]


async def test_b07_a_payment_without_a_link_waits_without_a_person(clerk: Clerk) -> None:
    event = await clerk.pays_into_the_blue()
    (case,) = await clerk.cases()
    assert (case.subject_id, case.debt_id, case.debtor_id) == (event.id, None, None)
    assert await clerk.question() is MoneyQuestion.UNPLACED
    assert case.words == (
        "La pasarela sandbox avisa de un pago de S/ 100.00, el martes 24 de noviembre, y no se sabe"
        " de qué deuda es: no tiene un enlace nuestro. Busque a quién corresponde."
    )
    # asked again for the same event, it is the same case
    await clerk.asks()
    (steps,) = [await clerk.world.rows(CaseEvent)]
    assert [each.step for each in steps] == [CaseStep.OPENED]


async def test_b07_a_refund_of_a_payment_that_nobody_knows(clerk: Clerk) -> None:
    await clerk.pays_into_the_blue("40", state=PaymentState.REFUNDED)
    (case,) = await clerk.cases()
    assert "avisa de un reembolso de S/ 40.00" in case.words
    assert "es de un pago que no conocemos" in case.words


async def test_b07_another_currency_names_the_debt_of_its_link(clerk: Clerk) -> None:
    news = clerk.till.news(await clerk.till.link("100"), "100")
    await clerk.gateway_posts(replace(news, amount=Money.of("100", "USD")))
    (case,) = await clerk.cases()
    assert case.debt_id == clerk.till.ana.debt.id
    assert "US$ 100.00" in case.words
    assert "otra moneda" in case.words


@pytest.mark.parametrize("body", [b"{", b'{"amount": "100,00"}', b"\xff\xfe", b"[]"])
async def test_b07_what_nobody_can_read_is_shown_without_its_words(
    clerk: Clerk, body: bytes
) -> None:
    event = await clerk.gateway_posts_bytes(body)
    await clerk.asks()
    (case,) = await clerk.cases()
    assert (case.subject_id, case.debtor_id) == (event.id, None)
    assert await clerk.question() is MoneyQuestion.UNREADABLE
    assert "no está escrito como la pasarela lo describe" in case.words
    # and operators still find it where they look
    lines = await clerk.world.external_events.in_states([EventState.UNREADABLE])
    assert [line.id for line in lines] == [event.id]


async def test_what_is_read_after_all_and_has_no_debt_is_asked_anew(clerk: Clerk) -> None:
    gateway = clerk.world.gateway
    gateway.reads = False
    event = await clerk.gateway_posts_bytes(gateway.posted(clerk.till.news("nobody", "100")))
    await clerk.asks()
    await clerk.decides("accepted", reason="Lo lee la próxima versión.")
    # when it is mended and dealt with again
    gateway.reads = True
    await clerk.world.payment_events.handle(event.id)
    await clerk.asks()
    (case,) = await clerk.cases()
    assert (case.state, case.reason, case.resolved_at) == (CaseState.OPEN, None, None)
    assert await clerk.question() is MoneyQuestion.UNPLACED
    assert "S/ 100.00" in case.words
    # whoever is late asks nothing back
    await clerk.world.cases.opening.money(MoneyQuestion.UNREADABLE, event.id)
    assert await clerk.question() is MoneyQuestion.UNPLACED


async def test_nobody_is_written_to_when_a_case_about_money_opens(clerk: Clerk) -> None:
    await clerk.pays("500")
    jobs = await clerk.world.job_names()
    said = len(await clerk.world.rows(Message))
    await clerk.pays_into_the_blue()
    await clerk.file_says("320.50")
    assert len(await clerk.world.rows(Message)) == said
    assert (await clerk.world.job_names()).count("payments.thank") == jobs.count("payments.thank")


# 8 December is a holiday in both, the day after in Peru only
@pytest.mark.parametrize(
    ("name", "last"), [("a-co", date(2026, 12, 10)), ("z-co", date(2026, 12, 11))]
)
async def test_without_a_person_the_first_creditor_s_country_sets_the_last_day(
    world: World, name: str, last: date
) -> None:
    clerk = await Clerk.begins(world)
    world.clock.move_to(datetime(2026, 12, 4, 15, tzinfo=UTC))
    await saved(world.db, a_creditor(external_id=name, country="CO"))
    await clerk.pays_into_the_blue()
    (case,) = await clerk.cases()
    assert case.due_on == last


async def test_without_any_creditor_there_is_a_last_day_too(world: World) -> None:
    await world.payment_events.receive("sandbox", {"signed": "yes"}, b"{")
    (event,) = await world.rows(ExternalEvent)
    await world.cases.opening.money(MoneyQuestion.UNREADABLE, event.id)
    (line,) = (await world.core.views.cases.page(CaseFilter())).lines
    assert line.due_on == date(2026, 11, 27)


async def test_what_does_not_exist_is_asked_about_by_nobody(clerk: Clerk) -> None:
    for question in MoneyQuestion:
        with pytest.raises((NotFound, NoResultFound)):
            await clerk.world.cases.opening.money(question, uuid4())
    assert await clerk.cases() == []


async def test_the_body_that_a_person_is_asked_about_is_not_deleted(
    clerk: Clerk,
) -> None:
    event = await clerk.pays_into_the_blue()
    world = clerk.world
    world.clock.advance(days=400)
    settings = RetentionSettings(media_days=0, message_days=0, external_event_days=10)
    retention = replace(world.core.operation.retention, settings=settings)

    async def body() -> str:
        (row,) = await world.rows(ExternalEvent, ExternalEvent.id == event.id)
        return str(row.body)

    await retention.purge()
    assert await body()
    await clerk.decides("rejected")
    await retention.purge()
    assert not await body()
    # and what was asked can still be looked at
    assert "S/ 100.00" in (await clerk.line()).words
