"""Whether an amount is offered to be done with the debt."""

import re
from typing import Final

_CLOSING: Final = re.compile(
    r"\b(salda\w*|finiquit\w*|cerr(?:ar|amos|emos)\w*|cierr\w*|cancel\w* (?:todo|la deuda)|"
    r"quedar? a mano|liquid\w*|y listo|y ya est[aá]|quita|paz y salvo)\b",
    re.I,
)


def closes_debt(text: str) -> bool:
    """Tell whether the words are about being done with the debt: "se los doy y listo"."""
    return _CLOSING.search(text) is not None
