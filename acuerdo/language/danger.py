"""Words of danger: what must be heard by the engine whatever else speaks against it. Pure.

Whether somebody means it is told by the engine (`rasa_server/components/harm.py` and its model);
here it is only not kept from it, so these are many words, and an idiom among them does no harm.
"""

import re
from pathlib import Path
from typing import Final

import yaml

from acuerdo.language.folding import words_in

_DATA: Final[dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)
_BEGINNINGS: Final = tuple(_DATA["beginnings"])
_WORDS: Final = frozenset(_DATA["words"])
_PHRASES: Final = tuple(f" {' '.join(words_in(each))} " for each in _DATA["phrases"])
# As people type in haste: kiero, bida, muerrto.
_SOUNDS: Final = ((re.compile(r"k|qu(?=[ei])"), "c"), (re.compile(r"v"), "b"),
                  (re.compile(r"(.)\1+"), r"\1"))  # fmt: skip


def _sound(text: str) -> str:
    for written, heard in _SOUNDS:
        text = written.sub(heard, text)
    return text


_HEARD_BEGINNINGS: Final = tuple(map(_sound, _BEGINNINGS))
_HEARD_WORDS: Final = frozenset(map(_sound, _WORDS))
_HEARD_PHRASES: Final = tuple(map(_sound, _PHRASES))


def may_speak_of_danger(text: str) -> bool:
    """Tell whether a text has a word with which people speak of death or violence."""
    said = [_sound(word) for word in words_in(text)]
    if any(word in _HEARD_WORDS or word.startswith(_HEARD_BEGINNINGS) for word in said):
        return True
    line = f" {' '.join(said)} "
    return any(phrase in line for phrase in _HEARD_PHRASES)
