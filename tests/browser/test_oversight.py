"""Silence, wishes and data: what the person says, what the agent sees, what the manager does."""

import re

import pytest
from playwright.sync_api import expect

from quality.product import Product
from tests.browser.chromium import PHONE_WIDTH, Visitors
from tests.browser.desk import Desk
from tests.browser.layout import fits
from tests.browser.manager import Manager
from tests.browser.phone import Phone
from tests.journeys.people import someone


@pytest.fixture
def manager(visitors: Visitors) -> Manager:
    """The manager, in a browser of their own."""
    return Manager(visitors.arrives())


def test_a_preference_is_kept_and_stands_on_the_card(
    phone: Phone, desk: Desk, product: Product
) -> None:
    # given somebody whom no other test plays
    debtor = someone(product, country="CL", name="Carla Soto Díaz")
    phone.has_number(debtor.number)
    phone.says("hola", "¿Hablo con Carla")
    phone.says("prefiero que me escriban por whatsapp en la tarde", "entre las 12:00 y las 19:00")
    desk.logs_in()
    desk.opens("Carla Soto Díaz")
    expect(desk.card).to_contain_text("Prefiere: por WhatsApp, entre las 12:00 y las 19:00")
    expect(desk.card).to_contain_text("Norma:")


def test_a_word_silences_and_the_agent_sees_by_which_rule(phone: Phone, desk: Desk) -> None:
    phone.belongs_to("Diego Fernando Patiño")
    phone.says("hola", "¿Hablo con Diego")
    phone.says("BAJA", "no le volveremos a escribir por este medio")
    desk.logs_in()
    desk.opens("Diego Fernando Patiño")
    expect(desk.card).to_contain_text("Pidió no ser contactado")
    expect(desk.card).to_contain_text("No iniciar contacto: la persona pidió no ser contactada")
    expect(desk.card).to_contain_text("Norma: pidió no ser contactada")


def test_a_request_about_data_gets_a_file_and_an_answer(phone: Phone, manager: Manager) -> None:
    phone.belongs_to("Valentina Rojas")
    phone.says("quiero que borren mis datos", re.compile("a más tardar el .* de "))
    manager.logs_in()
    expect(manager.sheet).to_contain_text("responde a quien escribió")
    # the manager takes the person's file
    manager.opens_the_file_of("cl-valentina")
    expect(manager.sheet).to_contain_text("Nombre: Valentina Rojas")
    expect(manager.sheet).to_contain_text("Recibido: quiero que borren mis datos")
    assert manager.downloads("Descargar PDF").startswith(b"%PDF-")
    assert "quiero que borren" in manager.downloads("Descargar CSV").decode("utf-8-sig")
    # and notes the answer
    page = manager.page
    page.goto("/desk/manager/data-cases")
    case = manager.sheet.locator(".case", has_text="Valentina Rojas")
    expect(case).to_contain_text("quiero que borren mis datos")
    case.get_by_role("link", name="Pedido sobre sus datos").click()
    expect(manager.sheet).to_contain_text("Borrar sus datos")
    page.get_by_label("Se atendió el pedido").check()
    page.get_by_label("Motivo").fill("Se explicó qué se conserva y por qué.")
    page.get_by_role("button", name="Resolver el caso").click()
    expect(manager.sheet).to_contain_text("Cómo se resolvió")


def test_house_limits_are_set_and_kept(manager: Manager) -> None:
    manager.logs_in()
    manager.goes_to("Límites")
    page = manager.page
    page.get_by_role("link", name="España").click()
    expect(manager.sheet).to_contain_text("Lo que ya rige en España")
    page.get_by_label("sábado").uncheck()
    page.get_by_label("domingo").uncheck()
    page.get_by_label("Desde las").fill("10:00")
    page.get_by_label("Máximo por semana").fill("2")
    page.get_by_role("button", name="Guardar los límites de España").click()
    expect(manager.sheet).to_contain_text("10:00 a 24:00")
    expect(manager.sheet).to_contain_text("2 por semana")
    expect(manager.sheet).to_contain_text("Gabriel Gerente")
    expect(page.get_by_label("Desde las")).to_have_value("10:00")


def test_an_agent_is_told_that_it_is_not_theirs(visitors: Visitors, desk: Desk) -> None:
    visitors.expects("status of 403")
    desk.logs_in()
    expect(desk.page.get_by_role("link", name="Supervisión")).to_have_count(0)
    desk.page.goto("/desk/manager")
    expect(desk.page.get_by_role("main")).to_contain_text("Su usuario no puede hacer esto")


def test_the_managers_pages_on_a_phone(visitors: Visitors) -> None:
    manager = Manager(visitors.arrives(viewport=PHONE_WIDTH))
    manager.logs_in()
    fits(manager.page)
    for tab in ("Gestiones", "Límites"):
        manager.goes_to(tab)
        fits(manager.page)
    manager.opens_the_file_of("pe-jose")
    expect(manager.sheet).to_contain_text("Nombre: José Quispe")
    fits(manager.page)
