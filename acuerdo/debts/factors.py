"""Which proofs are asked of whom: two, and none that can be computed from another. Pure.

A Mexican CURP, RFC or voter's key begins with letters of the name and holds the birth date, and the
rest of it follows from name and place of birth: beside it a birth date proves nothing. Source: DOF
18-06-2018 (Instructivo Normativo para la CURP), numeral 5; SAT, anexo 1 de la estructura del RFC.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

DOCUMENT: Final = "document"
DOCUMENT_LAST4: Final = "document_last4"
BIRTH_DATE: Final = "birth_date"
ACCOUNT_LAST4: Final = "account_last4"

TWO_FACTORS: Final = (DOCUMENT_LAST4, BIRTH_DATE)
_DOCUMENTS: Final = frozenset({DOCUMENT, DOCUMENT_LAST4})
# Letters of the name and then the day of birth, in two figures each: year, month, day.
_BORN_IN_DOCUMENT: Final = re.compile(r"[A-Z]{3,6}\d\d(\d\d)(\d\d)[0-9A-Z]{3,8}")


def holds_birth_date(document: str) -> bool:
    """Whether a document (digits and capitals only) holds its owner's birth date."""
    found = _BORN_IN_DOCUMENT.fullmatch(document)
    if found is None:
        return False
    month, day = int(found[1]), int(found[2])
    return 1 <= month <= 12 and 1 <= day <= 31


def is_computable(factors: Sequence[str]) -> bool:
    """Whether one of the factors of a policy follows from another, whoever is asked."""
    return len(_DOCUMENTS & set(factors)) > 1 or len(set(factors)) < len(factors)


def asked_of_known(
    wanted: Sequence[str], document: str | None, birth_date: date | None
) -> tuple[str, ...]:
    """The factors of a person whose address is known, after what the creditors want.

    What we do not know of them, and a birth date that their document (normal form) tells, gives way
    to the ending of their account.
    """
    said_by_document = document is not None and bool(_DOCUMENTS & set(wanted))
    told = said_by_document and holds_birth_date(document or "")
    gives_way = {
        DOCUMENT: document is None,
        DOCUMENT_LAST4: document is None,
        BIRTH_DATE: birth_date is None or told,
    }
    asked = (ACCOUNT_LAST4 if gives_way.get(each) else each for each in wanted)
    return tuple(dict.fromkeys(asked))


def asked_beside(document: str) -> str:
    """What is asked of somebody unknown who has given a whole document (normal form)."""
    return ACCOUNT_LAST4 if holds_birth_date(document) else BIRTH_DATE
