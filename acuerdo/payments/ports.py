"""What the core asks of a payment gateway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from acuerdo.external_events.ports import Stray
from acuerdo.values.money import Money

# The reason of a stray that tells of something else than money; it is kept, and nobody is asked.
NOT_ABOUT_MONEY: Final = "unknown_type"


@dataclass(frozen=True, slots=True)
class CreatedLink:
    """A link the gateway made; `gateway_id` is its name for it."""

    gateway_id: str
    url: str
    expires_at: datetime | None


class PaymentState(StrEnum):
    """What a gateway says has become of a payment.

    Money moves with `PAID`, `REFUNDED` (whole or in part), `CHARGED_BACK` and `CHARGEBACK_WON` (it
    came back after all); the others only tell. `PENDING` may still be paid, and so may `EXPIRED`: a
    voucher is sometimes paid after its time.
    """

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
    by this very news, above zero: of a refund in part, that part, not all that went back so far.
    `moved_at` is when it moved, as the gateway says, in UTC.
    `movement_id` is the gateway's name for what moved: told twice, in whatever news, it moved once.
    Of a payment that is its `payment_id`; no refund, chargeback or chargeback won shares it with
    that or with another of them. At most 200 printed signs. Where a link passes its time before
    anybody tried to pay, `payment_id` is the gateway's name for the link.
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
        """What a proven event says; pure, never raises, and says the same when asked again.

        A stray's reason is NOT_ABOUT_MONEY only where no money can have moved; every other one
        is looked at by a person.
        """
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...
