"""What is due is the same wherever it is said or charged (B06)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import update

from actions.action import CoreAction
from actions.conversation import Cancel
from actions.debt import Balance, DebtDetails, DueDate
from actions.promise import Promise as PromiseAction
from actions.promise import Remind
from acuerdo.agreements.debtor_offers import DraftedPromise
from acuerdo.agreements.drafting import StatedTerms
from acuerdo.agreements.models import Instalment, Promise, PromiseState
from acuerdo.agreements.offers import PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.platform.db.base import Base
from acuerdo.values.money import Money
from tests.builders import a_creditor, a_debt, saved
from tests.clock import A_MONDAY
from tests.domain import responses
from tests.integration.payments.till import Till, soles
from tests.integration.world import World

NOTHING_NAMED: Final = StatedTerms()


@dataclass
class Counter:
    """Ana, proven in a conversation: what she agrees on, what came of it, what she hears."""

    world: World
    till: Till

    @property
    def party(self) -> VerifiedParty:
        """Ana, proven."""
        return self.till.party

    async def debt(self, external_id: str | None = None) -> DebtView:
        """A debt as she hears it."""
        debts = await self.world.debts.statement(self.party)
        return next(each for each in debts if external_id in (None, each.external_id))

    async def agrees_on_a_plan(self, count: int = 3, debt: str | None = None) -> None:
        """A plan of so many instalments, accepted."""
        owed = await self.debt(debt)
        first, *_ = await self.world.agreements.propose_plans(
            self.party, owed, PlanWish(instalments=count), words="en partes"
        )
        await self.world.agreements.accept(self.party, first.id)
        self.world.clock.advance(minutes=1)

    async def promises(self, amount: str, days: int, debt: str | None = None) -> None:
        """A promise for so many days from today, accepted."""
        owed = await self.debt(debt)
        terms = PromiseTerms(
            Money.of(amount, owed.balance.currency), owed.today + timedelta(days=days)
        )
        proposal = await self.world.agreements.propose_promise(
            self.party, owed, terms, words="pago"
        )
        assert isinstance(proposal, PromiseProposal)
        await self.world.agreements.accept(self.party, proposal.id)
        self.world.clock.advance(minutes=1)

    async def was_paid(self, kind: type[Base], minor: int, **where: Any) -> None:
        """So much has come of a promise or an instalment."""
        async with self.world.db.transaction() as session:
            asked = update(kind).values(paid_minor=minor)
            await session.execute(asked.filter_by(**where))

    async def days(self) -> list[date]:
        """The days of the instalments, in order."""
        parts = await self.world.rows(Instalment)
        return sorted(part.due_on for part in parts)

    async def is_charged(self, debt: str | None = None) -> str:
        """For how much a link is that names no amount."""
        link = await self.world.payments.link_for(self.party, await self.debt(debt), NOTHING_NAMED)
        return link.amount.plain()

    async def hears(self, kind: type[CoreAction], text: str = "hola", voice: bool = False) -> str:
        """What an action of the engine says to her, worded."""
        tracker = Tracker(
            sender_id=str(self.party.conversation_id),
            slots={},
            latest_message={
                "text": text,
                "intent": {"name": ""},
                "metadata": {
                    "facts": {
                        "turn": str(UUID(int=7)),
                        "verified": True,
                        "country": "PE",
                        "timezone": "America/Lima",
                    }
                },
            },
            events=[{"event": "user", "text": text}],
            paused=False,
            followup_action=None,
            active_loop={},
            latest_action_name="action_listen",
        )
        dispatcher = CollectingDispatcher()
        await kind(self.world.core).run(dispatcher, tracker, {})
        return "\n".join(_worded(message, voice=voice) for message in dispatcher.messages)


def _worded(message: dict[str, Any], *, voice: bool) -> str:
    wordings = responses()[message["response"]]
    spoken = [each for each in wordings if each.get("channel") == "voice"]
    written = [each for each in wordings if "channel" not in each]
    text: str = (spoken if voice and spoken else written)[0]["text"]
    return text.format(**{key: value for key, value in message.items() if value is not None})


@pytest.fixture
async def counter(world: World) -> Counter:
    """Ana, who owes 320.50, 120.50 of it overdue; her creditor takes any promise."""
    policy = {
        "verification": {"factors": ["document_last4"]},
        "promise": {"max_days": 60, "min_amount": "50", "max_open": 3},
        "plan": {"max_instalments": 6, "min_instalment": "50"},
    }
    world.clock.move_to(A_MONDAY + timedelta(days=1))
    return Counter(world, await Till.open(world, policy))


@pytest.mark.parametrize("voice", [False, True])
async def test_b06_with_a_plan_the_next_instalment_is_due(counter: Counter, voice: bool) -> None:
    await counter.agrees_on_a_plan()
    said = await counter.hears(DueDate, "¿cuándo es mi próxima cuota y de cuánto?", voice)
    assert "su próxima cuota es el martes 1 de diciembre" in said
    assert "S/ 106.83" in said
    for wrong in ("120.50", "octubre", "han pasado"):
        assert wrong not in said
    balance = await counter.hears(Balance, "cuánto debo", voice)
    assert "S/ 320.50 en total" in balance
    assert "S/ 106.83" in balance
    assert "vencid" not in balance
    assert "S/ 106.83" in await counter.hears(DebtDetails) or voice
    assert await counter.is_charged() == "106.83"


async def test_b06_what_was_paid_of_an_instalment_is_not_charged_again(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    await counter.was_paid(Instalment, 4000, number=1)
    assert await counter.is_charged() == "66.83"
    assert "S/ 66.83" in await counter.hears(DueDate)


async def test_b06_without_overdue_left_it_is_still_the_instalment(counter: Counter) -> None:
    # the example: 106.83 had been paid of the 120.50 that were overdue, and 13.67 was charged
    await counter.agrees_on_a_plan()
    await counter.till.pays("106.83")
    await counter.was_paid(Instalment, 10683, number=1)
    assert (await counter.debt()).overdue == soles("13.67")
    assert await counter.is_charged() == "106.83"
    said = await counter.hears(DueDate)
    assert "1 de enero de 2027" in said


async def test_b06_missed_instalments_are_due_together(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    await counter.was_paid(Instalment, 683, number=1)
    counter.world.clock.advance(days=40)
    first, second, _ = await counter.days()
    assert first < second < counter.world.clock.now().date()
    assert await counter.is_charged() == "206.83"
    said = await counter.hears(DueDate)
    assert "falta pagar S/ 206.83, pendiente desde el martes 1 de diciembre" in said
    reminded = await counter.hears(Remind)
    assert "S/ 206.83" in reminded
    assert "todavía no veo registrado" in reminded


async def test_b06_of_a_promise_what_is_left_is_due(counter: Counter) -> None:
    await counter.promises("100", 4)
    await counter.was_paid(Promise, 4000)
    assert await counter.is_charged() == "60.00"
    for kind in (DueDate, Balance, Remind, Cancel):
        said = await counter.hears(kind)
        assert "S/ 60.00" in said, kind
        assert "100.00" not in said, kind
        assert "sábado 28 de noviembre" in said, kind


async def test_b06_a_promise_said_again_is_the_one_that_stands_with_its_rest(
    counter: Counter,
) -> None:
    await counter.promises("100", 4)
    await counter.was_paid(Promise, 4000)
    for words in ("te pago 100 el sábado", "te pago los 60 el sábado", "te pago el sábado"):
        said = await counter.hears(PromiseAction, words)
        assert "ya lo tengo anotado: le toca pagar S/ 60.00" in said
    assert len(await counter.world.rows(Promise)) == 1


async def test_b06_the_rest_of_a_promise_may_be_moved_however_small(counter: Counter) -> None:
    await counter.promises("100", 4)
    await counter.was_paid(Promise, 9000)
    debt = await counter.debt()
    offers = counter.world.core.agreements.debtor_offers
    later = (debt.today + timedelta(days=6),)
    drafted = await offers.promise(
        counter.party, debt, StatedTerms(days=later, last_days=later), words="", moving=True
    )
    assert isinstance(drafted, DraftedPromise)
    assert isinstance(drafted.verdict, PromiseProposal)
    assert drafted.verdict.terms.amount == soles("10")


async def test_b06_of_a_promise_and_a_plan_the_earlier_day_is_due(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    await counter.promises("50", 3)
    assert await counter.is_charged() == "50.00"
    assert "viernes 27 de noviembre" in await counter.hears(DueDate)
    await counter.was_paid(Promise, 5000)
    assert await counter.is_charged() == "106.83"


async def test_b06_lo_pendiente_is_what_was_agreed(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    offers = counter.world.core.agreements.debtor_offers
    debt, said = await counter.debt(), StatedTerms(relative="overdue")
    drafted = await offers.promise(counter.party, debt, said, words="", moving=False)
    assert isinstance(drafted, DraftedPromise)
    assert (drafted.draft.amount, drafted.due) == (soles("106.83"), soles("106.83"))


async def test_b06_each_of_several_debts_by_what_was_agreed_about_it(counter: Counter) -> None:
    ana = counter.till.ana
    gas = a_debt(ana.debtor, ana.creditor, product="gas", balance="800", overdue="300")
    water = a_debt(
        ana.debtor, ana.creditor, product="agua", balance="90", overdue="0", days_late=-9
    )
    await saved(counter.world.db, gas, water)
    await counter.promises("200", 9, gas.external_id)
    await counter.agrees_on_a_plan(3, ana.debt.external_id)
    said = await counter.hears(DueDate)
    assert "servicio eléctrico, su próxima cuota es el martes 1 de diciembre" in said
    assert "Por gas, según lo acordado, le toca pagar S/ 200.00" in said
    assert "Por agua la fecha de pago es" in said
    charged = [await counter.is_charged(each.external_id) for each in (ana.debt, gas, water)]
    assert charged == ["106.83", "200.00", "90.00"]
    # who is reminded hears of the nearest day, whatever debt is older
    assert "S/ 106.83" in await counter.hears(Remind)
    counter.world.clock.advance(days=9)
    assert "S/ 200.00" in await counter.hears(Remind)


async def test_b06_a_debt_that_is_looked_into_is_not_said_to_be_due(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    await counter.world.cases.opening.payment_claim(
        counter.party, await counter.debt(), amount=None, paid_on=None, has_proof=False, words="ya"
    )
    for kind in (DueDate, Balance):
        said = await counter.hears(kind)
        assert "Estamos comprobando el pago" in said
        assert "106.83" not in said
    assert (
        await counter.world.current_agreements.to_remind_of(counter.party, [await counter.debt()])
        is None
    )


async def test_b06_in_another_country_and_currency(world: World) -> None:

    till = await Till.open(world)
    counter = Counter(world, till)
    creditor = a_creditor(country="CO", name="Tienda del Sol")
    tv = a_debt(till.ana.debtor, creditor, product="televisor", balance="1250000", overdue="420000")
    await saved(counter.world.db, creditor, tv)
    await counter.promises("400000", 3, tv.external_id)
    await counter.was_paid(Promise, 15_000_000)
    assert await counter.is_charged(tv.external_id) == "250000.00"
    assert "COP 250,000" in await counter.hears(DueDate)


async def test_b06_what_is_missing_of_a_broken_promise_is_said_and_nothing_where_it_came(
    counter: Counter,
) -> None:
    await counter.promises("100", 4)
    await counter.was_paid(Promise, 4000)
    counter.world.clock.advance(days=6)
    (promise,) = await counter.world.rows(Promise)
    await counter.world.agreement_follow_up.break_if_overdue(promise.id)
    (promise,) = await counter.world.rows(Promise)
    assert promise.state is PromiseState.BROKEN
    said = await counter.hears(Remind)
    assert "quedado en un pago para el sábado 28 de noviembre" in said
    assert "falta S/ 60.00" in said
    # and the link, the answer about the date and the balance say the same
    assert await counter.is_charged() == "60.00"
    assert "falta S/ 60.00" in await counter.hears(DueDate)
    assert "S/ 60.00" in await counter.hears(Balance, "cuánto debo")
    await counter.was_paid(Promise, 10000)
    assert await counter.hears(Remind) == ""
    assert await counter.is_charged() == "120.50"


async def test_b06_the_desk_the_file_and_the_dossier_say_the_same(counter: Counter) -> None:
    await counter.agrees_on_a_plan()
    await counter.was_paid(Instalment, 4000, number=1)
    world, name = counter.world, counter.till.ana.debtor.external_id
    file = await world.debtor_files.as_json(name)
    first, *_ = await counter.days()
    expected = {"amount": "66.83", "due_on": first.isoformat(), "basis": "instalment"}
    assert file["debts"][0]["due"] == expected
    parts = file["plans"][0]["instalments"]
    assert [each["left"] for each in parts] == ["66.83", "106.83", "106.84"]
    card = await world.core.views.desk.card(counter.party.conversation_id)
    (item,) = card.debts
    assert item.due is not None
    assert (item.due.amount, item.due.day, item.due.is_late) == (soles("66.83"), first, False)
    dossier = await world.core.views.dossiers.of(name, by="test")
    lines = "\n".join(f"{line.detail} {line.result}" for line in dossier.lines)
    assert f"Corresponde pagar S/ 66.83 el {first.isoformat()} (por su convenio)" in lines
    assert "Pendiente, faltan S/ 66.83" in lines
