"""What news about money says to the person of ours who looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases import repository
from acuerdo.debts.models import Debt
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.external_events.ports import Stray
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.values.money import Money

_GATEWAYS: Final = "payments."
# What is asked about a fact that was written down; the rest is about a webhook as it came.
ABOUT_FACTS: Final = frozenset({MoneyQuestion.SURPLUS, MoneyQuestion.CAME_BACK})


@dataclass(frozen=True, slots=True)
class MoneyNews:
    """News about money, and what a person is asked about it.

    `amount` is what moved, or the balance that a file states; None where nobody can read it, as
    `moved_at` and `state`. Of a webhook: `event_id` is the gateway's name for it, `reason` why
    nothing followed from it, `event_state` what has become of it.
    """

    question: MoneyQuestion
    source: str
    amount: Money | None
    moved_at: datetime | None
    received_at: datetime
    state: PaymentState | None = None
    event_id: str | None = None
    reason: str | None = None
    event_state: EventState | None = None


async def news_about(
    session: AsyncSession, gateways: Gateways, asked: Mapping[UUID, MoneyQuestion]
) -> dict[UUID, MoneyNews]:
    """What is known of the subjects of cases about money, by their ids."""
    facts = [each for each, question in asked.items() if question in ABOUT_FACTS]
    webhooks = [each for each, question in asked.items() if question not in ABOUT_FACTS]
    found: dict[UUID, MoneyNews] = {}
    for event, debt in await repository.money_events(session, facts):
        found[event.id] = news_of_fact(event, debt, asked[event.id])
    for webhook in await repository.webhooks(session, webhooks):
        found[webhook.id] = news_of_webhook(gateways, webhook, asked[webhook.id])
    return found


def news_of_fact(event: MoneyEvent, debt: Debt, question: MoneyQuestion) -> MoneyNews:
    """What a fact about the money of a debt says."""
    minor = event.amount_minor if event.amount_minor is not None else event.balance_minor
    return MoneyNews(
        question=question,
        source=event.source,
        amount=None if minor is None else Money(minor, debt.currency),
        moved_at=event.paid_at or event.at,
        received_at=event.recorded_at,
    )


def news_of_webhook(
    gateways: Gateways, webhook: ExternalEvent, question: MoneyQuestion
) -> MoneyNews:
    """What a stored webhook of a gateway says."""
    said = event_in(gateways, webhook)
    return MoneyNews(
        question=question,
        source=webhook.source,
        amount=None if said is None else said.amount,
        moved_at=None if said is None else said.moved_at,
        received_at=webhook.received_at,
        state=None if said is None else said.state,
        event_id=webhook.event_id,
        reason=webhook.reason,
        event_state=webhook.state,
    )


def event_in(gateways: Gateways, webhook: ExternalEvent) -> GatewayEvent | None:
    """The event that a stored webhook holds; None where nobody can read it."""
    gateway = gateways.by_name.get(webhook.source.removeprefix(_GATEWAYS))
    if gateway is None:
        return None
    said = gateway.parse(webhook.body.encode())
    return None if isinstance(said, Stray) else said
