"""What a case can be about. Pure."""

from enum import StrEnum
from typing import Final


class CaseKind(StrEnum):
    """What a person of ours must look into."""

    DISPUTE = "dispute"
    PAYMENT_CLAIM = "payment_claim"
    DATA_REQUEST = "data_request"
    DEATH = "death"
    REPRESENTATIVE = "representative"
    HARDSHIP = "hardship"
    MONEY = "money"


# Those that end contact about the whole person; only an explicit word lifts that.
STOPPING: Final = frozenset({CaseKind.DEATH, CaseKind.REPRESENTATIVE})
