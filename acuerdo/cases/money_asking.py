"""Asking a person of ours about money: one case for each subject, one open for each debt."""

from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases import repository, transitions
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.money_news import (
    ABOUT_FACTS,
    MoneyNews,
    event_in,
    news_of_fact,
    news_of_webhook,
)
from acuerdo.cases.register import last_day, locale_of_case, record_opening, register
from acuerdo.contact.locale import Locale
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.models import ExternalEvent
from acuerdo.payments import repository as payments
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.ports import PaymentState
from acuerdo.values.countries import country_or_elsewhere
from acuerdo.values.dates import local_date, say_date
from acuerdo.wording.words import WORDS, say_event_reason, say_source

_WORDS: Final[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "money.yml").read_text(encoding="utf-8")
)
_SYSTEM: Final = "acuerdo"


async def ask(
    session: AsyncSession,
    gateways: Gateways,
    question: MoneyQuestion,
    subject_id: UUID,
    now: datetime,
) -> None:
    """Open a case about a fact or a webhook, unless one is open or was: see `CaseOpening.money`."""
    if question in ABOUT_FACTS:
        await _ask_about_fact(session, question, subject_id, now)
    else:
        await _ask_about_webhook(session, gateways, question, subject_id, now)


async def _ask_about_fact(
    session: AsyncSession, question: MoneyQuestion, subject_id: UUID, now: datetime
) -> None:
    event = await repository.money_event(session, subject_id)
    # cases about one debt are opened one at a time
    debt = await debts.lock_debt(session, event.debt_id)
    if await repository.case_about(session, CaseKind.MONEY, event.id) is not None:
        return
    if await repository.has_open_question(session, debt.id, question):
        return
    locale = await locale_of_case(session, debt.debtor_id, None)
    news = news_of_fact(event, debt, question)
    await register(
        session,
        CaseKind.MONEY,
        _words_about_debt(news, debt, locale, now),
        by=_SYSTEM,
        now=now,
        debtor_id=debt.debtor_id,
        debt_id=debt.id,
        subject_id=event.id,
        question=question.value,
    )


async def _ask_about_webhook(
    session: AsyncSession,
    gateways: Gateways,
    question: MoneyQuestion,
    subject_id: UUID,
    now: datetime,
) -> None:
    webhook = await external_events.lock_event(session, subject_id)
    debt = await _debt_named(session, gateways, webhook)
    debtor_id = None if debt is None else debt.debtor_id
    locale = await locale_of_case(session, debtor_id, None)
    words = _words_about_webhook(news_of_webhook(gateways, webhook, question), locale, now)
    case = await repository.case_about(session, CaseKind.MONEY, webhook.id)
    if case is None:
        await register(
            session,
            CaseKind.MONEY,
            words,
            by=_SYSTEM,
            now=now,
            debtor_id=debtor_id,
            debt_id=None if debt is None else debt.id,
            subject_id=webhook.id,
            question=question.value,
        )
        return
    former = (await repository.questions_of(session, [case.id])).get(case.id)
    if (former, question) != (MoneyQuestion.UNREADABLE, MoneyQuestion.UNPLACED):
        return
    # what could be read after all waits for another answer
    rule, due_on = last_day(CaseKind.MONEY, locale, now)
    held = await repository.lock_case(session, case.id) or case
    transitions.asked_anew(held, words=words, rule=rule, due_on=due_on, now=now)
    if debt is not None:
        transitions.placed(held, debt)
    await record_opening(session, held, by=_SYSTEM, now=now, question=question.value)


async def _debt_named(
    session: AsyncSession, gateways: Gateways, webhook: ExternalEvent
) -> Debt | None:
    """The debt of the link that a webhook names, where there is one."""
    said = event_in(gateways, webhook)
    if said is None:
        return None
    try:
        link = await payments.link(session, UUID(said.reference))
    except ValueError:
        return None
    return None if link is None else await session.get_one(Debt, link.debt_id)


def _words_about_debt(news: MoneyNews, debt: Debt, locale: Locale, now: datetime) -> str:
    key: str = news.question.value
    if news.question is MoneyQuestion.SURPLUS and debt.status is DebtStatus.WITHDRAWN:
        key = "surplus_of_withdrawn"
    surplus = debt.surplus.text(country_or_elsewhere(locale.country))
    return _say(key, news, locale, now, surplus=surplus)


def _words_about_webhook(news: MoneyNews, locale: Locale, now: datetime) -> str:
    is_read = news.question is MoneyQuestion.UNPLACED and news.amount is not None
    return _say("unplaced" if is_read else "unreadable", news, locale, now)


def _say(key: str, news: MoneyNews, locale: Locale, now: datetime, **more: str) -> str:
    habits = country_or_elsewhere(locale.country)
    day = local_date(news.moved_at or news.received_at, locale.timezone)
    sentence = _WORDS[key].format(
        source=say_source(news.source),
        movement=WORDS["payment_state"][news.state or PaymentState.PAID].lower(),
        amount="" if news.amount is None else news.amount.text(habits),
        day=say_date(day, local_date(now, locale.timezone)),
        reason=say_event_reason(news.reason or ""),
        **more,
    )
    return sentence[:1].upper() + sentence[1:]
