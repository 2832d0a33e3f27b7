"""Structured logs without personal data.

Only values under known keys are written as they are; anything else a caller passes is masked, so
that a name, a number or a message text cannot reach a log line by mistake.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final
from uuid import UUID

import structlog

SAFE_KEYS: Final = frozenset(
    {
        "event", "level", "timestamp", "logger", "code", "channel", "status", "state", "count",
        "conversation", "turn", "message", "call", "job", "task", "attempt", "reason", "rule",
        "path", "method", "seconds", "milliseconds", "process", "pid", "port", "version", "error",
        "kind", "provider", "provider_code", "outcome", "intent", "url", "exit_status", "worker",
        "login", "source", "position", "head",
    }
)  # fmt: skip
_LINE_ENDS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST: Final = 500


def _mask(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in event.items():
        event[key] = _plain(value) if key in SAFE_KEYS else "***"
    return event


def _plain(value: object) -> str | float | None:
    """A value that may be written: what is no plain value could hold anything."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | UUID):
        # an end of line inside a value must not be able to forge a second log line
        return _LINE_ENDS.sub(" ", str(value))[:_LONGEST]
    return "***"


def _error_without_text(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep where an exception was raised, drop its text: it may quote what a person wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_qualname}:{frame.tb_lineno}" if frame else "?"
        event["error"] = f"{type(error).__name__} at {where}"
    return event


def configure(level: str = "info", *, process: str = "acuerdo") -> None:
    """Send everything to standard error, one JSON object a line; call once per process."""
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _error_without_text,
        _mask,
        structlog.processors.JSONRenderer(),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(handlers=[_Masked()], level=logging.WARNING, force=True)


class _Masked(logging.Handler):
    """Libraries' own log records: the place and the level, never the formatted text."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno,
            "library",
            logger=record.name,
            path=f"{record.funcName}:{record.lineno}",
            **({"exc_info": error} if error else {}),
        )


def get_logger() -> structlog.stdlib.BoundLogger:
    """The logger; pass facts as key=value under the safe keys."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger
