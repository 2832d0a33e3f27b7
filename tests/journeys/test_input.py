"""Whatever people type or send: nothing is lost, nothing breaks, nothing is taken for a command."""

import pytest

from quality.patience import eventually
from quality.product import Product
from tests.journeys.people import Someone, a_stranger
from tests.journeys.wording import THE_AMOUNT, THE_YES


@pytest.mark.parametrize(
    "text", ["/ask_balance", "/restart", '/inform{"debt": "x"}', "/start", "/session_start"]
)
def test_a_text_that_begins_with_a_slash_is_text(someone: Someone, text: str) -> None:
    ana = someone()
    ana.phone.says(text)
    ana.phone.never_heard(["320.50", "120.50", "Luz Norte"])
    (message, *_) = ana.ledger.messages()
    assert message["text"] == text
    assert message["choice"] is None
    ana.verified()
    ana.phone.says("cuánto debo?", "320.50")


@pytest.mark.parametrize(
    "text",
    [
        "cuánto debo? " + "ñ" * 5000,
        "hola\x00 qué tal",
        "😀😀🙏🏽👨‍👩‍👧",
        "\u202ehola\u202c \u200f\u200e",
        "{name} ${jndi} %s {{7*7}}",
        "'; drop table debtor; --",
    ],
    ids=["5000", "nul", "emoji", "right-to-left", "templates", "sql"],
)
def test_strange_text_is_kept_and_answered(someone: Someone, text: str) -> None:
    ana = someone()
    ana.phone.says(text)
    messages = ana.ledger.messages()
    assert messages[0]["direction"] == "in"
    assert messages[0]["text"].startswith(text[:10].replace("\x00", "")[:5])
    ana.phone.never_heard(["320.50", "{name}", "49"])


def test_blank_text_is_kept_and_says_nothing(someone: Someone) -> None:
    ana = someone()
    ana.phone.writes("   ")
    ana.phone.hears_nothing()


def test_a_voice_note_is_kept_and_acknowledged(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.sends("voice", "No puedo leer este tipo de mensaje")
    (media,) = [message["media"] for message in ana.ledger.messages() if message["media"]]
    assert media[0]["kind"] in ("voice", "audio")
    assert ana.ledger.waiting_reason() == "not_understood"


def test_a_photo_before_the_proof_is_kept_and_nothing_is_told(someone: Someone) -> None:
    ana = someone()
    ana.phone.sends("photo")
    (media,) = [message["media"] for message in ana.ledger.messages() if message["media"]]
    assert media[0]["content_type"].startswith("image/")
    stored = eventually(
        lambda: [
            message["media"][0].get("file")
            for message in ana.ledger.messages()
            if message["media"] and message["media"][0].get("file")
        ],
        "the photo was fetched",
    )
    assert stored
    ana.phone.never_heard(["Luz Norte", "320.50"])


def test_a_photo_in_the_middle_of_a_form(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.sends("photo", "Recibí su archivo", THE_AMOUNT)
    ana.phone.says("100 el viernes", "¿Lo confirmo?")


def test_a_photo_with_words_is_read(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.sends_file("photo", b"", "", caption="ya pagué ayer 120.50, aquí está el comprobante")
    ana.phone.hears()
    assert any(message["media"] for message in ana.ledger.messages())
    ana.phone.product.settle()


@pytest.mark.parametrize("typed", ["1", "Ver mi saldo", "ver mi saldo", "1.", "opción 1"])
def test_a_button_can_be_typed(someone: Someone, typed: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says(typed, "320.50")
    choices = [message["choice"] for message in ana.ledger.messages() if message["choice"]]
    assert choices[-1] == "/ask_balance"


def test_an_old_answer_does_not_answer_what_is_asked_now(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    opening = ana.phone.last.id
    ana.phone.presses("Sí, soy yo", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado")
    ana.phone.act("press", title="No soy", message_id=opening)
    ana.phone.hears("¿En qué le ayudo?")
    assert ana.ledger.stops() == []
    former = ana.phone.says("pago 100 el viernes", "¿Lo confirmo?").id
    ana.phone.says("no, mejor el 30", "30 de noviembre", "¿Lo confirmo?")
    ana.phone.act("press", title="Sí, confirmo", message_id=former)
    ana.phone.hears("30 de noviembre", THE_YES)
    ana.ledger.nothing_agreed()


def test_an_old_wish_is_still_a_wish(someone: Someone) -> None:
    ana = someone()
    menu = ana.verified().id
    ana.phone.says("dónde puedo pagar?", "Transferencia")
    ana.phone.act("press", title="Ver mi saldo", message_id=menu)
    ana.phone.hears("320.50")


def test_delivery_ticks_reach_the_ledger(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.product.settle()
    states = {m["state"] for m in ana.ledger.messages() if m["direction"] == "out"}
    assert states == {"read"}


def test_one_person_by_both_spellings_of_a_mexican_mobile(someone: Someone) -> None:
    luis = someone(country="MX")
    with_one = luis.number.replace("+52", "+521")
    luis.phone.address = with_one
    luis.phone.says("hola", "¿Hablo con")
    assert len(luis.ledger.file()["contact_points"]) == 1


def test_two_people_at_once_do_not_mix(product: Product, someone: Someone) -> None:
    ana, luis = someone(), someone(country="MX", name="Luis Ángel Torres")
    ana.phone.writes("hola")
    luis.phone.writes("hola")
    ana.phone.hears("¿Hablo con Ana?")
    luis.phone.hears("¿Hablo con Luis?")
    a_stranger(product).says("hola", "número completo")
