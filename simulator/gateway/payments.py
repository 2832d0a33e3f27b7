"""Links, the payments made through them, and what became of those."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far an attempt to pay came; what went back of it is told by refunds and disputes."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass
class Link:
    """A request for money. `amount` is a decimal string, as the product sent it."""

    id: str
    url: str
    reference: str
    amount: str
    currency: str
    description: str
    expires_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The answer to the product."""
        return {"id": self.id, "url": self.url, "expires_at": self.expires_at.isoformat()}


@dataclass(frozen=True)
class Refund:
    """Money that the merchant gave back."""

    id: str
    amount: Decimal
    at: datetime


@dataclass
class Dispute:
    """Money that the payer's bank took back, until the merchant wins it again."""

    id: str
    amount: Decimal
    at: datetime
    won_at: datetime | None = None


@dataclass
class Payment:
    """An attempt to pay a link, of its amount or of another one."""

    id: str
    link: Link
    amount: Decimal
    state: State
    created_at: datetime
    paid_at: datetime | None = None
    refunds: list[Refund] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)

    @property
    def refunded(self) -> Decimal:
        """What the merchant gave back of it."""
        return sum((refund.amount for refund in self.refunds), Decimal(0))

    @property
    def open_dispute(self) -> Dispute | None:
        """The chargeback that was not won."""
        return next((dispute for dispute in self.disputes if dispute.won_at is None), None)

    @property
    def left(self) -> Decimal:
        """What the merchant has of it."""
        if self.state is not State.SUCCEEDED:
            return Decimal(0)
        disputed = self.open_dispute.amount if self.open_dispute else Decimal(0)
        return self.amount - self.refunded - disputed

    @property
    def status(self) -> str:
        """What has become of it, in one word."""
        if self.open_dispute is not None:
            return "charged_back"
        if self.refunds:
            return "refunded" if self.refunded == self.amount else "partially_refunded"
        return self.state.value

    def as_json(self) -> dict[str, Any]:
        """The payment as events carry it."""
        return {
            "payment_id": self.id,
            "link_id": self.link.id,
            "reference": self.link.reference,
            "amount": str(self.amount),
            "currency": self.link.currency,
            "paid_at": self.paid_at.isoformat() if self.paid_at else None,
        }

    def as_record(self) -> dict[str, Any]:
        """The payment as reconciliation and the control API show it, with all that moved."""
        return {
            **self.as_json(),
            "status": self.status,
            "left": str(self.left),
            "refunds": [
                {"refund_id": refund.id, "amount": str(refund.amount), "at": refund.at.isoformat()}
                for refund in self.refunds
            ],
            "disputes": [
                {
                    "dispute_id": dispute.id,
                    "amount": str(dispute.amount),
                    "at": dispute.at.isoformat(),
                    "won_at": dispute.won_at.isoformat() if dispute.won_at else None,
                }
                for dispute in self.disputes
            ],
        }
