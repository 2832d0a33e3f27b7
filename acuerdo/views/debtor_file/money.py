"""Money that moved, as it stands in a debtor's file, and what each movement is called. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from acuerdo.bookkeeping.facts import MoneyEventKind
from acuerdo.values.money import Money
from acuerdo.wording.words import WORDS


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """Money that arrived."""

    debt_id: UUID
    amount: Money
    gateway: str
    paid_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MoneyEventRecord:
    """One fact about the money of a debt: what moved, or the balance that was stated or corrected.

    `amount` of a reversal is below zero where what had gone back came again.
    """

    debt_id: UUID
    kind: MoneyEventKind
    source: str
    amount: Money
    at: datetime
    paid_at: datetime | None
    recorded_at: datetime

    @property
    def came_again(self) -> bool:
        """Whether what had gone back came again after all."""
        return self.kind is MoneyEventKind.REVERSAL and self.amount.minor < 0

    @property
    def size(self) -> Money:
        """The amount without its sign."""
        return Money(abs(self.amount.minor), self.amount.currency)


def say_movement(event: MoneyEventRecord) -> str:
    """What happened: a balance was stated or corrected, money came, went back, or came again."""
    return str(WORDS["money_event"]["returned" if event.came_again else event.kind.value])
