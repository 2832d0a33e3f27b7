"""How values are written on the pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from acuerdo.values.countries import country
from acuerdo.values.money import Money
from doors.console import filters as write

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LIMA = "America/Lima"


@pytest.mark.parametrize(
    ("waited", "written"),
    [
        (timedelta(seconds=-5), "ahora"),
        (timedelta(seconds=59), "ahora"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h 00 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(hours=24), "1 día"),
        (timedelta(days=3, hours=5), "3 días"),
    ],
)
def test_how_long_somebody_waits(waited: timedelta, written: str) -> None:
    assert write.since(NOW - waited, NOW) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 23), "hoy"),
        (date(2026, 11, 22), "ayer"),
        (date(2026, 11, 20), "viernes 20 de noviembre"),
        (date(2025, 12, 31), "miércoles 31 de diciembre de 2025"),
    ],
)
def test_the_day_of_a_message(day: date, written: str) -> None:
    assert write.day(day, date(2026, 11, 23)) == written


def test_a_day_to_come() -> None:
    assert write.by_day(date(2026, 11, 24), date(2026, 11, 23)) == "mañana"
    assert write.by_day(date(2026, 11, 27), date(2026, 11, 23)) == "el viernes 27 de noviembre"


def test_moments_are_written_in_the_zone_of_the_person() -> None:
    late_at_night = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)

    assert write.moment(late_at_night, LIMA, NOW) == "22 nov, 22:30"
    assert write.moment(NOW, LIMA, NOW) == "hoy, 10:00"


def test_amounts_are_written_as_in_the_country() -> None:
    assert write.money(Money(125000075, "ARS"), country("AR")) == "$1.250.000,75"
    assert write.money(Money(32050, "PEN"), country("PE")) == "S/ 320.50"
