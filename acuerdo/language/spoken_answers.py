"""What is heard on the telephone: a yes or a no."""

import re
from typing import Final

_YES: Final = re.compile(
    r"^\W*(?:s[ií]|correcto|exacto|as[ií] es|eso es|eso mismo|claro|aj[aá]|ok|dale|afirmativo)\b",
    re.I,
)
_NO: Final = re.compile(r"^\W*(?:no|nop|negativo|incorrecto|nada que ver)\b", re.I)


def is_yes(words: str) -> bool:
    """Tell whether the words begin with a yes."""
    return _YES.match(words) is not None


def is_no(words: str) -> bool:
    """Tell whether the words begin with a no."""
    return _NO.match(words) is not None
