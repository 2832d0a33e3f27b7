"""By when a case is answered: the country's law, or the house where none says. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import ConfigDict, Field, TypeAdapter

from acuerdo.cases.kinds import CaseKind
from acuerdo.contact.law.calendar import last_day
from acuerdo.contact.law.rules import Confidence

_HOUSE: Final = "house"


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long the answer to a case may take: `days` of the calendar, or business days."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    days: Annotated[int, Field(gt=0)]
    business: bool
    law: str
    article: str
    confidence: Confidence

    @property
    def citation(self) -> str:
        """The law and its article, or the rule of the house."""
        return f"{self.law}, {self.article}"

    def last_day(self, country: str, opened_on: date) -> date:
        """The last local day for the answer; the day of the opening does not count."""
        return last_day(country, opened_on, self.days, business=self.business)


_FILE: Final = TypeAdapter(dict[str, dict[CaseKind, Deadline]])


def deadline(country: str, kind: CaseKind) -> Deadline:
    """The deadline of a kind in a country, by its ISO code; the house's where no law is known.

    Requests about data have theirs in `contact/data_rights.yml`: LookupError.
    """
    return _all().get(country, {}).get(kind) or _all()[_HOUSE][kind]


@cache
def _all() -> dict[str, dict[CaseKind, Deadline]]:
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    return _FILE.validate_python(yaml.safe_load(text))
