"""A dispute and a payment claim: opened in chat, worked and closed at the desk, and heard of."""

import pytest
from playwright.sync_api import Page, expect

from quality.product import Product
from tests.browser.chromium import PHONE_WIDTH, Visitors
from tests.browser.desk import Desk
from tests.browser.layout import fits
from tests.browser.phone import Phone
from tests.journeys.people import someone


def opens_the_case(desk: Desk, topic: str, person: str) -> Page:
    """From the list of cases to one of them."""
    page = desk.page
    page.get_by_role("navigation", name="Secciones").get_by_role("link", name="Casos").click()
    line = page.locator(".case", has_text=person)
    expect(line).to_contain_text(topic)
    line.get_by_role("link", name=topic).click()
    expect(page.get_by_role("heading", name=topic, level=1)).to_be_visible()
    return page


def resolves(page: Page, result: str, reason: str) -> None:
    """Take the open case and close it."""
    page.get_by_role("button", name="Asignármelo").click()
    expect(page.get_by_role("main")).to_contain_text("Lo ve Andrea")
    page.get_by_role("radio", name=result, exact=True).check()
    page.get_by_label("Motivo, la persona lo lee así").fill(reason)
    page.get_by_role("button", name="Resolver el caso").click()
    expect(page.get_by_role("heading", name="Cómo se resolvió")).to_be_visible()


def test_a_dispute_is_worked_and_the_debtor_hears_of_it(
    phone: Phone, desk: Desk, product: Product
) -> None:
    debtor = someone(product, name="Rosa Paredes Luna")
    phone.has_number(debtor.number)
    phone.proves_who_they_are(debtor.last4)
    phone.says("yo nunca contraté eso", "Abrí la revisión")
    desk.logs_in()
    desk.opens("Rosa Paredes Luna")
    desk.card.get_by_role("link", name="Reclamo de la deuda").click()
    page = desk.page
    expect(page.get_by_role("main")).to_contain_text("yo nunca contraté eso")
    page.get_by_role("listitem").filter(has_text="yo nunca contraté eso").get_by_role(
        "button", name="Marcar como visto"
    ).click()
    expect(page.get_by_role("main")).to_contain_text("visto por agente")
    resolves(page, "La deuda es correcta: se vuelve a cobrar", "La contrató el 3 de marzo.")
    phone.hears("Revisamos su reclamo", "La contrató el 3 de marzo.")
    expect(page.get_by_role("main")).to_contain_text("La persona recibió la respuesta")


def test_a_claimed_payment_is_found_and_the_debtor_hears_the_new_balance(
    phone: Phone, desk: Desk, product: Product
) -> None:
    debtor = someone(product, name="Elena Quispe Ríos")
    phone.has_number(debtor.number)
    phone.proves_who_they_are(debtor.last4)
    phone.says("ya pagué", "¿Qué día hizo el pago?")
    phone.says("ayer", "¿Cuánto pagó?")
    phone.says("20", "comprobante")
    phone.says("no lo tengo", "Anoté su pago")
    desk.logs_in()
    page = opens_the_case(desk, "Pago avisado", "Elena Quispe Ríos")
    expect(page.get_by_label("Monto que se descuenta del saldo")).to_have_value("20.00")
    resolves(page, "Encontramos el pago", "Lo vimos en la cuenta.")
    phone.hears("Encontramos el pago", "Su saldo ahora es de", "Lo vimos en la cuenta.")


def test_what_was_paid_too_much_is_given_back_by_a_person(
    phone: Phone, desk: Desk, product: Product
) -> None:
    debtor = someone(product, name="Nora Campos Vela")
    phone.has_number(debtor.number)
    phone.proves_who_they_are(debtor.last4)
    link = phone.says("pásame el link de pago", "enlace para pagar")
    with phone.page.expect_popup() as opened:
        link.get_by_role("link").click()
    shop = opened.value
    shop.get_by_text("Otro monto").click()
    shop.get_by_label("Monto en PEN").fill("5000")
    shop.get_by_role("button", name="Pagar este monto").click()
    phone.hears("Recibimos su pago de S/ 5,000.00", "a su favor")
    desk.logs_in()
    page = opens_the_case(desk, "Dinero por aclarar: pagó de más", "Nora Campos Vela")
    expect(page.get_by_text("A favor de la persona", exact=True)).to_be_visible()
    fits(page)
    resolves(page, "Se devolvió el dinero", "Se la devolvimos por transferencia.")
    phone.hears("Se la devolvimos por transferencia.")


@pytest.mark.parametrize("login", ["agente", "gerente"])
def test_the_cases_on_a_phone_and_by_keyboard(
    phone: Phone, visitors: Visitors, product: Product, login: str
) -> None:
    debtor = someone(product, name=f"Marta {login.title()} Solís")
    phone.has_number(debtor.number)
    phone.proves_who_they_are(debtor.last4)
    phone.says("yo nunca contraté eso", "Abrí la revisión")
    desk = Desk(visitors.arrives(viewport=PHONE_WIDTH))
    desk.logs_in(login)
    desk.page.goto("/desk/cases")
    fits(desk.page)
    desk.page.locator(".case", has_text=f"Marta {login.title()}").get_by_role("link").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", name="Reclamo de la deuda", level=1)).to_be_visible()
    fits(desk.page)
