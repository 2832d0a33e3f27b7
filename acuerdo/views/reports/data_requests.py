"""The requests about personal data that wait for an answer, and their deadlines. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from acuerdo.values.dates import local_date
from acuerdo.values.requests import DataRight


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request about a person's data; `due_on` is a day of `timezone`, the person's."""

    id: UUID
    conversation_id: UUID
    name: str | None
    external_id: str | None
    right: DataRight
    words: str
    rule: str
    due_on: date
    opened_at: datetime
    timezone: str

    def days_left(self, now: datetime) -> int:
        """The days until the last one; negative once that has passed."""
        return (self.due_on - local_date(now, self.timezone)).days
