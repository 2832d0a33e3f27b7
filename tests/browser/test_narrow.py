"""A phone's width and a keyboard are enough for every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE_WIDTH, Visitors
from tests.browser.desk import Desk
from tests.browser.layout import fits
from tests.browser.phone import Phone


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the control is reached."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} was not reached with Tab on {page.url}")


@pytest.mark.parametrize("path", ["/", "/simulator/", "/desk/login"])
def test_a_page_fits(visitors: Visitors, path: str) -> None:
    page = visitors.arrives(viewport=PHONE_WIDTH)
    page.goto(path)
    fits(page)


def test_the_phone_on_a_phone(visitors: Visitors) -> None:
    page = visitors.arrives(viewport=PHONE_WIDTH, has_touch=True, is_mobile=True)
    phone = Phone(page)
    page.goto("/simulator/")
    page.get_by_role("button", name="Personas").click()
    fits(page)
    phone.chooses("Lucía Fernández")
    phone.proves_who_they_are("9111")
    phone.picks("Ver opciones", "Ver mi saldo", "heladera", "préstamo personal")
    fits(page)
    phone.says("pásame el link de pago", "¿De cuál hablamos?")
    link = phone.says("la 2", "enlace para pagar")
    with page.expect_popup() as opened:
        link.get_by_role("link").click()
    expect(opened.value.get_by_role("button", name=re.compile("^Pagar .*32.000"))).to_be_visible()
    fits(opened.value)
    opened.value.close()
    page.get_by_role("button", name="Taller").click()
    fits(page)


def test_the_desk_on_a_phone(phone: Phone, visitors: Visitors) -> None:
    phone.belongs_to("Rosa Elena Cruz")
    phone.proves_who_they_are("9934")
    phone.says("quiero hablar con una persona", "Le paso con una persona")
    page = visitors.arrives(viewport=PHONE_WIDTH, has_touch=True, is_mobile=True)
    desk = Desk(page)
    desk.logs_in()
    fits(page)
    desk.opens("Rosa Elena Cruz")
    fits(page)
    desk.takes()
    desk.answers("Buenos días, le atiende Andrea.")
    phone.hears("le atiende Andrea")
    page.get_by_role("link", name="Ficha").click()
    expect(desk.card.get_by_text("tarjeta departamental").first).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Volver al chat").click()
    expect(desk.entry("le atiende Andrea")).to_be_visible()
    page.get_by_role("link", name="Volver a la cola").click()
    expect(desk.line_of("Rosa Elena Cruz")).to_be_visible()


def test_the_phone_by_keyboard_alone(phone: Phone) -> None:
    page = phone.page
    page.goto("/simulator/")
    expect(phone.line).to_be_focused()
    _tab_to(page, ".person[data-person=cl-camila]")
    page.keyboard.press("Enter")
    expect(phone.line).to_be_focused()
    page.keyboard.type("hola")
    page.keyboard.press("Enter")
    phone.hears("¿Hablo con Camila?")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Adjuntar")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="No soy")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    phone.hears("últimos 4")
    expect(phone.line).to_be_focused()


def test_the_desk_by_keyboard_alone(phone: Phone, desk: Desk) -> None:
    phone.belongs_to("Sofía Pereyra")
    phone.says("quiero hablar con una persona", "Le paso con una persona")
    page = desk.page
    page.goto("/desk")
    expect(page.get_by_label("Usuario")).to_be_focused()
    page.keyboard.type("gerente")
    page.keyboard.press("Tab")
    page.keyboard.type("acuerdo-demo")
    page.keyboard.press("Enter")
    desk.is_live()
    expect(desk.line_of("Sofía Pereyra")).to_be_visible()
    for _ in range(desk.page.locator(".queue .line").count()):
        page.keyboard.press("Alt+j")
        if "Sofía" in page.locator(":focus").inner_text():
            break
    page.keyboard.press("Enter")
    expect(desk.head).to_contain_text("Sofía Pereyra")
    desk.is_live()
    page.keyboard.press("Alt+l")
    expect(page.get_by_label("Respuesta por")).to_be_focused()
    page.keyboard.type("Buenas tardes, le escribe Gabriel.")
    page.keyboard.press("Control+Enter")
    phone.hears("le escribe Gabriel")
    expect(page.get_by_label("Respuesta por")).to_have_value("")
    page.keyboard.press("Alt+n")
    page.keyboard.type("Llamarla por la tarde")
    page.keyboard.press("Control+Enter")
    expect(desk.thread.locator(".entry.note")).to_contain_text("Llamarla por la tarde")
    _tab_to(page, "#hand-back")
    page.keyboard.press("Enter")
    phone.hears("Soy de nuevo el asistente")
