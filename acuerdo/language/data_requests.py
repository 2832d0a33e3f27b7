"""What people ask about their data."""

import re
from typing import Final

from acuerdo.language.folding import folded
from acuerdo.values.requests import DataRight

# The more far-reaching wish first: who wants data deleted often asks where they came from, too.
_WORDS: Final = (
    (DataRight.DELETION, r"borr|elimin|suprim|supres|quit\w* mis datos|saqu\w* mis datos|olvid"),
    (DataRight.CORRECTION, r"corr?ig|correg|correcci|rectific|actualic|mal escrit|equivocad|error"),
    (DataRight.OPPOSITION, r"opon|opos|me niego|no autori|sin mi (permiso|autoriz|consent)"),
)
_RIGHTS: Final = tuple((right, re.compile(rf"\b(?:{words})")) for right, words in _WORDS)


def right_in(text: str) -> DataRight:
    """Tell what a person asks for by their words; to see the data where they do not say."""
    said = folded(text)
    for right, words in _RIGHTS:
        if words.search(said):
            return right
    return DataRight.ACCESS
