"""The shape of the authority's file: its sections, their lines, and the words around them. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from acuerdo.values.channels import Channel

DOSSIER_WORDS: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "dossier.yml").read_text(encoding="utf-8")
)


class Section(StrEnum):
    """The parts of the file, in their order."""

    PERSON = "person"
    DEBTS = "debts"
    CONTACT_POINTS = "contact_points"
    CONSENTS = "consents"
    REQUESTS = "requests"
    ATTEMPTS = "attempts"
    MESSAGES = "messages"
    AGREEMENTS = "agreements"
    PAYMENTS = "payments"
    MONEY = "money"
    CASES = "cases"
    STOPS = "stops"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line of a section; `rule` names the law and article, or the house rule."""

    section: Section
    detail: str
    at: datetime | None = None
    channel: Channel | None = None
    result: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the file says; `since` and `until` are local days, both included."""

    name: str
    reference: str
    timezone: str
    since: date | None
    until: date | None
    issued_at: datetime
    issued_to: str
    head: str
    cut: bool
    lines: tuple[DossierLine, ...]

    @property
    def by_section(self) -> tuple[tuple[Section, tuple[DossierLine, ...]], ...]:
        """Every section in its order with its lines, also where there are none."""
        return tuple(
            (section, tuple(line for line in self.lines if line.section is section))
            for section in Section
        )


def moment(at: datetime, timezone: str) -> str:
    """A moment in a zone, with its difference from UTC: `2026-11-23 10:00:00 -05:00`."""
    written = at.astimezone(ZoneInfo(timezone)).isoformat(sep=" ", timespec="seconds")
    return f"{written[:19]} {written[19:]}"
