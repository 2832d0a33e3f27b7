"""Difficult expressions of many countries, each with exactly its values."""

from decimal import Decimal
from pathlib import Path

import pytest

from acuerdo.language import Entity
from tests.unit.language.speech import heard

_LINES = [
    line.split("|")
    for line in Path(__file__).with_name("heard_in_the_street.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def _shown(entity: Entity) -> str:
    value = entity.value
    written = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return f"{entity.kind}:{written}"


def test_there_are_enough_of_them() -> None:
    assert len(_LINES) > 150


@pytest.mark.parametrize(("country", "text", "values"), _LINES)
def test_an_expression_has_exactly_its_values(country: str, text: str, values: str) -> None:
    found = sorted(_shown(entity) for entity in heard(text, country))
    assert found == sorted(value for value in values.split(";") if value)
