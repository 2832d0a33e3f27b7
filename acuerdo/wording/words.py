"""What the core calls by a code, in Spanish, out of `words.yml`. Pure."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

WORDS: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)

_GATEWAYS: Final = ("gateway:", "payments.")
_ID_AT_THE_END: Final = re.compile(r" \([a-z_.]+\)$")


def say_rule(citation: str) -> str:
    """A law and its article as cited, without our name for the rule; a rule of ours in words."""
    if not citation.startswith(("house:", "whatsapp:")):
        return _ID_AT_THE_END.sub("", citation)
    words = WORDS["rule"].get(citation)
    for name in citation.removeprefix("house:").split("."):
        words = words or WORDS["house_rule"].get(name)
    return str(words or WORDS["house_rule"]["any"])


def say_source(source: str) -> str:
    """Where news about money comes from, in words."""
    for prefix in _GATEWAYS:
        if source.startswith(prefix):
            name = source.removeprefix(prefix)
            return str(WORDS["money_source"]["gateway"]).format(name=name)
    return str(WORDS["money_source"].get(source, source))


def say_event_reason(reason: str) -> str:
    """Why nothing followed from what a provider told us; a code that has no words as it is."""
    return str(WORDS["event_reason"].get(reason, reason))
