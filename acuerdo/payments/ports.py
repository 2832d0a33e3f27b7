"""What the core asks of a payment gateway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from acuerdo.external_events.ports import Stray
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class CreatedLink:
    """A link the gateway made; `gateway_id` is its name for it."""

    gateway_id: str
    url: str
    expires_at: datetime | None


class PaymentState(StrEnum):
    """What a gateway says has become of a payment."""

    PENDING = "pending"
    PAID = "paid"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"
    CHARGEBACK_WON = "chargeback_won"


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """News of a payment: `reference` is the link's id of ours, empty where the news has none.

    `event_id` is the gateway's name for the news, empty where it gives none. `amount` is what moved
    by this very news, above zero: of a refund in part, that part. `moved_at` is when it moved, as
    the gateway says. `movement_id` is the gateway's name for what moved (of a payment that came its
    `payment_id`): told twice, in whatever news, it moved once.
    """

    gateway: str
    event_id: str
    payment_id: str
    movement_id: str
    reference: str
    amount: Money
    moved_at: datetime
    state: PaymentState


class PaymentGateway(Protocol):
    """A provider of payment links, and of news of what was paid."""

    @property
    def name(self) -> str:
        """Its name in addresses and tables."""
        ...

    async def create_link(self, reference: UUID, amount: Money, description: str) -> CreatedLink:
        """A link for an amount; the same reference gives the same link.

        Raises ProviderUnavailable, ProviderRefused or ProviderMisused.
        """
        ...

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Raise GatewayEventForged unless the gateway sent these very bytes, not too long ago.

        Names of `headers` are found however they are written.
        """
        ...

    def parse(self, body: bytes) -> GatewayEvent | Stray:
        """What a proven event says; pure, never raises, and says the same when asked again."""
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...
