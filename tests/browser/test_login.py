"""Who may come in at the desk."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Visitors
from tests.browser.desk import Desk
from tests.browser.phone import Phone

_NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("path", ["/desk", f"/desk/conversations/{_NOBODY}", "/desk/queue"])
def test_who_is_not_logged_in_is_asked_to(desk: Desk, path: str) -> None:
    desk.page.goto(path)
    expect(desk.page.get_by_role("heading", name="Entrar al escritorio")).to_be_visible()


def test_a_wrong_password_does_not_come_in(desk: Desk, visitors: Visitors) -> None:
    visitors.expects("status of 401")
    desk.page.goto("/desk")
    desk.fills_in("gerente", "no-es-esta")
    expect(desk.page.get_by_role("alert")).to_contain_text("no son correctos")
    expect(desk.page.get_by_label("Usuario")).to_have_value("gerente")
    expect(desk.page.get_by_label("Contraseña")).to_be_focused()
    desk.page.goto("/desk")
    expect(desk.page.get_by_role("heading", name="Entrar al escritorio")).to_be_visible()


def test_the_page_one_wanted_is_there_after_logging_in(phone: Phone, desk: Desk) -> None:
    # given a conversation and its address
    phone.belongs_to("José Quispe")
    phone.says("hola", "¿Hablo con")
    desk.logs_in()
    desk.opens("José Quispe")
    address = desk.page.url

    # when the agent leaves, the address asks who comes
    desk.logs_out()
    desk.page.goto(address)
    expect(desk.page.get_by_role("heading", name="Entrar al escritorio")).to_be_visible()

    # then it leads back to where one wanted to go
    desk.fills_in("agente")
    expect(desk.head).to_contain_text("José Quispe")
    assert desk.page.url == address


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    desk.logs_in()
    (session,) = [each for each in desk.page.context.cookies() if each["name"] == "acuerdo_desk"]
    assert session["httpOnly"]
    assert session["sameSite"] == "Lax"
    # a cookie that no other host can set belongs to the whole host; see `doors.console.sessions`
    assert session["path"] == "/"
    assert session["expires"] == -1, "it ends with the browser"
    assert len(session["value"]) >= 32
    assert desk.page.evaluate("document.cookie") == ""


def test_a_form_that_is_not_ours_is_refused(phone: Phone, desk: Desk) -> None:
    # given an agent at a conversation
    phone.belongs_to("Jorge Iván Mendoza")
    phone.says("hola", "¿Hablo con")
    desk.logs_in()
    desk.opens("Jorge Iván Mendoza")

    # when a form comes with their cookie and without its token, or with an invented one
    forms: list[dict[str, str | float | bool]] = [{}, {"csrf_token": "inventado"}]
    for form in forms:
        answer = desk.page.request.post(f"{desk.page.url}/take", form=form, max_redirects=0)
        assert answer.status == 403

    # then nothing was done, and the same in the page is done
    desk.page.reload()
    expect(desk.head).to_contain_text("Responde el asistente")
    desk.takes()


def test_another_session_ended_here_too(desk: Desk) -> None:
    desk.logs_in()
    other = Desk(desk.page.context.new_page())
    other.page.goto("/desk")
    other.logs_out()
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="Entrar al escritorio")).to_be_visible()
