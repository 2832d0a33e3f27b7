"""News about money for tests: told by a gateway or a file, and asked about as the jobs do."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from acuerdo.bookkeeping.jobs import ask_people
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case
from acuerdo.cases.service import Decided, ResolutionWord
from acuerdo.debts.models import Debt
from acuerdo.external_events.models import ExternalEvent
from acuerdo.payments.models import PaymentLink
from acuerdo.payments.ports import GatewayEvent
from acuerdo.views.cases.views import CaseFilter, CaseLine
from tests.integration.payments.till import Till
from tests.integration.portfolio.files import a_creditor_row, a_debt_row, a_debtor_row, a_portfolio
from tests.integration.world import World

SIGNED = {"signed": "yes"}


class Clerk:
    """Who looks at what is asked about money, while Ana pays, and her creditor sends files."""

    def __init__(self, world: World, till: Till) -> None:
        self.world, self.till = world, till

    @classmethod
    async def begins(cls, world: World, **debt: Any) -> "Clerk":
        """Ana owes 320.50, has written and proven who she is."""
        return cls(world, await Till.open(world, **debt))

    async def asks(self) -> None:
        """What waits in the queue for a person is asked, however often."""
        async with self.world.db.transaction() as session:
            found = await session.execute(
                text("select args from procrastinate_jobs where task_name = :name order by id"),
                {"name": ask_people.name},
            )
            queued = [args for (args,) in found.all()]
        for args in queued:
            await self.world.cases.opening.money(**ask_people.read(args))

    async def gateway_posts(self, news: GatewayEvent) -> ExternalEvent:
        """The gateway tells; what it says is dealt with, and people are asked."""
        event = await self.gateway_posts_bytes(self.world.gateway.posted(news))
        await self.world.payment_events.handle(event.id)
        await self.asks()
        return event

    async def gateway_posts_bytes(self, body: bytes) -> ExternalEvent:
        """The gateway tells something; it is stored."""
        known = {each.id for each in await self.world.rows(ExternalEvent)}
        await self.world.payment_events.receive("sandbox", SIGNED, body)
        (event,) = [each for each in await self.world.rows(ExternalEvent) if each.id not in known]
        found: ExternalEvent = event
        return found

    async def pays(self, amount: str, asked: str = "120.50") -> GatewayEvent:
        """Ana pays an amount by her link, which was made for another."""
        self.world.clock.advance(minutes=1)
        links = await self.world.rows(PaymentLink)
        news = self.till.news(links[0].id if links else await self.till.link(asked), amount)
        await self.gateway_posts(news)
        return news

    async def pays_into_the_blue(self, amount: str = "100", **more: Any) -> ExternalEvent:
        """A payment comes that names no link of ours."""
        self.world.clock.advance(minutes=1)
        return await self.gateway_posts(self.till.news("nobody asked", amount, **more))

    async def file_says(self, balance: str, overdue: str = "0", **more: Any) -> None:
        """The creditor's file of today states a balance of Ana's debt."""
        self.world.clock.advance(days=1)
        ana = self.till.ana
        row = a_debt_row(
            id=ana.debt.external_id,
            creditor=ana.creditor.external_id,
            balance=balance,
            overdue=overdue,
            **({"interest": "0", "fees": "0"} | more),
        )
        creditor = a_creditor_row(
            id=ana.creditor.external_id, policy={"verification": {"factors": ["document_last4"]}}
        )
        debtor = a_debtor_row(id=ana.debtor.external_id, debts=[row])
        await self.world.portfolio.take_over(a_portfolio(debtor, creditors=[creditor]))
        await self.asks()

    async def comes_back(self) -> None:
        """Ana has paid everything, and the file asks again for all of it."""
        await self.pays("320.50", asked="320.50")
        await self.file_says("320.50", "120.50", interest="10.00", fees="5.00")

    async def cases(self) -> list[Case]:
        """The cases about money, the oldest first."""
        found = await self.world.rows(Case, Case.kind == CaseKind.MONEY)
        return sorted(found, key=lambda case: (case.opened_at, str(case.id)))

    async def line(self) -> CaseLine:
        """The one case about money as it is listed."""
        (line,) = (await self.world.core.views.cases.page(CaseFilter(CaseKind.MONEY))).lines
        return line

    async def question(self) -> MoneyQuestion:
        """What the one case asks."""
        news = (await self.line()).money
        assert news is not None
        return news.question

    async def decides(
        self,
        word: ResolutionWord,
        *,
        amount: Any = None,
        debt: str | None = None,
        case_id: UUID | None = None,
        reason: str = "Lo vimos con el acreedor.",
        **more: Any,
    ) -> None:
        """Resolve the one case, or another, as a person of the desk does."""
        decided = Decided(word, reason, amount, debt=debt)
        case_id = case_id or (await self.line()).id
        await self.world.cases.work.resolve(case_id, decided, by="desk:lucia", **more)

    async def debt(self) -> Debt:
        """Ana's debt as it stands."""
        (debt,) = await self.world.rows(Debt, Debt.id == self.till.ana.debt.id)
        found: Debt = debt
        return found

    async def events(self) -> list[tuple[str, str, int | None]]:
        """Kind, source and amount of all that is in the books, the oldest first."""
        found = await self.world.rows(MoneyEvent)
        ordered = sorted(found, key=lambda each: each.sequence)
        return [(each.kind.value, each.source, each.amount_minor) for each in ordered]
