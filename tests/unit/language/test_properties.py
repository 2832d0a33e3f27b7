import itertools
import os
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.language import ReadingContext, country_of_timezone, extract
from tests.unit.language.speech import ZONES, a_context, heard, values

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
PIECES = [
    "pago",
    "deposité",
    "el",
    "la",
    "a",
    "las",
    "de",
    "en",
    "mil",
    "medio",
    "y",
    "15",
    "20/12",
    "1.500",
    "$",
    "s/",
    "3:30",
    "mañana",
    "pasado",
    "viernes",
    "quincena",
    "cuotas",
    "meses",
    "un",
    "palo",
    "luca",
    "dni",
    "termina",
    "cero",
    "doble",
    "hace",
    "cada",
    "fin",
    "mes",
    "pm",
    ":",
    ",",
    ".",
    "?",
    "+52",
    "99999999999999999999",
    "31",
    "de",
    "febrero",
    "otro",
    "2️⃣",
    "12.345.678-k",
    "½",
    "②",
    "ñ",
]
expectations = st.sampled_from([None, "amount", "date", "datetime", "digits", "installments"])
anywhere = st.sampled_from(sorted(ZONES))


@given(st.text(max_size=200), anywhere, expectations)
def test_no_text_raises_and_every_span_is_inside(
    text: str, country: str, expecting: str | None
) -> None:
    for entity in heard(text, country, expecting):
        assert 0 <= entity.start < entity.end <= len(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14), anywhere, expectations)
def test_no_mix_of_words_raises_and_no_word_is_read_twice(
    pieces: list[str], country: str, expecting: str | None
) -> None:
    text = " ".join(pieces)
    found = heard(text, country, expecting)
    for entity in found:
        assert 0 <= entity.start < entity.end <= len(text)
    frequencies_apart = [entity for entity in found if entity.kind not in {"datetime", "frequency"}]
    for earlier, later in itertools.pairwise(frequencies_apart):
        assert earlier.end <= later.start


@given(st.integers(2000, 99_999_999), st.integers(0, 99), anywhere)
def test_an_amount_in_the_format_of_the_country_reads_back(
    units: int, cents: int, country: str
) -> None:
    # given
    text = f"{units:,}.{cents:02}"
    if country in {"AR", "CL", "CO"}:
        text = text.translate(str.maketrans(",.", ".,"))
    # when
    found = heard(f"pago ${text} mañana", country)
    # then
    assert found[0].value == Decimal(units) + Decimal(cents) / 100


@given(st.integers(0, 730), anywhere)
def test_a_day_of_the_next_two_years_reads_back(days: int, country: str) -> None:
    day = date(2026, 11, 21) + timedelta(days=days)
    text = f"pago el {day.day} de {MONTHS[day.month - 1]} de {day.year}"
    assert values(heard(text, country), "date") == [day.isoformat()]


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(0, 364))
def test_a_day_without_year_is_the_coming_one(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    text = f"el {day.day} de {MONTHS[day.month - 1]}"
    found = values(extract(text, a_context(today=today)), "date")
    assert found == [day.isoformat()]


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(1, 31))
def test_a_bare_day_is_always_to_come(today: date, day: int) -> None:
    (found,) = values(extract(f"el {day}", a_context(today=today)), "date")
    assert date.fromisoformat(found) > today
    assert date.fromisoformat(found).day == day


def test_the_zone_of_the_server_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "el viernes a las 5 y en 20 minutos y mañana"
    readings = []
    for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Honolulu"):
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        readings.append(heard(text))
    monkeypatch.undo()
    time.tzset()
    assert readings[0] == readings[1] == readings[2]


@pytest.mark.parametrize(("country", "zone"), sorted(ZONES.items()))
def test_the_country_of_a_zone(country: str, zone: str) -> None:
    assert country_of_timezone(zone) == country


def test_a_zone_elsewhere_has_no_country() -> None:
    assert country_of_timezone("Europe/Madrid") == ""
    assert values(
        extract("pago 1,500", ReadingContext(date(2026, 1, 1), "Europe/Madrid", "")), "amount"
    )
