from datetime import UTC, date, datetime

import pytest

from acuerdo.language import ReadingContext, extract
from tests.unit.language.speech import ZONES, a_context, heard, values


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("mañana a las 3 y media", "2026-11-22T15:30"),
        ("mañana a las tres y media", "2026-11-22T15:30"),
        ("a las 10 de la mañana", "2026-11-22T10:00"),
        ("después de las 6", "2026-11-21T18:00"),
        ("al mediodía", "2026-11-21T12:00"),
        ("el lunes a medio día", "2026-11-23T12:00"),
        ("en una hora", "2026-11-21T11:00"),
        ("en hora y media", "2026-11-21T11:30"),
        ("en media hora", "2026-11-21T10:30"),
        ("en 20 minutos", "2026-11-21T10:20"),
        ("llámame en 15 min", "2026-11-21T10:15"),
        ("el lunes tipo 5", "2026-11-23T17:00"),
        ("hoy a las 8 de la noche", "2026-11-21T20:00"),
        ("esta noche a las 8", "2026-11-21T20:00"),
        ("mañana en la tarde como a las 4", "2026-11-22T16:00"),
        ("a las 7:30 pm", "2026-11-21T19:30"),
        ("hoy 7 p.m.", "2026-11-21T19:00"),
        ("mañana 10am", "2026-11-22T10:00"),
        ("a las 15:30", "2026-11-21T15:30"),
        ("a las 17h30", "2026-11-21T17:30"),
        ("mañana 9h15", "2026-11-22T09:15"),
        ("a las 20 hs", "2026-11-21T20:00"),
        ("hoy a las 6 y cuarto", "2026-11-21T18:15"),
        ("cuarto para las 5", "2026-11-21T16:45"),
        ("a las 5 menos cuarto", "2026-11-21T16:45"),
        ("a las 3 de mañana", "2026-11-22T15:00"),
        ("a las 11 del lunes", "2026-11-23T11:00"),
        ("viernes 4 de diciembre a las 16:00", "2026-12-04T16:00"),
        ("entre 3 y 5 de la tarde", "2026-11-21T15:00 2026-11-21T17:00"),
        ("el lunes, entre las 3 y las 5", "2026-11-23T15:00 2026-11-23T17:00"),
        ("en 5 minutos llámame", "2026-11-21T10:05"),
        ("trabajo de 9 a 6, márqueme después de las 7", "2026-11-21T19:00"),
        ("ayer como a las 5 hice el pago", "2026-11-20T17:00"),
        ("hace una hora pagué", "2026-11-21T09:00"),
        ("en la tarde", ""),
        ("más tarde", ""),
        ("las 3 cuotas", ""),
        ("las dos", ""),
    ],
)
def test_a_moment_is_read_from_now(text: str, moments: str) -> None:
    assert values(heard(text), "datetime") == moments.split()


def test_a_moment_swallows_its_day() -> None:
    text = "llámeme mañana a las 3 y media por favor"
    (moment,) = heard(text)
    assert text[moment.start : moment.end] == "mañana a las 3 y media"


def test_a_bare_hour_keeps_the_other_half_of_the_day() -> None:
    (moment,) = heard("mañana a las 9")
    assert moment.value == "2026-11-22T09:00"
    assert [other.value for other in moment.alternatives] == ["2026-11-22T21:00"]


def test_a_past_day_does_not_take_a_coming_hour() -> None:
    found = heard("deposité ayer, llámeme a las 5")
    assert values(found, "date") == ["2026-11-20"]
    assert values(found, "datetime") == ["2026-11-21T17:00"]


@pytest.mark.parametrize(
    ("hour", "text", "moment"),
    [
        (15, "a las 10", "2026-11-22T10:00"),
        (15, "hoy a las 10", "2026-11-21T22:00"),
        (18, "a las 5", "2026-11-22T17:00"),
        (15, "a las 8", "2026-11-21T20:00"),
    ],
)
def test_an_hour_that_is_over_is_the_next_one(hour: int, text: str, moment: str) -> None:
    assert values(extract(text, a_context(hour=hour)), "datetime") == [moment]


def test_now_is_taken_to_the_zone_of_the_speaker() -> None:
    # given half past midnight in London
    now = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    # when someone in Mexico says
    found = extract("en una hora", ReadingContext(date(2026, 11, 21), ZONES["MX"], "MX", now))
    # then it is their evening
    assert values(found, "datetime") == ["2026-11-21T19:30"]


def test_a_delay_without_a_clock_is_no_moment() -> None:
    assert extract("en 20 minutos", a_context(hour=None)) == []
