"""Which parts of a page are sent again."""

import pytest
from markupsafe import Markup

from doors.console import rendering
from doors.console.rendering import Part


def test_a_part_that_the_page_shows_is_not_sent_again() -> None:
    shown, fresh = Part("head", Markup("<p>a</p>"), "1"), Part("card", Markup("<p>b</p>"), "2")

    response = rendering.changed([shown, fresh], ["head.1", "card.1"])

    body = bytes(response.body).decode()
    assert 'hx-swap-oob="innerHTML:#card"' in body
    assert 'value="card.2"' in body
    assert "#head" not in body


def test_nothing_new_is_an_answer_without_content() -> None:
    assert rendering.changed([Part("head", Markup(""), "1")], ["head.1"]).status_code == 204


def test_the_address_of_a_file_names_its_content() -> None:
    assert rendering.static_url("desk.css").startswith("/desk/static/desk.css?v=")


@pytest.mark.parametrize("sign", "\u202e\u202a\u2067\u200f\ufeff")
def test_nothing_that_is_shown_turns_the_page_around(sign: str) -> None:
    shown = rendering.page(
        None,  # type: ignore[arg-type]  # the page asks nothing of the request
        "error",
        sentence=f"Ana {sign}serolF <b>",
    )
    page = bytes(shown.body).decode()
    assert "Ana serolF &lt;b&gt;" in page
    assert sign not in page
