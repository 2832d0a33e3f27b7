"""Files as creditors' programs write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.platform.errors import EncodingUnknown, PortfolioMalformed
from acuerdo.portfolio.encoding import UnknownEncoding, decoded
from acuerdo.portfolio.reading import parsed

PEOPLE = {"debtors": [{"name": "José Núñez «el ñato» – Gómez", "document": "12345678"}]}
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "cp1252",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_people_come_out_of_every_encoding(encoding: str) -> None:
    written = json.dumps(PEOPLE, ensure_ascii=False).encode(encoding)
    assert parsed(written) == PEOPLE


def test_latin_1_is_read() -> None:
    assert parsed('{"name": "Peña Ñandú ¿sí?"}'.encode("latin-1")) == {"name": "Peña Ñandú ¿sí?"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("José", "cp850"),
        ("José", "cp437"),
        ("José Ñandú", "mac-roman"),
        ("Жуков", "cp1251"),
        ("山田", "shift-jis"),
        ("Łukasz", "iso-8859-2"),
    ],
)
def test_what_cannot_be_told_is_said_and_not_guessed(text: str, encoding: str) -> None:
    with pytest.raises(EncodingUnknown, match="UTF-8"):
        parsed(f'{{"name": "{text}"}}'.encode(encoding))


def test_half_a_file_in_utf_16_is_named() -> None:
    with pytest.raises(EncodingUnknown, match="UTF-16-LE"):
        parsed('{"a": 1}'.encode("utf-16")[:-1])


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_refused(content: bytes) -> None:
    try:
        parsed(content)
    except (EncodingUnknown, PortfolioMalformed):
        return


@given(st.text(max_size=100))
def test_what_is_utf_8_is_never_read_as_anything_else(text: str) -> None:
    content = text.encode("utf-8")
    marked = content[:4].count(0) or text.startswith("\ufeff")
    if not marked:
        assert decoded(content) == text


@given(st.binary(max_size=60))
def test_nothing_else_is_raised(content: bytes) -> None:
    try:
        decoded(content)
    except UnknownEncoding:
        return
