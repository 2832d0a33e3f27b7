"""The table at which somebody proven agrees on something."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from acuerdo.agreements.models import Promise
from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.money import Money
from tests.builders import a_party
from tests.integration.world import Ana, World


class Table:
    """Ana, proven, in one conversation or more, with one debt."""

    def __init__(self, world: World, ana: Ana) -> None:
        self.world, self.ana = world, ana

    def party(self) -> VerifiedParty:
        """Ana in a conversation and a turn of its own."""
        return a_party(self.ana.debtor.id, uuid4(), turn_id=uuid4())

    async def debt(self, party: VerifiedParty) -> DebtView:
        """The debt as she hears it."""
        return await self.world.debts.choose(party)

    async def promise(
        self, party: VerifiedParty, amount: str = "100", days: int = 5, **more: Any
    ) -> PromiseProposal:
        """A promise that policy allows."""
        debt = await self.debt(party)
        terms = PromiseTerms(soles(amount), debt.today + timedelta(days=days))
        proposal = await self.world.agreements.propose_promise(
            party, debt, terms, words="pago el sábado", **more
        )
        assert isinstance(proposal, PromiseProposal)
        return proposal

    async def promises(self) -> list[Promise]:
        """The promises in the ledger, the oldest first."""
        found = await self.world.rows(Promise)
        return sorted(found, key=lambda promise: promise.recorded_at)


def soles(amount: str) -> Money:
    """Give an amount in soles."""
    return Money.of(amount, "PEN")


async def a_table(world: World, policy: dict[str, Any] | None = None, **debt: Any) -> Table:
    """Store Ana and sit down with her."""
    return Table(world, await Ana(policy, **debt).stored(world.db))
