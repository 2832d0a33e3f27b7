"""By when what people ask about their data is answered; by country. Pure."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import TypeAdapter

from acuerdo.contact.law.deadline import Deadline
from acuerdo.values.requests import DataRight

_FILE: Final = TypeAdapter(dict[str, dict[DataRight, Deadline]])


@cache
def terms(country: str) -> dict[DataRight, Deadline]:
    """The terms of a country by its ISO code; LookupError where nobody wrote them down."""
    return _all()[country]


@cache
def _all() -> dict[str, dict[DataRight, Deadline]]:
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    return _FILE.validate_python(yaml.safe_load(text))


def due_on(country: str, right: DataRight, received_on: date) -> date:
    """The last local day for the answer; the day of the request does not count."""
    return terms(country)[right].last_day(country, received_on)
