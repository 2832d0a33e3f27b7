"""JSON Lines in, JSON Lines out: the language library on standard input and output."""

import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import orjson

from acuerdo.language import Entity, ReadingContext, country_of_timezone
from acuerdo.language import extract as extract_entities

# What the dialogue uses inside; the command answers with the kinds it promises only.
_KINDS = {"amount", "date", "datetime", "installments", "frequency", "ordinal", "digits"}


def extract(source: BinaryIO, target: BinaryIO) -> None:
    """Answer each line in its order with its fields and `entities`; bad lines get an `error`."""
    for number, line in enumerate(source, start=1):
        if line.strip():
            target.write(orjson.dumps(_answer(line, number)) + b"\n")
            target.flush()


def _answer(line: bytes, number: int) -> dict[str, Any]:
    try:
        asked: dict[str, Any] = orjson.loads(line)
        found = extract_entities(asked["text"], _context(asked))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"line {number}: {type(error).__name__}: {error}"
        sys.stderr.write(problem + "\n")
        return (asked if isinstance(asked := _loaded(line), dict) else {}) | {
            "entities": [],
            "error": problem,
        }
    return asked | {"entities": [_entity(each) for each in found if each.kind in _KINDS]}


def _loaded(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _context(asked: dict[str, Any]) -> ReadingContext:
    ZoneInfo(asked["tz"])  # a zone that does not exist is a wrong line, whatever it says
    now = asked.get("now")
    return ReadingContext(
        today=date.fromisoformat(asked["today"]),
        tz=asked["tz"],
        country=asked.get("country") or country_of_timezone(asked["tz"]),
        now=None if now is None else datetime.fromisoformat(now),
    )


def _entity(entity: Entity) -> dict[str, Any]:
    value: float | int | str = str(entity.value)
    if isinstance(entity.value, int):
        value = entity.value
    elif isinstance(entity.value, Decimal):
        whole = entity.value == entity.value.to_integral_value()
        value = int(entity.value) if whole else float(entity.value)
    return {
        "kind": entity.kind,
        "value": value,
        "currency": entity.currency,
        "start": entity.start,
        "end": entity.end,
    }
