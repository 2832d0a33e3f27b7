"""Local dates: the day it is where the person is, and how a person says it."""

from datetime import UTC, date, datetime

import pytest

from acuerdo.values.dates import local_date, say_date, say_moment

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2026, 11, 24, 4, 59, tzinfo=UTC), "America/Lima", date(2026, 11, 23)),
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), "America/Lima", date(2026, 11, 24)),
        (datetime(2026, 11, 24, 2, 59, tzinfo=UTC), "America/Santiago", date(2026, 11, 23)),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), "America/Santiago", date(2026, 11, 24)),
        (datetime(2026, 7, 24, 3, 59, tzinfo=UTC), "America/Santiago", date(2026, 7, 23)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Madrid", date(2027, 1, 1)),
    ],
)
def test_the_day_is_the_persons_day(at: datetime, zone: str, day: date) -> None:
    assert local_date(at, zone) == day


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "el viernes 27 de noviembre"),
        (date(2026, 12, 1), "el martes 1 de diciembre"),
        (date(2027, 1, 2), "el sábado 2 de enero de 2027"),
        (date(2025, 9, 3), "el miércoles 3 de septiembre de 2025"),
    ],
)
def test_a_date_is_said_with_its_year_only_where_it_differs(day: date, said: str) -> None:
    assert say_date(day, TODAY) == said


@pytest.mark.parametrize(
    ("hour_utc", "said"),
    [
        (20, "el lunes 23 de noviembre a las 15:00"),
        (6, "el lunes 23 de noviembre a la 01:00"),
        (18, "el lunes 23 de noviembre a las 13:00"),
    ],
)
def test_a_moment_is_said_in_the_persons_zone(hour_utc: int, said: str) -> None:
    at = datetime(2026, 11, 23, hour_utc, tzinfo=UTC)
    assert say_moment(at, "America/Lima", TODAY) == said
