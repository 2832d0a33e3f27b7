"""A debtor asks for a person: the phone and the desk, both live."""

from playwright.sync_api import expect

from quality.product import Product
from tests.browser.desk import Desk
from tests.browser.phone import Phone
from tests.journeys.people import someone


def test_an_agent_answers_and_gives_it_back(phone: Phone, desk: Desk) -> None:
    # given an agent who looks at the queue, and a debtor
    desk.logs_in()
    phone.belongs_to("Carlos Andrés Rojas")
    phone.proves_who_they_are("4050")
    loads, waiting = desk.loads, desk.number_waiting

    # when the debtor asks for a person, the queue shows it without being loaded again
    phone.says("quiero hablar con una persona", "Le paso con una persona")
    expect(desk.waiting("Carlos Andrés Rojas")).to_contain_text("Pidió hablar con una persona")
    expect(desk.page).to_have_title(f"({waiting + 1}) Cola · Acuerdo")
    assert desk.loads == loads

    # then the agent sees who it is, what is owed and what was said
    desk.opens("Carlos Andrés Rojas")
    loads = desk.loads
    expect(desk.head).to_contain_text("Identidad verificada")
    expect(desk.head).to_contain_text("Pidió hablar con una persona")
    expect(desk.card).to_contain_text("Tienda del Sol")
    expect(desk.card).to_contain_text("$1.250.000")
    expect(desk.entry("quiero hablar con una persona")).to_be_visible()

    # both talk, and both see it live
    desk.takes()
    desk.answers("Buenos días, soy Andrea. ¿En qué le ayudo?")
    phone.hears("soy Andrea")
    phone.writes("necesito saber si puedo pagar en la tienda")
    expect(desk.entry("necesito saber si puedo pagar en la tienda")).to_be_visible()
    desk.notes("Pregunta por pagos en tienda")
    desk.answers("Sí, en cualquier caja con su cédula.")
    phone.hears("en cualquier caja")
    phone.sees_it_was_read("necesito saber si puedo pagar en la tienda")

    # given back, the assistant goes on; the note was never sent
    desk.gives_back()
    phone.hears("Soy de nuevo el asistente")
    phone.says("cuánto debo?", "$1.250.000")
    expect(desk.entry("cuánto debo?")).to_be_visible()
    expect(phone.answers.filter(has_text="Pregunta por pagos")).to_have_count(0)
    assert desk.loads == loads


def test_a_conversation_is_closed_with_one_outcome(phone: Phone, desk: Desk) -> None:
    phone.belongs_to("Marcela Gómez")
    phone.proves_who_they_are("7654")
    phone.says("quiero hablar con una persona", "Le paso con una persona")
    desk.logs_in()
    desk.opens("Marcela Gómez")
    desk.takes()
    desk.closes_as("Volver a contactar")
    expect(desk.line_of("Marcela Gómez")).to_contain_text("Cerrada · Volver a contactar")
    expect(desk.page.get_by_label("Respuesta por")).to_have_count(0)


def test_a_photo_arrives_at_the_desk(phone: Phone, desk: Desk, product: Product) -> None:
    # given somebody whom no other test plays
    debtor = someone(product, name="Milagros Quispe Rojas")
    phone.has_number(debtor.number)
    phone.proves_who_they_are(debtor.last4)
    desk.logs_in()
    desk.opens("Milagros Quispe Rojas")
    loads = desk.loads
    phone.attaches("Foto de un comprobante")
    phone.hears()
    picture = desk.thread.get_by_role("img")
    expect(picture).to_be_visible()
    drawn = "each => each.complete && each.naturalWidth > 0"
    desk.page.wait_for_function(drawn, arg=picture.element_handle())
    assert desk.loads == loads


def test_what_was_sent_leaves_the_box_however_slow_the_answers_are(
    phone: Phone, desk: Desk
) -> None:
    # given a connection whose answers come late, and out of order with what is told live
    phone.belongs_to("Pedro Pablo Muñoz")
    phone.says("quiero hablar con una persona", "Le paso con una persona")
    desk.logs_in()
    desk.opens("Pedro Pablo Muñoz")
    taken = desk.holds_back("take")
    replied = desk.holds_back("reply")

    # when the agent takes the conversation and writes before either answer has come
    desk.page.get_by_role("button", name="Tomar la conversación").click()
    box = desk.page.get_by_label("Respuesta por")
    box.fill("Buenos días, ¿en qué le ayudo?")
    desk.page.get_by_role("button", name="Enviar", exact=True).click()
    phone.hears("en qué le ayudo")
    taken.arrives()
    expect(desk.page.locator("#send")).to_be_enabled()
    expect(box).to_have_value("Buenos días, ¿en qué le ayudo?")
    replied.arrives()

    # then nobody is tempted to send it twice
    expect(box).to_have_value("")
