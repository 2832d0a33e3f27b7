"""Choices become what WhatsApp can show of them."""

import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.choices import option_of
from acuerdo.providers.options import chosen, numbered
from acuerdo.providers.twilio.content import Interactive, interactive

OURS = UUID(int=7)


def shown(message: Interactive) -> dict[str, Any]:
    """The one content type of a template with its variables filled in."""
    (content,) = message.types.values()
    return {
        name: [{k: filled(v, message) for k, v in one.items()} for one in value]
        if isinstance(value, list)
        else filled(value, message)
        for name, value in content.items()
    }


def filled(text: str, message: Interactive) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: message.values[found[1]], text)


def test_up_to_three_short_choices_are_buttons() -> None:
    message = interactive("¿Confirma?", ["Sí", "No", "Hablar con alguien"], OURS)
    assert message is not None
    assert list(message.types) == ["twilio/quick-reply"]
    assert shown(message) == {
        "body": "¿Confirma?",
        "actions": [
            {"type": "QUICK_REPLY", "title": "Sí", "id": option_of(OURS, 0)},
            {"type": "QUICK_REPLY", "title": "No", "id": option_of(OURS, 1)},
            {"type": "QUICK_REPLY", "title": "Hablar con alguien", "id": option_of(OURS, 2)},
        ],
    }


@pytest.mark.parametrize("titles", [["a", "b", "c", "d"], ["x" * 24], [str(n) for n in range(10)]])
def test_more_or_longer_choices_are_a_list(titles: list[str]) -> None:
    message = interactive("Elija", titles, OURS)
    assert message is not None
    assert list(message.types) == ["twilio/list-picker"]
    assert shown(message)["items"] == [
        {"item": title, "id": option_of(OURS, index)} for index, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Elija", ["x" * 25]),
        ("Elija", [str(n) for n in range(11)]),
        ("Elija", ["igual", "igual"]),
        ("Elija", ["uno", " "]),
        ("x" * 1025, ["uno"]),
        ("\n".join("x" * 101), ["uno"]),
    ],
)
def test_what_whatsapp_cannot_show_is_left_to_numbered_lines(text: str, titles: list[str]) -> None:
    assert interactive(text, titles, OURS) is None


def test_a_template_holds_neither_words_nor_amounts_of_the_message() -> None:
    titles = ["3 cuotas de $450.00", "6 cuotas de $230.00", "9 cuotas de $160.00", "Otra"]
    one = interactive("Hola, Rosa.\n\nDebe $1,350.00", titles, OURS)
    other = interactive("Otra cosa.\n\nDos", ["a", "b", "c", "d"], OURS)
    assert one is not None
    assert other is not None
    assert one.types == other.types
    assert one.name == other.name
    assert one.name.startswith("acuerdo_")


def test_another_layout_is_another_template() -> None:
    names = {
        message.name
        for message in (
            interactive("a", ["Sí"], OURS),
            interactive("a\nb", ["Sí"], OURS),
            interactive("a\n\nb", ["Sí"], OURS),
            interactive("a", ["No"], OURS),
            interactive("a", ["Sí", "No"], OURS),
        )
        if message
    }
    assert len(names) == 5


@given(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1, max_size=12))
def test_variables_are_what_twilio_accepts(text: str, titles: list[str]) -> None:
    message = interactive(text, titles, OURS)
    for value in message.values.values() if message else ():
        assert value
        assert not re.search(r"[\n\t]| {5,}", value)


def test_numbered_choices() -> None:
    assert numbered("¿Cuál?", ["Una", "Dos"]) == "¿Cuál?\n\n1. Una\n2. Dos"
    assert numbered("Hola", []) == "Hola"


def test_only_our_own_ids_are_choices() -> None:
    assert chosen(option_of(OURS, 11)) == option_of(OURS, 11)
    assert chosen("b11") == "b11"
    assert [chosen(one) for one in ("b", "c1", "b1 ", "b-1", "b1234", "", None)] == [None] * 7
