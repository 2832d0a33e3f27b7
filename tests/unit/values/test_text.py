"""Texts from outside, as they are kept and shown."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acuerdo.values.text import is_seen, one_line, storable, upright

TURNING = "\u202e\u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"


@pytest.mark.parametrize("sign", TURNING)
def test_nothing_turns_the_text_around_it(sign: str) -> None:
    assert upright(f"Ana{sign} debe 100") == "Ana debe 100"
    assert one_line(f"{sign}Ana{sign} Flores{sign}") == "Ana Flores"


def test_emoji_of_several_signs_stay_whole() -> None:
    assert upright("👩‍👩‍👧 ok") == "👩‍👩‍👧 ok"


# what goes leaves spaces side by side, and letters beside their accents
@example("0 \x1b 0")
@example("e\x1b\u0301")
@given(st.text(max_size=60))
def test_a_name_is_one_line_that_can_be_kept(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert line == line.strip()
    assert one_line(line) == line
    line.encode()
    assert storable(line, 60) == line[:60]


@pytest.mark.parametrize("character", ["\x00", "\n", "\t", "\ud800", "\ue000", "\u202e", "\u2028"])
def test_what_is_no_part_of_a_printed_text(character: str) -> None:
    assert not is_seen(character)


@pytest.mark.parametrize("character", list("aÑ/ &№山'\"<%"))
def test_what_is(character: str) -> None:
    assert is_seen(character)
