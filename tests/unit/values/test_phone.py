"""Telephone numbers: one line has one canonical form, whatever a provider makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.values import phone

ONE_LINE = [
    # every variant of a row is the same telephone
    ("+525512345678", ["+525512345678", "+5215512345678", "+52 1 55 1234 5678"]),
    ("+523312345678", ["+523312345678", "+5213312345678", "+52 (33) 1234-5678"]),
    ("+541123456789", ["+541123456789", "+5491123456789", "+54 9 11 2345-6789"]),
    ("+543511234567", ["+543511234567", "+5493511234567"]),
    ("+5511987654321", ["+5511987654321", "+551187654321", "+55 11 98765-4321"]),
    ("+51987654321", ["+51987654321", "+51 987 654 321", "+51-987-654-321"]),
    ("+573101234567", ["+573101234567", "+57 310 123 4567"]),
    ("+56912345678", ["+56912345678", "+56 9 1234 5678"]),
]


@pytest.mark.parametrize(
    ("written", "line"), [(each, line) for line, variants in ONE_LINE for each in variants]
)
def test_all_variants_of_a_line_are_one_address(written: str, line: str) -> None:
    assert phone.canonical(written) == line


@pytest.mark.parametrize(
    ("written", "country", "line"),
    [
        ("55 1234 5678", "MX", "+525512345678"),
        ("011 15 2345-6789", "AR", "+541123456789"),
        ("987654321", "PE", "+51987654321"),
        ("310 123 4567", "CO", "+573101234567"),
        ("9 1234 5678", "CL", "+56912345678"),
        ("+51987654321", "MX", "+51987654321"),
    ],
)
def test_a_national_number_is_read_by_its_country(written: str, country: str, line: str) -> None:
    assert phone.canonical(written, country) == line


def test_brazilian_landlines_get_no_ninth_digit() -> None:
    assert phone.canonical("+551132654321") == "+551132654321"


@pytest.mark.parametrize("written", ["", "abc", "+", "+1", "12345", "5215512345678", "+52" * 20])
def test_what_is_no_number_is_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(phone.NotAPhone) as refused:
        phone.canonical(written)
    assert len(str(refused.value)) <= 3


@given(st.text(max_size=40))
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    try:
        line = phone.canonical(text, "MX")
    except phone.NotAPhone:
        return
    assert phone.canonical(line) == line


@pytest.mark.parametrize(
    ("address", "masked"), [("+51987654321", "…21"), ("1234", "…"), ("", "…"), ("12345", "…45")]
)
def test_a_mask_shows_two_characters_at_most(address: str, masked: str) -> None:
    assert phone.mask(address) == masked
