"""The main conversations on Telegram: deep link, contact sharing, buttons, a blocked bot."""

import hashlib
import secrets

from quality.phone import Phone
from tests.journeys.desk import Agent
from tests.journeys.people import Debtor, Someone


def _token(debtor: Debtor) -> str:
    """A one-time word as the product keeps it: by its hash."""
    token = secrets.token_urlsafe(32)
    debtor.product.rows(
        "insert into link_token (token_hash, debtor_id, expires_at)"
        " select %s, id, timestamptz '2027-01-01' from debtor where external_id = %s returning 1",
        hashlib.sha256(token.encode()).digest(),
        debtor.row["id"],
    )
    return token


def _bound(debtor: Debtor) -> Phone:
    chat = debtor.on_telegram()
    chat.starts(_token(debtor), "¿Hablo con", debtor.first_name)
    return chat


def _proven(debtor: Debtor) -> Phone:
    chat = _bound(debtor)
    chat.presses("Sí, soy yo", "últimos 4")
    chat.says(debtor.last4, "quedó confirmado")
    return chat


def test_a_deep_link_binds_the_chat_but_proves_nothing(someone: Someone) -> None:
    ana = someone()
    chat = _bound(ana)
    chat.never_heard(["Luz Norte", "320.50"])
    assert {point["channel"] for point in ana.ledger.file()["contact_points"]} == {
        "whatsapp",
        "telegram",
    }
    assert ana.ledger.conversation()["verified_at"] is None
    chat.presses("Sí, soy yo", "últimos 4")
    chat.says(ana.last4, "quedó confirmado")
    assert ana.ledger.checks() == [True]


def test_a_deep_link_works_once(someone: Someone) -> None:
    ana = someone()
    token = _token(ana)
    ana.on_telegram().starts(token, "¿Hablo con Ana")
    other = ana.on_telegram()
    other.starts(token, "número completo")
    other.never_heard(["Ana"])


def test_a_made_up_link_binds_nothing(someone: Someone) -> None:
    chat = someone().on_telegram()
    chat.starts("A" * 43, "número completo")
    chat.starts("", "número completo")


def test_an_own_contact_tells_whose_chat_it_is(someone: Someone) -> None:
    ana = someone()
    chat = ana.on_telegram()
    asked = chat.says("hola", "número completo")
    assert asked.asks_contact
    chat.shares_contact(ana.number, "¿Hablo con Ana")
    chat.presses("Sí, soy yo", "últimos 4")
    chat.says(ana.last4, "quedó confirmado")


def test_somebody_elses_contact_tells_nothing(someone: Someone) -> None:
    ana = someone()
    chat = ana.on_telegram()
    chat.says("hola", "número completo")
    chat.shares_contact(ana.number, own=False)
    chat.never_heard(["Ana", "Luz Norte"])
    assert len(ana.ledger.file()["contact_points"]) == 1


def test_a_promise_by_buttons_and_words(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.presses("Ver mi saldo", "320.50", "120.50")
    chat.presses("Elegir fecha", "¿Qué monto")
    chat.says("120.50", "¿Qué día")
    chat.says("el viernes", "¿Lo confirmo?")
    chat.presses("Sí, confirmo", "Anoté su compromiso")
    (promise,) = ana.ledger.file()["promises"]
    assert (promise["amount"], promise["due_on"], promise["channel"]) == (
        "120.50",
        "2026-11-27",
        "telegram",
    )
    assert ana.ledger.outcome() == "promise"


def test_rescheduled(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.says("pago 100 el viernes", "¿Lo confirmo?")
    chat.presses("Sí, confirmo", "Anoté")
    chat.says("no, mejor el 30", "30 de noviembre", "¿Lo confirmo?")
    chat.presses("Sí, confirmo", "Cambié su compromiso")
    assert [state for *_, state in ana.ledger.promises()] == ["rescheduled", "open"]


def test_a_plan(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.presses("Pagar en partes", "¿Cuál le acomoda?")
    chat.says("2", "3 pagos", "¿Lo confirmo?")
    chat.presses("Sí, confirmo", "Quedó su plan de 3 pagos")
    assert len(ana.ledger.plans()) == 1


def test_a_link_is_paid(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.presses("Pagar ahora", "enlace", "120.50")
    (link,) = ana.product.rows(
        "select l.* from payment_link l join debt t on t.id = l.debt_id where t.external_id = %s",
        ana.row["debts"][0]["id"],
    )
    ana.product.control.post("/payments", json={"link_id": link["gateway_id"]})
    chat.hears("Gracias, Ana", "120.50")
    assert len(ana.ledger.payments()) == 1


def test_a_person_takes_over_and_gives_back(someone: Someone, agent: Agent) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.presses("Hablar con alguien", "Le paso con una persona")
    talk = ana.ledger.conversation()
    agent.takes(talk["id"])
    agent.replies(talk["id"], "Hola, soy Andrea")
    chat.hears("soy Andrea")
    chat.writes("gracias Andrea")
    chat.hears_nothing()
    agent.hands_back(talk["id"])
    chat.hears("asistente automático")


def test_an_opt_out(someone: Someone) -> None:
    ana = someone()
    chat = _bound(ana)
    chat.says("ya no me manden mensajes", "no le volveremos a escribir")
    states = {p["channel"]: p["state"] for p in ana.ledger.file()["contact_points"]}
    assert states == {"whatsapp": "active", "telegram": "opted_out"}


def test_a_photo_is_kept(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.says("ya lo pagué ayer, 120.50", "foto del comprobante")
    chat.sends("photo", "Anoté su pago")
    assert [m["media"][0]["kind"] for m in ana.ledger.messages() if m["media"]] == ["image"]


def test_a_blocked_bot_is_noticed_and_so_is_its_return(someone: Someone) -> None:
    ana = someone()
    chat = _bound(ana)
    chat.act("block")
    assert ana.ledger.stops() == ["blocked"]
    chat.act("unblock")
    assert ana.ledger.stops() == []


def test_blocked_while_an_agent_writes(someone: Someone, agent: Agent) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.presses("Hablar con alguien", "Le paso con una persona")
    talk = ana.ledger.conversation()
    agent.takes(talk["id"])
    chat.act("block")
    agent.replies(talk["id"], "¿Sigue ahí?")
    chat.hears_nothing()
    last = ana.ledger.messages()[-1]
    assert last["state"] in ("failed", "refused")


def test_b20_an_edited_question_is_answered_as_it_now_stands(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.act("text", text="cuánto debo")
    chat.hears("320.50")
    mine = ana.product.control.get(
        "/chat", params={"channel": "telegram", "address": chat.address}
    ).json()
    written = [each for each in mine if each["direction"] == "from_person"][-1]
    chat.act("edit", message_id=written["id"], text="cuánto debo hoy")
    chat.hears("320.50")
    chat.hears_nothing()


def test_b20_an_amount_edited_while_it_is_read_back_is_read_back_anew(someone: Someone) -> None:
    ana = someone()
    chat = _proven(ana)
    chat.act("text", text="le pago 100 el viernes")
    chat.hears("100.00", "¿Lo confirmo?")
    mine = ana.product.control.get(
        "/chat", params={"channel": "telegram", "address": chat.address}
    ).json()
    written = [each for each in mine if each["direction"] == "from_person"][-1]
    chat.act("edit", message_id=written["id"], text="le pago 120 el viernes")
    chat.hears("120.00", "¿Lo confirmo?")
    chat.says("sí", "Anoté")
    assert ana.ledger.promises() == [("120.00", "2026-11-27", "open")]
