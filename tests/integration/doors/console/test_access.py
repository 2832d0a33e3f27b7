"""Who gets in, what a browser is told, and what nobody without a session ever sees."""

from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.db.session import Database
from acuerdo.staff.models import Staff, StaffSession
from tests.clock import FixedClock
from tests.integration.doors.console.conftest import PASSWORD
from tests.integration.doors.console.pages import Browser, token_in

SOME = "00000000-0000-0000-0000-000000000001"
PAGES = [
    "/desk",
    "/desk/queue",
    f"/desk/conversations/{SOME}",
    f"/desk/conversations/{SOME}/now",
    "/desk/events",
    f"/desk/media/{SOME}/0",
]


@pytest.mark.parametrize("path", PAGES)
async def test_nobody_sees_anything_without_a_session(
    visitor: httpx.AsyncClient, path: str
) -> None:
    response = await visitor.get(path)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/desk/login")


async def test_after_logging_in_one_is_where_one_wanted_to_be(
    visitor: httpx.AsyncClient, lucia: Staff
) -> None:
    wanted = f"/desk/conversations/{SOME}"
    sent_away = await visitor.get(wanted)
    form = await visitor.get(sent_away.headers["location"])
    assert f'name="next" value="{wanted}"' in form.text

    entered = await visitor.post(
        "/desk/login",
        data={
            "login": lucia.login,
            "password": PASSWORD,
            "csrf_token": token_in(form.text),
            "next": wanted,
        },
    )

    assert (entered.status_code, entered.headers["location"]) == (303, wanted)


async def test_nobody_is_led_elsewhere_by_logging_in(
    visitor: httpx.AsyncClient, lucia: Staff
) -> None:
    form = await visitor.get("/desk/login", params={"next": "https://elsewhere.example/desk"})
    data = {"login": lucia.login, "password": PASSWORD, "csrf_token": token_in(form.text)}

    entered = await visitor.post("/desk/login", data={**data, "next": "//elsewhere.example"})

    assert entered.headers["location"] == "/desk"


@pytest.mark.usefixtures("lucia")
async def test_a_wrong_password_says_what_is_wrong_and_keeps_the_login(
    visitor: httpx.AsyncClient,
) -> None:
    response = await Browser(visitor).log_in("lucia", "wrong")

    assert response.status_code == 401
    assert "El usuario o la contraseña no son correctos" in response.text
    assert 'value="lucia"' in response.text
    assert "wrong" not in response.text


async def test_a_login_form_of_somebody_else_is_refused(
    visitor: httpx.AsyncClient, db: Database, lucia: Staff
) -> None:
    form = await visitor.get("/desk/login")
    visitor.cookies.clear()

    response = await visitor.post(
        "/desk/login",
        data={"login": lucia.login, "password": PASSWORD, "csrf_token": token_in(form.text)},
    )

    assert response.status_code == 403
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 0


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    visitor: httpx.AsyncClient, lucia: Staff
) -> None:
    response = await Browser(visitor).log_in(lucia.login, PASSWORD)

    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/;" in cookie
    assert "Secure" not in cookie


async def test_behind_https_the_cookie_never_travels_in_the_clear(
    app: FastAPI, core: Acuerdo, visitor: httpx.AsyncClient, lucia: Staff
) -> None:
    settings = core.settings.model_copy(update={"public_url": "https://desk.example"})
    app.state.acuerdo = replace(core, settings=settings)

    response = await visitor.get("/desk/login")

    assert "Secure" in response.headers["set-cookie"]


async def test_behind_https_no_other_host_can_set_our_cookies(
    app: FastAPI, core: Acuerdo, lucia: Staff
) -> None:
    settings = core.settings.model_copy(update={"public_url": "https://desk.example"})
    app.state.acuerdo = replace(core, settings=settings)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as visitor:
        form = await visitor.get("/desk/login")
        # the browser refuses this prefix without Secure, Path=/ and the host's own name
        cookie = form.headers["set-cookie"]
        assert cookie.startswith("__Host-acuerdo_desk_login=")
        assert "Path=/;" in cookie
        assert "Domain" not in cookie
        browser = Browser(visitor)
        answer = await browser.log_in(lucia.login, PASSWORD)
        assert "__Host-acuerdo_desk=" in answer.headers["set-cookie"]
        assert await browser.read("/desk")
        await browser.send("/desk/logout")
        assert (await visitor.get("/desk")).headers["location"].startswith("/desk/login")
        # a cookie of the plain name, as a neighbouring host could set it, opens nothing
        token = visitor.cookies.get("__Host-acuerdo_desk") or "x"
        forged = await visitor.get("/desk", headers={"cookie": f"acuerdo_desk={token}"})
        assert forged.headers["location"].startswith("/desk/login")


@pytest.mark.parametrize("path", ["/desk/login", "/desk", "/desk/conversations/none"])
async def test_every_answer_is_strict_with_the_browser(browser: Browser, path: str) -> None:
    headers = (await browser.client.get(path)).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


async def test_an_open_page_whose_session_ended_is_sent_to_the_login_page(
    browser: Browser, clock: FixedClock
) -> None:
    clock.advance(minutes=61)

    response = await browser.client.get(
        "/desk/queue",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": f"http://desk.example/desk/conversations/{SOME}#card",
        },
    )

    assert response.status_code == 401
    assert response.headers["hx-redirect"].endswith(f"next=%2Fdesk%2Fconversations%2F{SOME}")


async def test_an_open_page_alone_does_not_keep_the_session(
    browser: Browser, clock: FixedClock
) -> None:
    for _ in range(3):
        clock.advance(minutes=20)
        response = await browser.client.get("/desk/queue")

    assert response.status_code == 303


async def test_who_logs_out_is_out(browser: Browser) -> None:
    await browser.read("/desk")

    response = await browser.send("/desk/logout")

    assert response.headers["location"] == "/desk/login"
    assert (await browser.client.get("/desk")).status_code == 303


async def test_the_files_of_the_pages_are_served(visitor: httpx.AsyncClient) -> None:
    for name in ("desk.css", "desk.js", "icon.svg", "vendor/htmx.min.js"):
        assert (await visitor.get(f"/desk/static/{name}")).status_code == 200
