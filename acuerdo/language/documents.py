"""The number of a document, or its ending, as a person types it."""

import re
from typing import Final

_TOKEN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*")
SHORTEST: Final = 4


def document_in(text: str) -> str | None:
    """Read the only word with a digit of four characters or more; None where there are several."""
    words = [token.strip(".-") for token in _TOKEN.findall(text)]
    numbered = [each for each in words if any(char.isdigit() for char in each)]
    long_enough = [each for each in numbered if len(each) >= SHORTEST]
    return long_enough[0] if len(long_enough) == 1 else None
