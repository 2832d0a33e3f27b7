"""What a person does with a conversation, from the form to the row."""

from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text

from acuerdo.conversations import repository
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Message,
    MessageState,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.platform.db.session import Database
from acuerdo.staff.models import Staff
from tests.builders import a_contact_point, a_conversation, a_debtor, a_message, saved
from tests.clock import NOW
from tests.integration.doors.console.conftest import PASSWORD, url_of
from tests.integration.doors.console.pages import Browser


@pytest.fixture
async def waiting(db: Database) -> Conversation:
    """Somebody asked for a person."""
    debtor = a_debtor(name="Ana Flores")
    point = a_contact_point(debtor)
    conversation = a_conversation(
        point,
        owner=Owner.AGENT,
        waiting_since_at=NOW,
        waiting_reason=WaitingReason.ASKED_FOR_PERSON,
    )
    await saved(db, debtor, point, conversation, a_message(conversation, "¿hay alguien?"))
    return conversation


async def now_of(db: Database, conversation: Conversation) -> Conversation:
    async with db.transaction() as session:
        return await session.get_one(Conversation, conversation.id)


async def said_by_agents(db: Database, conversation: Conversation) -> list[Message]:
    async with db.transaction() as session:
        found = await session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation.id, Message.author == Author.AGENT)
            .order_by(Message.sequence)
        )
        return list(found)


async def taken(browser: Browser, conversation: Conversation) -> str:
    await browser.read(url_of(conversation.id))
    await browser.send(f"{url_of(conversation.id)}/take")
    return url_of(conversation.id)


async def test_taking_ends_the_waiting(
    db: Database, browser: Browser, waiting: Conversation, lucia: Staff
) -> None:
    await browser.read(url_of(waiting.id))
    response = await browser.send(f"{url_of(waiting.id)}/take")

    assert response.status_code == 303
    assert response.headers["location"] == url_of(waiting.id)
    row = await now_of(db, waiting)
    assert (row.owner, row.agent_id, row.waiting_since_at) == (Owner.AGENT, lucia.id, None)
    assert "La tiene usted" in await browser.read(url_of(waiting.id))
    assert "Mías 1" in await browser.read("/desk")


async def test_a_reply_is_queued_once_for_the_debtors_channel(
    db: Database, browser: Browser, waiting: Conversation, lucia: Staff
) -> None:
    page = await taken(browser, waiting)

    await browser.send(f"{page}/reply", text="Buenos días, soy Lucía.")

    (message,) = await said_by_agents(db, waiting)
    assert (message.text, message.agent_id) == ("Buenos días, soy Lucía.", lucia.id)
    assert message.state is MessageState.QUEUED
    async with db.transaction() as session:
        jobs = await session.scalar(select(func.count()).select_from(text("procrastinate_jobs")))
    assert jobs == 1


async def test_htmx_gets_the_parts_that_changed(browser: Browser, waiting: Conversation) -> None:
    await browser.read(url_of(waiting.id))

    response = await browser.send(f"{url_of(waiting.id)}/take", by_htmx=True)

    assert response.status_code == 200
    for part in ("head", "actions", "queue"):
        assert f'hx-swap-oob="innerHTML:#{part}"' in response.text
    assert 'id="reply-text"' in response.text


async def test_an_empty_reply_says_what_is_missing(
    db: Database, browser: Browser, waiting: Conversation
) -> None:
    page = await taken(browser, waiting)

    response = await browser.send(f"{page}/reply", by_htmx=True, text="  \n ")

    assert response.status_code == 422
    assert "Falta un dato" in response.text
    assert not await said_by_agents(db, waiting)


async def test_who_does_not_hold_it_is_told_what_to_do(
    db: Database, app: FastAPI, browser: Browser, waiting: Conversation, marco: Staff
) -> None:
    await taken(browser, waiting)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        other = Browser(client)
        await other.log_in(marco.login, PASSWORD)
        page = await other.read(url_of(waiting.id))
        reply = await other.send(f"{url_of(waiting.id)}/reply", by_htmx=True, text="hola")
        take = await other.send(f"{url_of(waiting.id)}/take")

    assert "La tiene Lucía Ramos" in page
    assert (reply.status_code, take.status_code) == (409, 409)
    assert "Otra persona, o el asistente, tiene esta conversación" in reply.text
    assert not await said_by_agents(db, waiting)


async def test_a_note_is_for_colleagues_only(
    db: Database, browser: Browser, waiting: Conversation
) -> None:
    await browser.read(url_of(waiting.id))

    await browser.send(f"{url_of(waiting.id)}/note", text="llamar a su hija")

    assert "Nota interna de Lucía Ramos" in await browser.read(url_of(waiting.id))
    assert not await said_by_agents(db, waiting)


async def test_giving_back_lets_the_assistant_go_on(
    db: Database, browser: Browser, waiting: Conversation
) -> None:
    page = await taken(browser, waiting)

    await browser.send(f"{page}/hand-back")

    row = await now_of(db, waiting)
    assert (row.owner, row.agent_id) == (Owner.BOT, None)
    async with db.transaction() as session:
        turn = await repository.unfinished_turn(session, waiting.id)
    assert turn is not None
    assert turn.intent == "resume"
    assert "Responde el asistente" in await browser.read(page)


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_closing_takes_exactly_one_outcome(
    db: Database, browser: Browser, waiting: Conversation, outcome: Outcome
) -> None:
    page = await taken(browser, waiting)

    await browser.send(f"{page}/close", outcome=outcome.value)

    row = await now_of(db, waiting)
    assert (row.owner, row.outcome, row.closed_at) == (Owner.NOBODY, outcome, NOW)


@pytest.mark.parametrize("outcome", ["", "something else"])
async def test_without_an_outcome_nothing_is_closed(
    db: Database, browser: Browser, waiting: Conversation, outcome: str
) -> None:
    page = await taken(browser, waiting)

    response = await browser.send(f"{page}/close", outcome=outcome)

    assert response.status_code == 422
    assert (await now_of(db, waiting)).owner is Owner.AGENT


async def test_when_policy_does_not_let_one_write_the_page_says_why(
    db: Database, browser: Browser, lucia: Staff
) -> None:
    debtor = a_debtor()
    point = a_contact_point(debtor, last_inbound_at=None)
    held = a_conversation(point, owner=Owner.AGENT, agent=lucia)
    await saved(db, debtor, point, held)

    page = await browser.read(url_of(held.id))

    assert "No puede escribirle ahora. WhatsApp cerró la ventana de 24 horas" in page
    assert "Respuesta por" not in page


@pytest.mark.parametrize("act", ["note", "reply", "take", "hand-back", "close"])
async def test_low_what_is_done_with_no_conversation_is_not_found(
    browser: Browser, waiting: Conversation, act: str
) -> None:
    await browser.read(url_of(waiting.id))
    answer = await browser.send(f"{url_of(UUID(int=7))}/{act}", text="hola", outcome="refused")
    assert answer.status_code == 404
