"""What a creditor allows, as its portfolio says it. Pure."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from acuerdo.debts.factors import TWO_FACTORS, is_computable

Factor = Literal["document_last4", "birth_date", "account_last4"]
Frequency = Literal["weekly", "fortnightly", "monthly"]
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VerificationPolicy(_Part):
    """What a person must prove before anything is said, and how often they may fail."""

    factors: tuple[Factor, ...] = Field(default=TWO_FACTORS, min_length=1)
    max_attempts: int = Field(default=3, ge=1, le=10)

    @field_validator("factors")
    @classmethod
    def _independent(cls, factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
        if is_computable(factors):
            raise ValueError("one factor follows from another")
        return factors


class PromisePolicy(_Part):
    """Limits of a promise to pay: days from today, units of the currency, promises at once."""

    max_days: int = Field(default=10, ge=0, le=365)
    min_amount: Amount = Decimal(0)
    max_open: int = Field(default=1, ge=1, le=10)


class PlanPolicy(_Part):
    """Limits of a payment plan; amounts in units of the currency."""

    max_instalments: int = Field(default=6, ge=1, le=120)
    min_instalment: Amount = Decimal(0)
    frequencies: tuple[Frequency, ...] = Field(default=("monthly",), min_length=1)
    min_down_payment_percent: int = Field(default=0, ge=0, le=100)
    max_first_payment_days: int = Field(default=15, ge=0, le=365)


class SettlementPolicy(_Part):
    """How much may be forgiven for paying at once, and for how many days such an offer stands."""

    max_discount_percent: int = Field(default=0, ge=0, le=99)
    valid_days: int = Field(default=5, ge=0, le=90)


class PaymentPolicy(_Part):
    """How links to pay are made: by the gateway of this name; by the only one in use where none."""

    gateway: str | None = Field(default=None, min_length=1, max_length=32)


class CreditorPolicy(_Part):
    """All that a creditor allows."""

    verification: VerificationPolicy = VerificationPolicy()
    promise: PromisePolicy = PromisePolicy()
    plan: PlanPolicy = PlanPolicy()
    settlement: SettlementPolicy = SettlementPolicy()
    payment: PaymentPolicy = PaymentPolicy()


def days_late(due_on: date, today: date) -> int:
    """Whole days since a due date; zero while it has not passed."""
    return max(0, (today - due_on).days)
