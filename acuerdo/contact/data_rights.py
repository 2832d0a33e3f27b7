"""By when what people ask about their data is answered; by country. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import ConfigDict, Field, TypeAdapter

from acuerdo.contact.law.calendar import last_day
from acuerdo.contact.law.rules import Confidence
from acuerdo.values.requests import DataRight


@dataclass(frozen=True, slots=True)
class Term:
    """How long an answer may take: `days` of the calendar, or business days."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    days: Annotated[int, Field(gt=0)]
    business: bool
    law: str
    article: str
    confidence: Confidence

    @property
    def citation(self) -> str:
        """The law and its article."""
        return f"{self.law}, {self.article}"


_FILE: Final = TypeAdapter(dict[str, dict[DataRight, Term]])


@cache
def terms(country: str) -> dict[DataRight, Term]:
    """The terms of a country by its ISO code; LookupError where nobody wrote them down."""
    return _all()[country]


@cache
def _all() -> dict[str, dict[DataRight, Term]]:
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    return _FILE.validate_python(yaml.safe_load(text))


def due_on(country: str, right: DataRight, received_on: date) -> date:
    """The last local day for the answer; the day of the request does not count."""
    term = terms(country)[right]
    return last_day(country, received_on, term.days, business=term.business)
