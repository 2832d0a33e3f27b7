"""H6: a long text is read at a bounded length, and never without its end."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.language import reading
from acuerdo.language.context import ReadingContext
from acuerdo.language.reading import MOST_READ, read

CONTEXT = ReadingContext(today=date(2026, 11, 24), tz="America/Lima", country="PE")
CHATTER = "mire señorita yo siempre he sido cumplido con ustedes "


@pytest.mark.parametrize("times", [1, 20, 100, 400])
def test_h6_what_is_said_first_and_last_is_read(times: int) -> None:
    text = f"le pago 120 soles {CHATTER * times} mejor le pago 300 soles el viernes"
    found = read(text, CONTEXT)
    assert [str(each.value) for each in found.of("amount")] == ["120", "300"]
    assert found.day() == date(2026, 11, 27)
    for each in found.entities:
        assert text[each.start : each.end].strip() == text[each.start : each.end]
    assert text[found.of("amount")[1].start :].startswith("300")


def test_h6_half_a_number_is_not_read() -> None:
    for at in range(8):
        edge = "a" * (MOST_READ // 2 - 4 - at) + " 123456789 soles " + "b " * MOST_READ
        assert {str(each.value) for each in read(edge, CONTEXT).of("amount")} <= {"123456789"}
        end = "b " * MOST_READ + " 987654321 " + "a" * (MOST_READ // 2 - at)
        assert not read(end, CONTEXT).of("amount")


@given(st.text(alphabet="a1 .,:-@/\n", max_size=3 * MOST_READ))
def test_h6_no_text_is_read_at_more_than_its_bound(text: str) -> None:
    given_length = []
    real = reading.extract

    def counting(part: str, context: ReadingContext) -> list[reading.Entity]:
        given_length.append(len(part))
        return []

    reading._read.cache_clear()
    reading.extract = counting
    try:
        read(text, CONTEXT)
    finally:
        reading.extract = real
        reading._read.cache_clear()
    assert sum(given_length) <= MOST_READ


def test_h6_the_actions_of_one_turn_share_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    reading._read.cache_clear()
    calls = []
    real = reading.extract
    monkeypatch.setattr(reading, "extract", lambda *args: calls.append(1) or real(*args))
    for second in (1, 20, 59):
        now = datetime(2026, 11, 24, 15, 0, second, tzinfo=UTC)
        context = ReadingContext(CONTEXT.today, CONTEXT.tz, CONTEXT.country, now)
        assert read("en 20 minutos le pago 50", context).of("datetime")[0].value
    assert len(calls) == 1
    reading._read.cache_clear()
