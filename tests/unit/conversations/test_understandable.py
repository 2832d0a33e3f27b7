"""H6: what the engine is given has no unread end."""

import pytest

from acuerdo.conversations.message_limits import MAX_STORED, MAX_UNDERSTOOD, understandable

STOP = "no me vuelvan a escribir"


@pytest.mark.parametrize("length", [0, 1_999, 2_000, 4_096, MAX_STORED, MAX_UNDERSTOOD, 400_000])
def test_h6_the_end_of_every_text_reaches_the_engine(length: int) -> None:
    given = understandable("hola " + "a" * length + f" {STOP}")
    assert given.endswith(STOP)
    assert given.startswith("hola ")
    assert len(given) <= MAX_UNDERSTOOD


def test_h6_one_message_is_never_cut_for_the_engine() -> None:
    assert understandable("x" * MAX_STORED) == "x" * MAX_STORED
