"""No name, number or text of a person reaches a log line, by whatever way it is passed."""

import io
import json
import logging as standard
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
import structlog

from acuerdo.platform import logging

NAME, PHONE, TEXT = "Ana Flores", "+51987654321", "no puedo pagar los 320.50"
PERSONAL = (NAME, PHONE, TEXT, "320.50", "987654321", "Flores")


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The standard error of a process that logs as ours do."""
    root = standard.getLogger()
    before = root.handlers[:], root.level
    root.handlers = []
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logging.configure("debug", process="test")
    yield stream
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:], root.level = before[0], before[1]


@pytest.fixture
def log(errors: io.StringIO) -> Any:
    return structlog.get_logger()


def written(errors: io.StringIO) -> list[dict[str, Any]]:
    """The lines that were written, each of which must be JSON."""
    return [json.loads(line) for line in errors.getvalue().splitlines()]


def nothing_personal(lines: list[dict[str, Any]]) -> bool:
    """Whether no line holds anything of a person."""
    everything = json.dumps(lines, ensure_ascii=False)
    return bool(lines) and not any(each in everything for each in PERSONAL)


def test_known_facts_are_written_as_they_are(log: Any, errors: io.StringIO) -> None:
    log.info("turn_answered", conversation="c-1", seconds=0.2, count=3, outcome=None)
    (line,) = written(errors)
    assert line["event"] == "turn_answered"
    assert (line["conversation"], line["seconds"], line["count"]) == ("c-1", 0.2, 3)
    assert (line["level"], line["process"]) == ("info", "test")


@pytest.mark.parametrize("key", ["name", "text", "address", "phone", "body", "exception", "stack"])
def test_what_is_passed_under_any_other_key_is_masked(
    key: str, log: Any, errors: io.StringIO
) -> None:
    for value in (NAME, [PHONE], {"text": TEXT}, TEXT.encode()):
        log.info("something", **{key: value})
    assert nothing_personal(written(errors))


@pytest.mark.parametrize(
    "value",
    [
        ValueError(TEXT),
        [NAME],
        (PHONE,),
        {NAME: PHONE},
        {"text": TEXT},
        type("Debtor", (), {"__repr__": lambda self: NAME})(),
        TEXT.encode(),
    ],
)
def test_only_plain_values_are_written_under_known_keys(
    value: object, log: Any, errors: io.StringIO
) -> None:
    log.warning("something", error=value, reason=value, message=value)
    assert nothing_personal(written(errors))


def test_identifiers_and_words_from_lists_are_plain(log: Any, errors: io.StringIO) -> None:
    class State(StrEnum):
        OPEN = "open"

    log.info("something", conversation=UUID(int=7), state=State.OPEN, status=200)
    (line,) = written(errors)
    assert line["conversation"] == "00000000-0000-0000-0000-000000000007"
    assert (line["state"], line["status"]) == ("open", 200)


def test_an_exception_is_told_by_its_kind_and_place_and_never_by_its_text(
    log: Any, errors: io.StringIO
) -> None:
    def fail() -> None:
        try:
            raise KeyError(NAME)
        except KeyError as inner:
            raise ValueError(f"{PHONE} wrote {TEXT}") from inner

    try:
        fail()
    except ValueError as error:
        log.error("failed", exc_info=error)
        log.error("failed", exc_info=True)
        log.exception("failed")
        log.error("failed", exc_info=(type(error), error, error.__traceback__))
    lines = written(errors)
    assert nothing_personal(lines)
    assert all(line["error"].startswith("ValueError at ") for line in lines)
    assert all("fail:" in line["error"] for line in lines)


def test_what_is_bound_to_a_context_is_masked_too(log: Any, errors: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(debtor=NAME)
    log.bind(phone=PHONE).info("something")
    assert nothing_personal(written(errors))


def test_libraries_say_where_and_never_what(errors: io.StringIO) -> None:
    library = standard.getLogger("some.library")
    library.warning("message from %s: %s", PHONE, TEXT)
    library.warning(TEXT, extra={"name_of_debtor": NAME})
    try:
        raise RuntimeError(TEXT)
    except RuntimeError:
        library.exception("cannot handle %s", NAME)
    lines = written(errors)
    assert len(lines) == 3
    assert nothing_personal(lines)
    assert all(line["logger"] == "some.library" for line in lines)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_a_value_cannot_forge_a_line(ending: str, log: Any, errors: io.StringIO) -> None:
    # given a value that looks like the end of one line and another line
    forged = f'x"}}{ending}{{"event": "paid"'
    log.info("something", reason=forged, path=forged)
    log.info(forged)
    # then there are two lines and no third event
    raw = errors.getvalue()
    assert len(raw.splitlines()) == 2
    events = [json.loads(line)["event"] for line in raw.splitlines()]
    assert "paid" not in events


def test_a_value_is_not_written_without_end(log: Any, errors: io.StringIO) -> None:
    log.info("something", reason="a" * 100_000)
    (line,) = written(errors)
    assert len(line["reason"]) <= 500
