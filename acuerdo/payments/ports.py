"""What the core asks of a payment gateway."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class CreatedLink:
    """A link the gateway made; `gateway_id` is its name for it."""

    gateway_id: str
    url: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class GatewayPayment:
    """News of a payment: `reference` is the link's id of ours, `succeeded` whether money came."""

    gateway: str
    payment_id: str
    reference: str
    amount: Money
    paid_at: datetime
    succeeded: bool


class PaymentGateway(Protocol):
    """A provider of payment links."""

    @property
    def name(self) -> str:
        """Its name in addresses and tables."""
        ...

    async def create_link(self, reference: UUID, amount: Money, description: str) -> CreatedLink:
        """A link for an amount; the same reference gives the same link.

        Raises ProviderUnavailable, ProviderRefused or ProviderMisused.
        """
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...
