"""Long texts are cut between words, and nothing of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.message_limits import MAX_STORED, clean, parts

WRITTEN = st.text(st.sampled_from("aá 🙂\n\u200f.,9\t"), max_size=300)


@given(WRITTEN, st.integers(1, 60))
def test_no_piece_is_too_long_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = parts(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        ("   \n ", 10, []),
        ("hola", 4, ["hola"]),
        ("hola a", 4, ["hola", "a"]),
        ("uno dos tres", 7, ["uno dos", "tres"]),
        ("uno dos\ntres", 9, ["uno dos", "tres"]),
        ("uno\n\ndos\ntres", 9, ["uno", "dos\ntres"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, limit: int, pieces: list[str]) -> None:
    assert parts(text, limit) == pieces


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_what_is_stored_can_always_be_stored(text: str) -> None:
    stored = clean(text)
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode() == stored


def test_a_text_is_not_stored_without_end() -> None:
    assert len(clean("a" * 1_000_000)) == MAX_STORED
    assert clean("\u200fhola 🙂\u202e") == "\u200fhola 🙂\u202e"
