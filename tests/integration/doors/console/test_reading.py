"""What the pages show of a conversation and of the person."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from acuerdo.agreements.models import (
    Promise,
    PromiseState,
    Proposal,
    ProposalKind,
    ProposalState,
)
from acuerdo.contact.models import ContactState
from acuerdo.conversations.models import (
    Author,
    Conversation,
    MessageState,
    Note,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import Debt
from acuerdo.platform.db.session import Database
from acuerdo.staff.models import Staff
from acuerdo.values.channels import Channel
from doors.console.filters import by_day, moment
from quality.people import in_days, today
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_creditor,
    a_debt,
    a_debtor,
    a_message,
    saved,
)
from tests.clock import NOW, FixedClock
from tests.integration.doors.console.conftest import url_of
from tests.integration.doors.console.pages import Browser

LIMA = "America/Lima"
UNVERIFIED = "Identidad sin verificar: no revele la deuda"
POLICY = {
    "promise": {"max_days": 12, "min_amount": "50"},
    "plan": {"max_instalments": 6, "min_instalment": "40"},
    "settlement": {"max_discount_percent": 15},
}


async def a_stored_conversation(
    db: Database, *, verified: bool = False, waits: bool = True
) -> Conversation:
    debtor, creditor = a_debtor(name="Ana Flores"), a_creditor(policy=POLICY)
    point = a_contact_point(debtor, address="+51987650001", last_inbound_at=NOW)
    conversation = a_conversation(
        point,
        owner=Owner.AGENT if waits else Owner.BOT,
        verified_until_at=NOW + timedelta(minutes=20) if verified else None,
        waiting_since_at=NOW - timedelta(minutes=14) if waits else None,
        waiting_reason=WaitingReason.ASKED_FOR_PERSON if waits else None,
    )
    debt = a_debt(debtor, creditor, balance="1500.50", overdue="300", days_late=45)
    await saved(db, debtor, creditor, point, debt, conversation)
    return conversation


async def test_the_queue_says_who_waits_why_and_how_long(db: Database, browser: Browser) -> None:
    conversation = await a_stored_conversation(db)
    await saved(db, a_message(conversation, "quiero hablar con alguien"))

    page = await browser.read("/desk")

    assert "Esperan a una persona 1" in page
    for words in ("Ana Flores", "14 min", "Pidió hablar con una persona", "WhatsApp"):
        assert words in page
    assert "quiero hablar con alguien" in page


async def test_the_card_shows_what_is_owed_and_what_policy_allows(
    db: Database, browser: Browser
) -> None:
    conversation = await a_stored_conversation(db, verified=True)

    page = await browser.read(url_of(conversation.id))

    assert "Identidad verificada hasta las 10:20" in page
    assert UNVERIFIED not in page
    for words in ("S/ 1,500.50", "45 días de atraso", "servicio eléctrico", "Luz Norte"):
        assert words in page
    assert "hasta 12 días, desde S/ 50.00" in page
    assert "hasta 6, de S/ 40.00 o más" in page
    assert "hasta 15 %" in page
    assert f"abierta hasta {moment(NOW + timedelta(days=1), LIMA, NOW)}" in page


async def test_an_unproven_person_is_marked_so(db: Database, browser: Browser) -> None:
    conversation = await a_stored_conversation(db)

    assert UNVERIFIED in await browser.read(url_of(conversation.id))


async def test_a_proof_that_is_no_longer_fresh_counts_for_nothing(
    db: Database, browser: Browser, clock: FixedClock
) -> None:
    conversation = await a_stored_conversation(db, verified=True)

    clock.advance(minutes=20)

    assert UNVERIFIED in await browser.read(url_of(conversation.id))


async def test_somebody_unknown_has_no_card(db: Database, browser: Browser) -> None:
    point = a_contact_point(None, address="+51911222333")
    conversation = a_conversation(point)
    await saved(db, point, conversation, a_message(conversation))

    page = await browser.read(url_of(conversation.id))

    assert "Persona desconocida" not in page
    assert "Identidad no verificada" in page
    assert "No hay una ficha para este contacto" in page
    assert UNVERIFIED in page


async def test_the_thread_shows_authors_choices_notes_and_troubles_in_order(
    db: Database, browser: Browser, marco: Staff
) -> None:
    conversation = await a_stored_conversation(db)

    def at(minute: int) -> datetime:
        return NOW - timedelta(minutes=30 - minute)

    await saved(
        db,
        a_message(conversation, "hola", at=at(0)),
        a_message(
            conversation,
            "¿Es usted?",
            author=Author.BOT,
            buttons=[{"title": "Sí, soy yo", "payload": "/affirm"}],
            state=MessageState.READ,
            at=at(1),
        ),
        a_message(conversation, "Sí, soy yo", choice="/affirm", at=at(2)),
        Note(conversation_id=conversation.id, author_id=marco.id, text="es VIP", at=at(3)),
        a_message(
            conversation,
            "le llamo",
            author=Author.AGENT,
            agent=marco,
            state=MessageState.FAILED,
            error_code="63016",
            at=at(4),
        ),
        a_message(
            conversation,
            "¿sigue?",
            author=Author.AGENT,
            agent=marco,
            state=MessageState.UNKNOWN,
            at=at(5),
        ),
        a_message(
            conversation,
            "<script>alert(1)</script>",
            author=Author.AGENT,
            agent=marco,
            state=MessageState.REFUSED,
            error_code="house:hours",
            at=at(6),
        ),
    )

    page = await browser.read(url_of(conversation.id))

    expected = [
        "Ana Flores hola 09:30",
        "Asistente ¿Es usted? Sí, soy yo 09:31 Leído",
        "Sí, soy yo opción elegida · 09:32",
        "Nota interna de Marco Díaz · 09:33 es VIP",
        "Marco Díaz le llamo 09:34 No se entregó No se entregó. WhatsApp cerró la ventana",
        "¿sigue? 09:35 No sabemos si llegó No sabemos si llegó. Se cortó la conexión",
        "<script>alert(1)</script> 09:36 No se envió No se envió: fuera del horario permitido.",
    ]
    positions = [page.find(words) for words in expected]
    assert -1 not in positions, list(zip(expected, positions, strict=True))
    assert positions == sorted(positions)


async def test_promises_are_shown_with_what_became_of_them(db: Database, browser: Browser) -> None:
    conversation = await a_stored_conversation(db)
    async with db.transaction() as session:
        debt = (await session.scalars(select(Debt.id))).one()
    for days, state in ((-1, PromiseState.OPEN), (4, PromiseState.OPEN), (-9, PromiseState.KEPT)):
        proposal = Proposal(
            id=uuid4(),
            conversation_id=conversation.id,
            debt_id=debt,
            kind=ProposalKind.PROMISE,
            position=0,
            terms={},
            state=ProposalState.ACCEPTED,
            words="",
            rule="policy",
            created_at=NOW,
        )
        promise = Promise(
            proposal_id=proposal.id,
            debt_id=debt,
            conversation_id=conversation.id,
            channel=Channel.WHATSAPP,
            amount_minor=12050,
            currency="PEN",
            due_on=NOW.date() + timedelta(days=days),
            settles=False,
            state=state,
            words="pago el viernes",
            replaces_id=None,
            recorded_at=NOW - timedelta(days=10 - days),
            closed_at=None,
        )
        await saved(db, proposal, promise)

    page = await browser.read(url_of(conversation.id))

    assert f"S/ 120.50 para {by_day(in_days(4), today())} · Vigente" in page
    assert f"para {by_day(in_days(-1), today())} · Vencida" in page
    assert f"para {by_day(in_days(-9), today())} · Cumplida" in page


async def test_each_address_says_whether_one_may_write_there(
    db: Database, browser: Browser, clock: FixedClock
) -> None:
    debtor = a_debtor()
    whatsapp = a_contact_point(debtor, last_inbound_at=NOW - timedelta(hours=25))
    telegram = a_contact_point(
        debtor, channel=Channel.TELEGRAM, state=ContactState.BLOCKED, last_inbound_at=None
    )
    conversation = a_conversation(whatsapp, owner=Owner.AGENT)
    await saved(db, debtor, whatsapp, telegram, conversation)

    page = await browser.read(url_of(conversation.id))

    assert "No responder: whatsapp cerró la ventana de 24 horas" in page
    assert "Ventana de 24 horas: cerrada" in page
    assert "Nos bloqueó No responder: este contacto está fuera de uso" in page


async def test_former_conversations_are_a_link_away(db: Database, browser: Browser) -> None:
    conversation = await a_stored_conversation(db)
    former = Conversation(
        id=uuid4(),
        contact_point_id=conversation.contact_point_id,
        debtor_id=conversation.debtor_id,
        channel=Channel.WHATSAPP,
        owner=Owner.NOBODY,
        outcome=Outcome.REFUSED,
        started_at=NOW - timedelta(days=9),
        last_activity_at=NOW - timedelta(days=9),
        closed_at=NOW - timedelta(days=9),
    )
    await saved(db, former)

    page = await browser.read(url_of(conversation.id))
    assert f"{moment(former.started_at, LIMA, NOW)} · WhatsApp · Se niega a pagar" in page
    assert "Esta conversación se cerró" in await browser.read(url_of(former.id))


async def test_what_a_page_already_shows_is_not_sent_again(db: Database, browser: Browser) -> None:
    conversation = await a_stored_conversation(db)
    whole = (await browser.client.get(url_of(conversation.id))).text
    seen = {"seen": re.findall(r'name="seen" value="([^"]+)"', whole)}
    assert len(seen["seen"]) == 5

    nothing = await browser.client.get(f"{url_of(conversation.id)}/now", params=seen)
    await saved(db, a_message(conversation, "una más"))
    something = await browser.client.get(f"{url_of(conversation.id)}/now", params=seen)

    assert nothing.status_code == 204
    assert "#thread" in something.text
    assert "una más" in something.text
    assert "#card" not in something.text


@pytest.mark.parametrize(
    "path", ["/desk/conversations/{id}", "/desk/conversations/{id}/now", "/desk/media/{id}/0"]
)
async def test_what_does_not_exist_is_said_kindly(browser: Browser, path: str) -> None:
    response = await browser.client.get(path.format(id=uuid4()))

    assert response.status_code == 404
    assert "Vuelva a la cola" in response.text


async def test_an_address_that_makes_no_sense_is_no_failure(browser: Browser) -> None:
    response: httpx.Response = await browser.client.get("/desk/conversations/none")

    assert response.status_code == 422
    assert "Falta un dato" in response.text
