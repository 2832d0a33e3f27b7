"""What the engine writes down: codes, times and places in the code, never what anybody said."""

from __future__ import annotations

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

logger = logging.getLogger(__name__)

# Rasa's structured events carry texts, slots and whole trackers under many names. These carry none.
_SAFE_KEYS = ("event", "level", "timestamp", "filename", "key", "placeholder_key", "action_name")


def _only_safe_keys(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: event[key] for key in _SAFE_KEYS if key in event}


def quieten() -> None:
    """Takes over Rasa's structured logging: warnings and errors only, without personal data."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_safe_keys,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def log_turn(outcome: str, seconds: float) -> None:
    """Gives one line per turn: how it ended and how long it took."""
    logger.debug("turn %s in %.1f ms", outcome, seconds * 1000)


def where_raised(error: BaseException) -> str:
    """Gives the error's type and origin, without its message, which may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in frames[::-1])
    return f"{type(error).__name__} in {places}"
