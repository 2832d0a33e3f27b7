"""Rows of the facts about money: what was stated, corrected, paid, and went back."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import BatchSealed
from acuerdo.bookkeeping.facts import MoneyEventKind
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named

_FACTS: Final = (
    "id",
    "debt_id",
    "kind",
    "source",
    "source_id",
    "at",
    "recorded_at",
    "paid_at",
    "currency",
    "amount_minor",
    "balance_minor",
    "overdue_minor",
    "interest_minor",
    "fees_minor",
    "is_dated",
    "reverses",
)


class MoneyEvent(BatchSealed, Identified, Base):
    """One fact about the money of a debt, once per `source` and its `source_id`; append-only.

    `at` is the moment at which it was true, `recorded_at` when it became known, `paid_at` when the
    money was paid. Minor units of the debt's currency: `amount_minor` of money that came or went
    back (below zero: it came again after all), the four amounts of a statement or a correction.
    `reverses` names the payment that went back as "source/source_id". `is_dated`: the statement
    says at which moment it was true.
    """

    __tablename__ = "money_event"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    sealed = _FACTS

    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    kind: Mapped[MoneyEventKind] = mapped_column(Named(MoneyEventKind))
    source: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    balance_minor: Mapped[int | None] = mapped_column(BigInteger)
    overdue_minor: Mapped[int | None] = mapped_column(BigInteger)
    interest_minor: Mapped[int | None] = mapped_column(BigInteger)
    fees_minor: Mapped[int | None] = mapped_column(BigInteger)
    is_dated: Mapped[bool]
    reverses: Mapped[str | None] = mapped_column(String(240))
