"""After logging in nobody is led out of the desk."""

import pytest

from doors.console import login_redirect

CONVERSATION = "/desk/conversations/3f2b1f3e-8f43-4a3e-9c5b-0f8a6d1f2a10"


@pytest.mark.parametrize("wanted", ["/desk", "/desk/", CONVERSATION, "/desk/queue?open_id=1"])
def test_pages_of_the_desk_are_kept(wanted: str) -> None:
    assert login_redirect.safe(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "/",
        "/api/docs",
        "https://elsewhere.example/desk",
        "//elsewhere.example/desk",
        "/desk//elsewhere.example",
        "/desk\\elsewhere.example",
        "/desk/../api",
        "/desk\n/x",
        "javascript:alert(1)",
        "/desk?next=https://elsewhere.example",
        "/desk/login",
        "/desk/login?next=/desk",
        "/desks",
    ],
)
def test_everything_else_becomes_the_first_page(wanted: str) -> None:
    assert login_redirect.safe(wanted) == login_redirect.DESK


def test_the_page_of_a_browser_address_is_its_path() -> None:
    assert login_redirect.of_url(f"https://desk.example{CONVERSATION}#card") == CONVERSATION


def test_the_login_page_remembers_where_to_go_back() -> None:
    assert login_redirect.login_url("/desk") == "/desk/login"
    assert login_redirect.login_url("/desk/x") == "/desk/login?next=%2Fdesk%2Fx"
