"""Column types: moments are aware and in UTC, words come from closed lists."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy.dialects.postgresql import dialect

from acuerdo.platform.db.types import Named, UtcDateTime
from acuerdo.tables import METADATA

PG = dialect()


class Fruit(StrEnum):
    APPLE = "apple"


def test_a_moment_goes_in_and_out_in_utc() -> None:
    lima = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=-5)))
    column = UtcDateTime()
    stored = column.process_bind_param(lima, PG)
    assert stored == lima
    assert stored is not None
    assert stored.tzinfo is UTC
    read = column.process_result_value(lima, PG)
    assert read is not None
    assert read.tzinfo is UTC
    assert column.process_bind_param(None, PG) is None
    assert column.process_result_value(None, PG) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 23), PG)  # noqa: DTZ001


def test_a_word_is_kept_as_text_and_comes_back_as_itself() -> None:
    column = Named(Fruit)
    assert column.process_bind_param(Fruit.APPLE, PG) == "apple"
    assert column.process_bind_param("apple", PG) == "apple"
    assert column.process_result_value("apple", PG) is Fruit.APPLE
    assert column.process_result_value(None, PG) is None


@pytest.mark.parametrize("word", ["pear", "", "APPLE"])
def test_a_word_that_is_not_in_the_list_is_refused_on_both_ways(word: str) -> None:
    with pytest.raises(ValueError, match="Fruit"):
        Named(Fruit).process_bind_param(word, PG)
    with pytest.raises(ValueError, match="Fruit"):
        Named(Fruit).process_result_value(word, PG)


def test_every_word_of_every_list_fits_its_column() -> None:
    columns = [
        column
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, Named)
    ]
    assert len(columns) > 10
    for column in columns:
        assert all(0 < len(word) <= 32 for word in column.type.words), column


def test_every_moment_of_every_table_is_named_and_typed_as_one() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            is_moment = isinstance(column.type, UtcDateTime)
            named = column.name == "at" or column.name.endswith("_at")
            assert is_moment is named, f"{table.name}.{column.name}"
            if column.name.endswith("_on"):
                assert column.type.python_type.__name__ == "date"


def test_amounts_are_whole_numbers_with_their_currency_beside() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            if column.name.endswith("_minor"):
                assert column.type.python_type is int
                assert "currency" in table.columns, table.name
