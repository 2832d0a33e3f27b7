"""Cases for tests: opened as the dialogue opens them, and looked at as they stand."""

from decimal import Decimal
from uuid import UUID, uuid4

from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case, CaseEvent, CaseStep
from acuerdo.cases.service import Decided, ResolutionWord
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, Debtor
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason
from tests.integration.world import Ana, World


class Work:
    """Ana in a conversation, proven, and the cases that come of it."""

    def __init__(self, world: World, ana: Ana, talk: UUID) -> None:
        self.world, self.ana, self.talk = world, ana, talk

    @classmethod
    async def begun(cls, world: World) -> "Work":
        """Ana has written and proven who she is."""
        ana = await Ana().stored(world.db)
        talk = await world.someone_writes("hola")
        await world.turns.reply_to(talk)
        await world.verify(talk)
        return cls(world, ana, talk)

    async def party(self) -> VerifiedParty:
        return await self.world.identity.party(self.talk, uuid4())

    async def debt_view(self) -> DebtView:
        (debt,) = await self.world.debts.statement(await self.party())
        return debt

    async def opens(self, kind: CaseKind) -> Case:
        """Open a case of a kind by the dialogue's use case."""
        opening = self.world.cases.opening
        match kind:
            case CaseKind.DISPUTE:
                await opening.dispute(
                    await self.party(), self.ana.debt.id, DisputeReason.WRONG_AMOUNT, "no es tanto"
                )
            case CaseKind.PAYMENT_CLAIM:
                await opening.payment_claim(
                    await self.party(),
                    await self.debt_view(),
                    amount=Money(10000, "PEN"),
                    paid_on=None,
                    has_proof=True,
                    words="ya pagué 100",
                )
            case CaseKind.DATA_REQUEST:
                await opening.data_request(self.talk, "borren mis datos")
            case CaseKind.DEATH:
                await opening.death(self.talk, "falleció en marzo")
            case CaseKind.REPRESENTATIVE:
                await opening.representative(self.talk, "hablen con mi abogado")
            case CaseKind.HARDSHIP:
                await opening.hardship(await self.party(), "me quedé sin trabajo")
            case CaseKind.MONEY:
                await opening.money(MoneyQuestion.SURPLUS, await self.pays_too_much())
        return await self.case(kind)

    async def pays_too_much(self) -> UUID:
        """More comes than is owed, once; the fact about it."""
        now = self.world.clock.now()
        async with self.world.db.transaction() as session:
            debt = await debts.lock_debt(session, self.ana.debt.id)
            await self.world.payments.bookkeeping.came(
                session, debt, 50000, source="claim", source_id="p-1", at=now, paid_at=now
            )
        (event,) = await self.world.rows(MoneyEvent, MoneyEvent.source_id == "p-1")
        found: UUID = event.id
        return found

    async def case(self, kind: CaseKind) -> Case:
        """The one case of a kind as it stands."""
        found: Case
        (found,) = await self.world.rows(Case, Case.kind == kind)
        return found

    async def resolves(
        self,
        case: Case,
        word: ResolutionWord,
        *,
        amount: str | None = None,
        lifts_stop: bool = False,
        reason: str = "Lo revisamos con el acreedor.",
    ) -> None:
        """Resolve a case as a person of the desk does."""
        decided = Decided(word, reason, None if amount is None else Decimal(amount), lifts_stop)
        await self.world.cases.work.resolve(case.id, decided, by="desk:lucia")

    async def steps(self, case: Case) -> list[CaseStep]:
        """What was done about a case, in order."""
        events = await self.world.rows(CaseEvent, CaseEvent.case_id == case.id)
        return [each.step for each in sorted(events, key=lambda each: each.id)]

    async def debt(self) -> Debt:
        """The debt as it stands."""
        found: Debt
        (found,) = await self.world.rows(Debt)
        return found

    async def debtor(self) -> Debtor:
        """Ana as she stands."""
        found: Debtor
        (found,) = await self.world.rows(Debtor)
        return found

    async def last_words(self) -> str:
        """What was said to her last."""
        return (await self.world.said(self.talk))[-1].text

    async def holds(self) -> bool:
        """Whether the debt waits for a check."""
        view = await self.debt_view()
        return view.disputed or view.claimed_paid
