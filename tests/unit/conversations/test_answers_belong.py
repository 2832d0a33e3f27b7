"""B04: an answer counts only for the message it belongs to; anything else asks again."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.ports import Button
from acuerdo.conversations.choices import (
    REPEAT,
    EngineInput,
    Reply,
    Shown,
    choice_in,
    of_message,
    option_of,
)

FIRST, READ_BACK, OTHER = (UUID(int=number) for number in (1, 2, 3))
NAME = Shown(
    FIRST,
    UUID(int=11),
    "SM1",
    "¿Hablo con Ana?",
    (Button("Sí, soy yo", "/confirm_identity"), Button("No soy esa persona", "/wrong_person")),
)
MENU = Shown(
    OTHER,
    UUID(int=13),
    "SM3",
    "¿Qué le gustaría hacer?",
    (Button("Pagar ahora", "/pay_now"), Button("Sí, confirmo", "/affirm")),
)
TERMS = Shown(
    READ_BACK,
    UUID(int=12),
    "SM2",
    "¿Lo confirmo?",
    (Button("Sí, confirmo", "/affirm"), Button("Cambiar algo", "/deny")),
)
SHOWN = (TERMS, NAME)


@pytest.mark.parametrize(
    ("reply", "means"),
    [
        # the right message, named in any way
        (Reply("Sí, confirmo", option_of(READ_BACK, 0), "SM2"), "/affirm"),
        (Reply("", option_of(READ_BACK, 0), "SM2"), "/affirm"),
        (Reply("Sí, confirmo", option_of(READ_BACK, 0), None), "/affirm"),
        (Reply("Sí, confirmo", "b0", "SM2"), "/affirm"),
        (Reply("Sí, confirmo", "b0", None), "/affirm"),
        (Reply("Cambiar algo", "b1", None), "/deny"),
        # B04: the first message's buttons, without their message
        (Reply("Sí, soy yo", "b0", None), REPEAT),
        (Reply("No soy esa persona", "b0", None), REPEAT),
        (Reply("", "b0", None), REPEAT),
        # title and place do not agree
        (Reply("Cambiar algo", "b0", "SM2"), REPEAT),
        (Reply("Cambiar algo", option_of(READ_BACK, 0), "SM2"), REPEAT),
        (Reply("Sí", "b0", "SM2"), REPEAT),
        # an older message, however it is named
        (Reply("Sí, soy yo", option_of(FIRST, 0), None), REPEAT),
        (Reply("Sí, soy yo", option_of(FIRST, 0), "SM1"), REPEAT),
        (Reply("Sí, soy yo", "b0", "SM1"), REPEAT),
        # a message that names one and quotes the other
        (Reply("Sí, confirmo", option_of(READ_BACK, 0), "SM1"), REPEAT),
        (Reply("Sí, soy yo", option_of(FIRST, 0), "SM2"), REPEAT),
        # nobody's, or somebody else's
        (Reply("Sí, confirmo", option_of(OTHER, 0), None), REPEAT),
        (Reply("Sí, confirmo", "b0", "SM-of-another"), REPEAT),
        (Reply("Sí, confirmo", option_of(READ_BACK, 0), "SM-of-another"), REPEAT),
        (Reply("Sí, confirmo", "b9", "SM2"), REPEAT),
        (Reply("Otra cosa", "approve:run-17", "SM2"), REPEAT),
        (Reply("Sí, confirmo", "{{message}}.b0", "SM1"), REPEAT),
        # a provider that gives the title back for an id
        (Reply("Sí, confirmo", "Sí, confirmo", "SM2"), "/affirm"),
    ],
)
def test_b04_a_press_counts_for_the_message_it_names(reply: Reply, means: str) -> None:
    assert choice_in(reply, SHOWN) == means


def test_b04_a_wish_stays_a_wish_under_any_message_of_ours() -> None:
    shown = (TERMS, MENU)
    assert choice_in(Reply("Pagar ahora", option_of(OTHER, 0), "SM3"), shown) == "/pay_now"
    assert choice_in(Reply("Sí, confirmo", option_of(OTHER, 1), "SM3"), shown) == REPEAT


def test_b04_a_title_that_two_messages_share_names_none_of_them() -> None:
    again = Shown(OTHER, UUID(int=14), "SM4", "¿Confirmo S/ 200.00?", TERMS.buttons)
    assert choice_in(Reply("Sí, confirmo", "b0", None), (again, TERMS)) == REPEAT
    assert choice_in(Reply("Sí, confirmo", option_of(OTHER, 0), None), (again, TERMS)) == "/affirm"


def test_b04_a_press_may_overtake_the_note_of_the_sending() -> None:
    unnoted = Shown(READ_BACK, TERMS.turn_id, None, TERMS.text, TERMS.buttons)
    named = Reply("Sí, confirmo", option_of(READ_BACK, 0), "SM2")
    assert choice_in(named, (unnoted, NAME)) == "/affirm"
    assert choice_in(Reply("Sí, confirmo", "b0", "SM2"), (unnoted, NAME)) == "/affirm"
    assert choice_in(Reply("Sí, soy yo", "b0", "SM1"), (unnoted, NAME)) == REPEAT


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("sí", REPEAT),
        ("Sí, confirmo", REPEAT),
        ("si señorita, está bien", REPEAT),
        ("👍", REPEAT),
        ("1", REPEAT),
        ("claro que acepto lo que me dijo", REPEAT),
        ("no", REPEAT),
        ("¿cuánto debo?", None),
        ("mejor le pago 200 el lunes", None),
        ("sí, 200 el lunes", None),
    ],
)
def test_b04_what_quotes_an_older_question_does_not_answer_the_newest(
    words: str, means: str | None
) -> None:
    assert choice_in(Reply(words, None, "SM1"), SHOWN) == means
    assert choice_in(Reply(words, None, "SM-of-another"), SHOWN) == means


def test_b04_what_quotes_the_newest_or_ones_own_words_answers_the_newest() -> None:
    assert choice_in(Reply("Sí, confirmo", None, "SM2"), SHOWN) == "/affirm"
    assert choice_in(Reply("sí", None, "SM2"), SHOWN) is None
    assert choice_in(Reply("sí", None, "mine", quotes_own=True), SHOWN) is None
    # the parts of one long answer of ours are one question
    first_part = Shown(OTHER, TERMS.turn_id, "SM20", "Le leo lo que quedaría:", ())
    assert choice_in(Reply("Sí, confirmo", None, "SM20"), (TERMS, first_part, NAME)) is None


def test_b04_an_earlier_conversation_asks_nothing_any_more() -> None:
    before = Shown(FIRST, NAME.turn_id, "SM1", NAME.text, NAME.buttons, is_here=False)
    assert choice_in(Reply("Sí, soy yo", "b0", "SM1"), (before,)) == REPEAT
    assert choice_in(Reply("Sí, soy yo", "b0", None), (before,)) == REPEAT
    assert choice_in(Reply("Sí, soy yo", None, None), (before,)) is None


@pytest.mark.parametrize(
    ("text", "choice", "heard"),
    [
        ("sí", None, EngineInput("sí", "repeat")),
        ("Sí, confirmo", "/affirm", EngineInput("Sí, confirmo", "repeat")),
        ("Pagar ahora", "/pay_now", EngineInput("Pagar ahora", "pay_now")),
        ("mejor 200", None, EngineInput("mejor 200")),
        ("120.50", None, EngineInput("120.50")),
    ],
)
def test_b04_what_crossed_our_question_on_its_way_does_not_answer_it(
    text: str, choice: str | None, heard: EngineInput
) -> None:
    assert of_message(text, choice, crossed=True).intent == heard.intent


@given(
    st.text(max_size=40),
    st.one_of(st.none(), st.text(max_size=40), st.sampled_from(["b0", option_of(FIRST, 0)])),
    st.one_of(st.none(), st.text(max_size=9), st.sampled_from(["SM1", "nobody"])),
)
def test_b04_nothing_but_the_newest_question_is_ever_answered(
    words: str, choice: str | None, reply_to: str | None
) -> None:
    # given that something names an older or an unknown message
    named = choice is not None and reply_to is not None and reply_to != "SM2"
    if named or choice == option_of(FIRST, 0):
        assert choice_in(Reply(words, choice, reply_to), SHOWN) == REPEAT
