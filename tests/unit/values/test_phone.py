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


LISTED = [
    ("MX", "+525512345678", ["55 1234 5678", "+52 1 55 1234 5678", "044 55 1234 5678",
                              "045 55 1234 5678", "01 55 1234 5678", "1 55 1234 5678",
                              "5215512345678", "(55) 1234-5678"]),
    ("AR", "+541123456789", ["11 2345-6789", "011 15 2345-6789", "+54 9 11 2345 6789",
                              "9 11 2345 6789", "54 11 2345 6789"]),
    ("AR", "+543514234567", ["0351 15 423-4567", "351 15 4234567", "+54 351 423 4567"]),
    ("CL", "+56987654321", ["9 8765 4321", "09 8765 4321", "+56 9 8765 4321", "56987654321"]),
    ("CO", "+573101234567", ["310 123 4567", "03 3101234567", "310.123.4567", "310–123–4567"]),
    ("EC", "+593987654321", ["0987654321", "98 765 4321", "+593 0987654321"]),
    ("PE", "+51987654321", ["987654321", "51 987 654 321", "９８７６５４３２１"]),
    ("ES", "+34612345678", ["612 34 56 78", "0034 612345678"]),
    ("US", "+12025550143", ["(202) 555-0143", "1-202-555-0143"]),
    ("PE", "+525512345678", ["+52 55 1234 5678"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "country", "line"),
    [(each, country, line) for country, line, variants in LISTED for each in variants],
)
def test_what_a_list_holds_is_read_as_its_country_writes_it(
    written: str, country: str, line: str
) -> None:
    assert phone.listed(written, country) == line


DAMAGED = ["{}.0", "{}.00", "{}.", "'{}", '="{}"', "{}E", "{}/{}", "{},0", "{} ext 5", "+{}0000"]
LOCAL = {"CO": "3001234567", "EC": "987654321", "CL": "987654321", "AR": "1123456789",
         "PE": "987654321", "MX": "5512345678", "ES": "612345678", "US": "2025550143"}  # fmt: skip


@pytest.mark.parametrize("country", LOCAL)
@pytest.mark.parametrize("damage", DAMAGED)
def test_what_a_spreadsheet_did_to_a_number_is_none(country: str, damage: str) -> None:
    assert phone.listed(LOCAL[country], country)
    with pytest.raises(phone.NotAPhone):
        phone.listed(damage.format(LOCAL[country], LOCAL[country]), country)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("3.001E+09", "CO"),
        ("9.87654321E8", "PE"),
        ("30012345678", "CO"),
        ("+5730012345670", "CO"),
        ("98765432", "EC"),
        ("15 2345 6789", "AR"),
        ("2345 6789", "AR"),
        ("0000000000", "MX"),
        ("5551234", "US"),
        ("no tiene", "PE"),
        ("#N/A", "PE"),
        ("", "PE"),
        ("-", "PE"),
        ("+", "MX"),
        ("+999 123 456 789", "PE"),
        ("٣٠٠١٢٣٤٥٦٧٨٩", "CO"),
    ],
)
def test_what_is_not_valid_in_its_country_is_refused(written: str, country: str) -> None:
    with pytest.raises(phone.NotAPhone):
        phone.listed(written, country)


@given(st.text(max_size=40), st.sampled_from(sorted(LOCAL)))
def test_any_text_in_a_list_is_a_line_or_refused(text: str, country: str) -> None:
    try:
        line = phone.listed(text, country)
    except phone.NotAPhone:
        return
    assert phone.canonical(line) == line
