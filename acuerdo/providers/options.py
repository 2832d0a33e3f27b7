"""The choices under a message, as providers know them: an id of ours, or a numbered list. Pure."""

import re
from collections.abc import Sequence
from typing import Final

_OURS: Final = re.compile(r"(?:[0-9a-f]{32}\.)?b\d{1,3}", re.ASCII)


def chosen(identifier: str | None) -> str | None:
    """The id that came back with a pressed button, if it is one of ours."""
    return identifier if identifier and _OURS.fullmatch(identifier) else None


def numbered(text: str, titles: Sequence[str]) -> str:
    """The message with its choices written below it, counted from one."""
    lines = (f"{number}. {title}" for number, title in enumerate(titles, 1))
    return "\n\n".join(part for part in (text, "\n".join(lines)) if part)
