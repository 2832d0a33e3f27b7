"""Buttons pressed, buttons typed, several messages in one go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.ports import Button
from acuerdo.conversations.choices import EngineInput, late, of_payload, together, typed

YES, NO = Button("Sí, confirmo", "/affirm"), Button("Cambiar algo", "/deny")
SHOWN = (YES, NO)


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("1", YES),
        ("2", NO),
        (" 2. ", NO),
        ("2)", NO),
        ("opción 2", NO),
        ("Opcion 1", YES),
        ("Sí, confirmo", YES),
        ("SI CONFIRMO!!", YES),
        ("cambiar algo", NO),
        ("0", None),
        ("3", None),
        ("100", None),
        ("1 2", None),
        ("2 mil", None),
        ("sí", None),
        ("", None),
        ("...", None),
        ("/affirm", None),
        ("b0", None),
    ],
)
def test_a_button_can_be_typed_by_number_or_whole_title(text: str, button: Button | None) -> None:
    assert typed(text, SHOWN) is button


def test_a_title_that_two_buttons_share_is_none_of_them() -> None:
    assert typed("sí", (Button("Sí", "/affirm"), Button("si", "/deny"))) is None


def test_without_buttons_a_number_is_a_number() -> None:
    assert typed("2", ()) is None


def test_a_payload_is_an_intent_of_ours_or_a_text() -> None:
    assert of_payload("/affirm") == EngineInput(intent="affirm")
    assert of_payload("no es mía") == EngineInput(text="no es mía")


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([EngineInput(text="hola")], EngineInput(text="hola")),
        (
            [EngineInput(text="hola"), EngineInput(text="¿cuánto debo?")],
            EngineInput(text="hola\n¿cuánto debo?"),
        ),
        ([EngineInput(intent="affirm")], EngineInput(intent="affirm")),
        ([EngineInput(intent="deny"), EngineInput(intent="affirm")], EngineInput(intent="affirm")),
        ([EngineInput()], EngineInput(intent="media_received")),
        (
            [EngineInput(), EngineInput(text="este es el recibo")],
            EngineInput(text="este es el recibo"),
        ),
        ([], EngineInput(intent="media_received")),
    ],
)
def test_what_is_sent_in_one_go_is_understood_as_one(
    parts: list[EngineInput], whole: EngineInput
) -> None:
    assert together(parts) == whole


def test_a_pressed_button_is_not_lost_among_other_words() -> None:
    # given somebody who presses "Sí, confirmo" and writes "gracias" at once
    parts = [EngineInput(text="Sí, confirmo", intent="affirm"), EngineInput(text="gracias")]
    # then both are understood
    assert together(parts) == EngineInput(text="Sí, confirmo\ngracias")
    # and alone the press is the intent that it stands for
    assert together(parts[:1]) == EngineInput(intent="affirm")


@given(st.text(), st.lists(st.builds(Button, st.text(), st.text()), max_size=5))
def test_no_text_breaks_the_reading_of_choices(text: str, buttons: list[Button]) -> None:
    assert typed(text, buttons) in (None, *buttons)


@pytest.mark.parametrize(
    ("payload", "means"),
    [
        ("/ask_balance", "/ask_balance"),
        ("/request_human", "/request_human"),
        ("/affirm", "/repeat"),
        ("/deny", "/repeat"),
        ("/confirm_identity", "/repeat"),
        ("no es mía", "/repeat"),
    ],
)
def test_a_button_pressed_late_is_a_wish_but_never_an_answer(payload: str, means: str) -> None:
    assert late(payload) == means
