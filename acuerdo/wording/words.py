"""What the core calls by a code, in Spanish, out of `words.yml`. Pure."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

WORDS: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)

_ID_AT_THE_END: Final = re.compile(r" \([a-z_.]+\)$")


def say_rule(citation: str) -> str:
    """A law and its article as cited, without our name for the rule; a rule of ours in words."""
    if not citation.startswith(("house:", "whatsapp:")):
        return _ID_AT_THE_END.sub("", citation)
    words = WORDS["rule"].get(citation)
    for name in citation.removeprefix("house:").split("."):
        words = words or WORDS["house_rule"].get(name)
    return str(words or WORDS["house_rule"]["any"])
