"""The telephone in the browser: a call of ours to its end with a person, and one to us."""

from playwright.sync_api import expect

from tests.browser.chromium import Visitors
from tests.browser.desk import Desk
from tests.browser.phone import Phone
from tests.browser.telephone import Softphone, Telephone


def test_a_call_from_the_desk_to_a_promise_and_to_a_person(
    visitors: Visitors, phone: Phone, desk: Desk
) -> None:
    # given an agent with an open telephone, and a debtor who has once written
    desk.logs_in()
    softphone = Softphone(desk.page.context.new_page())
    softphone.opens()
    phone.belongs_to("Milagros Huamán")
    phone.says("hola", "¿Hablo con")
    desk.opens("Milagros Huamán")
    telephone = Telephone(phone.page)

    # when the agent calls, and the debtor settles with keys
    desk.card.get_by_role("button", name="Llamar").click()
    telephone.rings()
    telephone.picks_up()
    telephone.hears("Hola, buenos días.")
    expect(desk.head).to_contain_text("Teléfono")
    telephone.says("¿aló?", "¿Hablo con Milagros?")
    telephone.presses("1", "últimos cuatro dígitos")
    telephone.presses(phone_last4(phone), "quedó confirmado", "para elegir una fecha, marque dos")
    telephone.presses("2", "¿Qué monto podría pagar?")
    telephone.presses("60#", "¿Qué día lo pagaría?")
    telephone.presses("2811", "sesenta soles", "veintiocho de noviembre")
    telephone.presses("1", "anoté su compromiso")
    expect(desk.thread).to_contain_text("anoté su compromiso")
    expect(desk.card).to_contain_text("S/ 60.00")

    # then asks for a person, who hears who it is and accepts with a key
    telephone.presses("0", "le comunico")
    softphone.answers("Llama Milagros Huamán", "identidad confirmada")
    softphone.accepts()
    telephone.is_with_a_person()
    expect(desk.head).to_contain_text("La tiene usted")
    softphone.hangs_up()
    telephone.is_over()
    desk.closes_as("Promesa de pago")
    expect(desk.head).to_contain_text("Promesa de pago")


def test_a_call_to_us_and_the_supervisor_who_watches(phone: Phone, desk: Desk) -> None:
    desk.logs_in("gerente")
    phone.belongs_to("Camila Soto")
    telephone = Telephone(phone.page)
    telephone.dials()
    # whoever's number is shown, nobody is named before the proof
    telephone.hears("asistente automático", "documento de identidad")
    desk.page.goto("/desk/calls")
    live = desk.page.locator(".calls li", has_text="Con el asistente")
    expect(live).to_have_count(1)
    expect(live).not_to_contain_text("Camila")
    live.get_by_role("link").first.click()
    telephone.says("no entiendo, ¿quién llama?", "asistente automático")
    expect(desk.thread).to_contain_text("quién llama")
    telephone.screen.get_by_role("button", name="Callar").click()
    telephone.hears("¿Sigue ahí?")
    telephone.screen.get_by_role("button", name="Colgar").click()
    telephone.is_over()
    expect(desk.head).to_contain_text("Cerrada")


def phone_last4(phone: Phone) -> str:
    """The last four figures of the document that the page shows of whoever is played."""
    shown = phone.page.locator("#known").inner_text()
    return next(word for word in shown.split() if word.isdigit() and len(word) >= 8)[-4:]
