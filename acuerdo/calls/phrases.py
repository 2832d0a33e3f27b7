"""The sentences of a call that do not come from the engine, read once from `phrases.yml`. Pure."""

from pathlib import Path
from typing import Final

import yaml

_PHRASES: Final[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)


def phrase(key: str, /, **values: str) -> str:
    """A sentence with its values filled in; KeyError where there is none by that name."""
    return _PHRASES[key].format(**values)
