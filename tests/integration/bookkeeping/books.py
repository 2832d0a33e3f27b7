"""A debt whose money is told by files, by a gateway and by people, in whatever order."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from acuerdo.agreements.models import Instalment, Plan, Promise
from acuerdo.agreements.offers import PlanWish
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.values.money import Money
from tests.integration.payments.till import Till
from tests.integration.portfolio.files import a_portfolio
from tests.integration.world import World


class Books:
    """Ana's one debt of 320.50, of which 120.50 are overdue, and what is told about it."""

    def __init__(self, world: World, till: Till) -> None:
        self.world, self.till = world, till

    @classmethod
    async def open(cls, world: World, policy: dict[str, Any] | None = None, **debt: Any) -> "Books":
        books = cls(world, await Till.open(world, policy, **debt))
        world.clock.advance(minutes=1)
        return books

    async def file_says(
        self, balance: str, overdue: str = "0", *, as_of: datetime | None = None
    ) -> None:
        """A portfolio says what Ana owes."""
        debt = await self.till.row()
        ana = self.till.ana
        row = {
            "id": ana.debtor.external_id,
            "name": ana.debtor.name,
            "document": "45671234",
            "birth_date": "1990-03-02",
            "country": "PE",
            "timezone": ana.debtor.timezone,
            "debts": [
                {
                    "id": debt.external_id,
                    "creditor": ana.creditor.external_id,
                    "product": debt.product,
                    "currency": "PEN",
                    "balance": balance,
                    "overdue": overdue,
                    "due_on": debt.due_on.isoformat(),
                }
            ],
        }
        portfolio = a_portfolio(row, creditors=[])
        if as_of is not None:
            portfolio["as_of"] = as_of.isoformat()
        await self.world.portfolio.take_over(portfolio)

    async def goes_back(
        self, news: GatewayEvent, amount: str | None = None, **more: Any
    ) -> GatewayEvent:
        """The gateway tells that money of a payment went back."""
        told = self.reversal(news, amount, **more)
        await self.world.is_paid(told)
        return told

    def reversal(self, news: GatewayEvent, amount: str | None = None, **more: Any) -> GatewayEvent:
        """What a gateway tells of a refund."""
        usual: dict[str, Any] = {
            "event_id": f"{news.event_id}-back",
            "movement_id": f"{news.movement_id}-back",
            "amount": news.amount if amount is None else Money.of(amount, "PEN"),
            "moved_at": self.world.clock.now(),
            "state": PaymentState.REFUNDED,
        }
        return replace(news, **(usual | more))

    async def agrees_on_plan(self, instalments: int = 3) -> None:
        """A plan, accepted."""
        world, till = self.world, self.till
        (option,) = await world.agreements.propose_plans(
            till.party, await till.debt(), PlanWish(instalments=instalments), words="en tres"
        )
        await world.agreements.accept(till.party, option.id)
        world.clock.advance(minutes=1)

    async def owed(self) -> tuple[DebtStatus, str, str]:
        """How the debt stands: status, balance, overdue."""
        debt = await self.till.row()
        return debt.status, debt.balance.plain(), debt.overdue.plain()

    async def parts(self) -> list[tuple[str, str]]:
        """The instalments: their state, and what is left of each."""
        found = sorted(await self.world.rows(Instalment), key=lambda part: part.number)
        return [(part.state.value, part.left.plain()) for part in found]

    async def events(self) -> list[MoneyEvent]:
        """The facts in the order in which they became known."""
        async with self.world.db.transaction() as session:
            found = await session.scalars(select(MoneyEvent).order_by(MoneyEvent.sequence))
            return list(found)

    async def standing(self) -> dict[str, Any]:
        """All that follows from money: of the debt, its promises and plans."""
        debt: Debt = await self.till.row()
        promises = sorted(await self.world.rows(Promise), key=lambda each: each.recorded_at)
        plans = sorted(await self.world.rows(Plan), key=lambda each: each.recorded_at)
        return {
            "debt": (debt.status, debt.amounts, debt.surplus_minor, debt.withheld_minor),
            "promises": [(each.state, each.paid_minor) for each in promises],
            "plans": [each.state for each in plans],
            "parts": await self.parts(),
        }


DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
