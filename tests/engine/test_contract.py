import json

import pytest

from rasa_server.contract import MAX_TEXT_CHARACTERS, parse_turn
from rasa_server.errors import Malformed


def a_body(**changes: object) -> bytes:
    body = {"conversation": "c", "message_id": "m", "text": "hola", "medium": "chat"}
    body.update(changes)
    return json.dumps({k: v for k, v in body.items() if v is not ...}).encode()


def test_reads_a_message() -> None:
    turn = parse_turn(a_body(locale="es-MX", facts={"country": "MX"}))
    assert (turn.conversation, turn.message_id, turn.text) == ("c", "m", "hola")
    assert turn.metadata() == {"medium": "chat", "locale": "es-MX", "facts": {"country": "MX"}}


def test_reads_a_pressed_button() -> None:
    turn = parse_turn(a_body(text=..., intent="affirm"))
    assert (turn.text, turn.intent) == (None, "affirm")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b'{"conversation": NaN}',
        pytest.param(b"[" * 100_000, id="deep"),
        a_body(text=...),
        a_body(intent="affirm"),
        a_body(text=5),
        pytest.param(a_body(text="x" * (MAX_TEXT_CHARACTERS + 1)), id="long text"),
        a_body(conversation=...),
        a_body(conversation=" "),
        pytest.param(a_body(conversation="x" * 201), id="long id"),
        a_body(message_id=7),
        a_body(message_id="\x00"),
        a_body(medium="pigeon"),
        a_body(medium=...),
        a_body(locale=5),
        a_body(facts=["a"]),
        a_body(text=..., intent=""),
    ],
)
def test_refuses_what_the_contract_does_not_know(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse_turn(body)


def test_removes_what_no_store_can_hold() -> None:
    body = json.dumps(
        {
            "conversation": "c",
            "message_id": "m",
            "medium": "chat",
            "text": " ho\x00la \ud83d",
            "facts": {"a\x00": ["b\x00"]},
        }
    ).encode()
    turn = parse_turn(body)
    assert turn.text == "hola"
    assert turn.facts == {"a": ["b"]}


@pytest.mark.parametrize(
    "text",
    ["x" * 5000, "👍🏽", "\u202eabc\u202c", "", "   "],
    ids=["5,000 characters", "emoji", "right to left", "nothing", "blanks"],
)
def test_takes_any_text_a_person_can_send(text: str) -> None:
    assert parse_turn(a_body(text=text)).text == text.strip()
