"""B34: what follows within seconds joins; what can stand alone waits no longer than a second."""

from datetime import timedelta

import pytest

from acuerdo.conversations.burst import Piece, Windows, complete_at
from quality.clock import START

WINDOWS = Windows(timedelta(seconds=1), timedelta(seconds=3))


@pytest.mark.parametrize(
    "texts",
    [
        ("le pago", "120.50", "el lunes"),
        ("hola", "soy Ana", "quiero saber cuánto debo"),
        ("buenas tardes", "disculpe", "una consulta", "¿puedo pagar en partes?"),
        ("puedo dar", "100 soles", "este viernes"),
    ],
)
@pytest.mark.parametrize("is_answering", [True, False])
def test_b34_pieces_two_seconds_apart_are_one(texts: tuple[str, ...], is_answering: bool) -> None:
    said = [
        Piece(START + timedelta(seconds=2.2 * place), text, False)
        for place, text in enumerate(texts)
    ]
    for place in range(1, len(said)):
        until = complete_at(said[:place], WINDOWS, is_answering=is_answering)
        assert until > said[place].at, texts[place]


@pytest.mark.parametrize(
    ("text", "is_answering", "seconds"),
    [
        ("¿cuánto debo?", False, 1),
        ("cuánto debo", False, 1),
        ("le pago 120.50 el lunes", False, 1),
        ("ya pagué", False, 1),
        ("sí", True, 1),
        ("no", True, 1),
        ("4935", True, 1),
        ("120.50", True, 1),
        ("el lunes", True, 1),
        ("soy Ana", True, 1),
        ("no puedo pagar", False, 1),
        ("hola", False, 3),
        ("le pago", True, 3),
        ("120.50", False, 3),
        ("quiero pagar,", True, 3),
    ],
)
def test_b34_only_what_cannot_stand_alone_waits_longer(
    text: str, is_answering: bool, seconds: int
) -> None:
    until = complete_at([Piece(START, text, False)], WINDOWS, is_answering=is_answering)
    assert (until - START).total_seconds() == seconds


def test_b34_a_press_is_complete_and_nobody_waits_for_ever() -> None:
    assert complete_at([Piece(START, "hola", True)], WINDOWS, is_answering=False) == (
        START + WINDOWS.complete
    )
    pieces = [Piece(START + timedelta(seconds=each), "y", False) for each in range(60)]
    assert complete_at(pieces, WINDOWS, is_answering=False) == START + timedelta(seconds=9)
