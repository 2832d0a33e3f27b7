"""Why a debt is not accepted."""

import re
from typing import Final

from acuerdo.values.requests import DisputeReason

_WORDS: Final = (
    (DisputeReason.IDENTITY_THEFT, r"suplanta|robar?on mi|clon|falsific|fraude|a mi nombre|usaron"),
    (DisputeReason.NOT_RECEIVED, r"no (?:me )?(?:lleg|recib|entreg|instal|funcion|sirv)|nunca me"),
    (
        DisputeReason.WRONG_AMOUNT,
        r"monto|cobran? de m[aá]s|de m[aá]s|incorrect|no es (?:eso|tanto|esa cantidad)|inter[eé]s",
    ),
    (
        DisputeReason.NOT_MINE,
        r"no es m[ií]|no (?:la )?reconozco|no (?:es|son) m[ií]|jam[aá]s"
        r"|nunca (?:saqu|ped|compr|contrat|tuve)|no (?:saqu|ped|compr|contrat)",
    ),
)
_REASONS: Final = tuple((reason, re.compile(words)) for reason, words in _WORDS)


def dispute_reason(text: str) -> DisputeReason | None:
    """Read the reason that the words give; None where they give none."""
    lowered = text.lower()
    return next((reason for reason, said in _REASONS if said.search(lowered)), None)
