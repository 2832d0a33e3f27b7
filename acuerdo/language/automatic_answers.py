"""Texts that a machine sends back: absence notes, menus of shops, addresses that nobody reads."""

import re
from pathlib import Path
from typing import Final

import yaml

from acuerdo.language.folding import words_in

_DATA: Final = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
# As long as this a person's own question about machines may be.
_SHORT_QUESTION_WORDS: Final = 8
_MENU: Final = re.compile(
    r"(?m)^\W{0,4}(?:\d{1,2}|[a-h])\s?(?:[.)\-:]|\ufe0f?\u20e3)\s?\S", re.IGNORECASE
)
_MENU_LINES: Final = 3
# "Respuesta automática: ...", "... Mensaje automático."; who speaks of one says more around it.
_LABEL: Final = re.compile(
    r"(?:^|[.!\n] {0,3})[\[(*_]{0,3}(?:este es un )?(?:mensaje|respuesta|aviso) autom[aá]tic[oa]"
    r"(?:[\])*_]| {0,3}(?:[.:!\n-]|$))",
    re.IGNORECASE,
)
_NEEDED: Final = 2


def _phrases(key: str) -> tuple[str, ...]:
    return tuple(
        f" {' '.join(words_in(phrase))} " for phrases in _DATA[key].values() for phrase in phrases
    )


_PLAIN: Final = _phrases("plain")
_HINTS: Final = _phrases("hints")


def is_automatic_answer(text: str) -> bool:
    """Tell whether a text is what machines answer with, by phrases of each country.

    One plain phrase is enough, or a label that says so, or two hints, of which a menu of three
    lines is one.
    """
    said = words_in(text)
    line = f" {' '.join(said)} "
    if "?" in text and len(said) <= _SHORT_QUESTION_WORDS:
        return False
    if any(phrase in line for phrase in _PLAIN) or _LABEL.search(text.strip()):
        return True
    hints = sum(phrase in line for phrase in _HINTS)
    if len(_MENU.findall(text)) >= _MENU_LINES:
        hints += 1
    return hints >= _NEEDED
