"""What is kept of a message in which somebody gave a proof of identity. Pure."""

import re
from datetime import date
from typing import Final

from acuerdo.language.birth_dates import names_birth_date
from acuerdo.language.cardinals import merge_numbers
from acuerdo.language.context import ReadingContext
from acuerdo.language.folding import fold
from acuerdo.language.proofs import document_given, names_document
from acuerdo.language.tokens import tokenise

MASK: Final = "[dato de identidad]"
_FIGURES: Final = re.compile(r"[0-9][0-9 ./-]*[0-9]|[0-9]")
_PART: Final = re.compile(r"[a-zñ0-9]+")
# Only what names a value matters here, whenever and wherever it was said.
_ANYWHERE: Final = ReadingContext(date(2100, 1, 1), "UTC", "")


def masked(text: str, *, proven: bool = True) -> str:
    """The text without the documents and birth dates that its words name.

    Of somebody who has not proven who they are (`proven` False) a number alone is one, too.
    """
    if not proven or names_document(text, _ANYWHERE):
        found = document_given(text, _ANYWHERE)
        if found is not None:
            text = _without(text, found)
    if names_birth_date(text):
        text = _FIGURES.sub(MASK, text)
    return text


def masked_answer(text: str) -> str:
    """What is kept of words that were heard after the question for a proof, and not judged as one.

    Whatever may be a proof in them, or a part of one, is none of their words any more.
    """
    said = merge_numbers(tokenise(text, ""))
    # "un", "una" count nothing
    counts = any(each.numeral is not None and each.numeral.value != 1 for each in said)
    return MASK if counts or _FIGURES.search(text) else masked(text, proven=False)


def _without(text: str, value: str) -> str:
    """The text with the words that make a value masked; all of it where they cannot be told."""
    plain, offsets = fold(text)
    parts = list(_PART.finditer(plain))
    for first in range(len(parts)):
        joined = ""
        for last in range(first, len(parts)):
            joined += parts[last][0].upper().replace("Ñ", "")
            if joined == value:
                begins, ends = offsets[parts[first].start()], offsets[parts[last].end() - 1] + 1
                return text[:begins] + MASK + text[ends:]
            if not value.startswith(joined):
                break
    return MASK
