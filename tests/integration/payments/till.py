"""A debtor who can pay, and the gateway's news of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from acuerdo.agreements.models import Promise, PromiseState
from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.debts.models import Debt
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.payments.models import PaymentLink
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.values.money import Money
from tests.integration.world import Ana, World


def soles(amount: str) -> Money:
    return Money.of(amount, "PEN")


class Till:
    """Ana, proven in a conversation, who can pay her debt."""

    def __init__(self, world: World, ana: Ana, party: VerifiedParty) -> None:
        self.world, self.ana, self.party = world, ana, party

    @classmethod
    async def open(cls, world: World, policy: dict[str, Any] | None = None, **debt: Any) -> "Till":
        ana = await Ana(policy, **debt).stored(world.db)
        conversation_id = await world.someone_writes()
        await world.turns.reply_to(conversation_id)
        await world.verify(conversation_id, minutes=100_000)
        return cls(world, ana, await world.identity.party(conversation_id))

    async def debt(self) -> DebtView:
        return await self.world.debts.choose(self.party)

    async def link(self, amount: str) -> UUID:
        """The reference of a link for an amount."""
        await self.world.payments.link(self.party, await self.debt(), soles(amount))
        links = await self.world.rows(PaymentLink)
        return max(links, key=lambda link: link.created_at).id

    async def pays(self, amount: str, **more: Any) -> GatewayEvent:
        """A payment through a new link."""
        self.world.clock.advance(minutes=1)
        news = self.news(await self.link(amount), amount, **more)
        await self.world.is_paid(news)
        return news

    def news(self, reference: object, amount: str, **more: Any) -> GatewayEvent:
        """What the gateway tells."""
        payment_id = more.pop("payment_id", None) or f"pay-{uuid4()}"
        usual: dict[str, Any] = {
            "gateway": "sandbox",
            "event_id": f"evt-{uuid4()}",
            "payment_id": payment_id,
            "movement_id": payment_id,
            "reference": str(reference),
            "amount": soles(amount),
            "moved_at": self.world.clock.now(),
            "state": PaymentState.PAID,
        }
        return GatewayEvent(**(usual | more))

    @staticmethod
    def changed(news: GatewayEvent, **changes: Any) -> GatewayEvent:
        """The same news, but for some of it."""
        return replace(news, **changes)

    async def row(self) -> Debt:
        """The debt in the ledger."""
        (debt,) = await self.world.rows(Debt)
        return debt

    async def promises(self, amount: str, days: int = 5, *, settles: bool = False) -> None:
        """A promise, accepted."""
        debt = await self.debt()
        terms = PromiseTerms(soles(amount), debt.today + timedelta(days=days), settles)
        proposal = await self.world.agreements.propose_promise(
            self.party, debt, terms, words="pago"
        )
        assert isinstance(proposal, PromiseProposal)
        await self.world.agreements.accept(self.party, proposal.id)
        self.world.clock.advance(minutes=1)

    async def promise_states(self) -> list[PromiseState]:
        found = await self.world.rows(Promise)
        return [each.state for each in sorted(found, key=lambda promise: promise.recorded_at)]
