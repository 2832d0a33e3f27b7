"""What was said and what it means, as written down by hand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
INTENTS = ROOT / "data" / "evaluation" / "intents.jsonl"
ANSWERS = ROOT / "data" / "evaluation" / "answers.jsonl"
CALIBRATION = ROOT / "data" / "evaluation" / "calibration.jsonl"
ENTITIES = ROOT / "data" / "evaluation" / "entities.jsonl"
KINDS = ("amount", "date", "datetime", "installments", "frequency", "ordinal", "digits")
CHANNELS = ("chat", "voice")


class MalformedCase(ValueError):
    """A line that does not say what it must; named with its file and line number."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a debtor wrote or said, where, and the one intent it was labelled with.

    `asked` is the slot whose question it answers; None where it is judged on its own.
    """

    text: str
    intent: str
    country: str
    channel: str
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value that must be found. `currency` is there only where the words name it."""

    kind: str
    value: float | str
    currency: str | None = None

    @property
    def key(self) -> tuple[str, float | str]:
        """What a found value must equal to be the same one; the currency is judged apart."""
        return self.kind, self.value


@dataclass(frozen=True, slots=True)
class Expression:
    """A text, the moment and the place it is said in, and every value in it."""

    text: str
    today: date
    tz: str
    country: str | None
    now: datetime | None
    values: tuple[Value, ...]


def utterances(path: Path = INTENTS) -> list[Utterance]:
    """All labelled utterances of a file; `MalformedCase` at the first bad line."""
    found = []
    for where, line in _lines(path):
        try:
            case = Utterance(
                text=line["text"],
                intent=line["intent"],
                country=line["country"],
                channel=line["channel"],
                asked=line.get("asked"),
            )
        except KeyError as missing:
            raise MalformedCase(f"{where}: no {missing}") from missing
        if not case.text.strip() or case.channel not in CHANNELS:
            raise MalformedCase(f"{where}: empty text or unknown channel")
        found.append(case)
    return found


def expressions(path: Path = ENTITIES) -> list[Expression]:
    """All expressions of a file; `MalformedCase` at the first bad line."""
    return [_expression(where, line) for where, line in _lines(path)]


def _expression(where: str, line: dict[str, Any]) -> Expression:
    try:
        values = tuple(
            Value(each["kind"], each["value"], each.get("currency")) for each in line["entities"]
        )
        case = Expression(
            text=line["text"],
            today=date.fromisoformat(line["today"]),
            tz=line["tz"],
            country=line.get("country"),
            now=datetime.fromisoformat(line["now"]) if line.get("now") else None,
            values=values,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise MalformedCase(f"{where}: {problem}") from problem
    if unknown := {value.kind for value in values} - set(KINDS):
        raise MalformedCase(f"{where}: unknown kinds {sorted(unknown)}")
    return case


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            where = f"{path.name}:{number}"
            try:
                read = json.loads(line)
            except json.JSONDecodeError as problem:
                raise MalformedCase(f"{where}: {problem}") from problem
            if not isinstance(read, dict):
                raise MalformedCase(f"{where}: not an object")
            yield where, read
