"""How long an answer may take, by a law or a rule of the house. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import ConfigDict, Field

from acuerdo.contact.law.rules import Confidence
from acuerdo.values.working_days import working_days_after


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long an answer may take: `days` of the calendar, or business days."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    days: Annotated[int, Field(gt=0)]
    business: bool
    law: str
    article: str
    confidence: Confidence

    @property
    def citation(self) -> str:
        """Return the law and its article, or the rule of the house."""
        return f"{self.law}, {self.article}"

    def last_day(self, country: str, opened_on: date) -> date:
        """Return the last local day for the answer; the day of the opening does not count."""
        if self.business:
            return working_days_after(country, opened_on, self.days)
        return opened_on + timedelta(days=self.days)
