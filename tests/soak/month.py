"""A month of many debtors in virtual time: what happens to them, and what must have held."""

import heapq
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.ports import OutboundMessage
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.platform.errors import AcuerdoError
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason, Scope
from tests.builders import a_contact_point, a_creditor, a_debt, a_debtor, a_party
from tests.integration.world import World, an_inbound
from tests.soak.virtual import VirtualWorkers

DAYS: Final = 30
# Zones of a country besides its most populous one.
_OTHER_ZONES: Final = {
    "MX": ("America/Tijuana", "America/Cancun"),
    "CL": ("America/Punta_Arenas",),
    "EC": ("Pacific/Galapagos",),
    "ES": ("Atlantic/Canary",),
    "US": ("America/Los_Angeles", "America/Chicago"),
}
_numbers = count(1)


class Silent(AcuerdoError):
    """Who has died, or left it to others, does not write any more."""

    code = "silent"


class NotAllowed(AcuerdoError):
    """The creditor's policy does not allow the promise."""

    code = "outside_policy"


@dataclass
class Person:
    """Somebody with one debt, and what the simulation knows of them, whatever the product says."""

    debtor: Debtor
    debt: Debt
    points: dict[Channel, ContactPoint]
    silent: dict[Channel, datetime] = field(default_factory=dict)
    never_since: datetime | None = None
    paid_at: datetime | None = None


def population(size: int, dice: random.Random) -> tuple[list[Creditor], list[Person]]:
    """People of all countries and zones, most on WhatsApp, some on Telegram too."""
    creditors = {code: a_creditor(country=code) for code in sorted(COUNTRIES)}
    people = []
    for number in range(size):
        country = sorted(COUNTRIES)[number % len(COUNTRIES)]
        debtor = a_debtor(country=country)
        debtor.timezone = dice.choice([debtor.timezone, *_OTHER_ZONES.get(country, ())])
        debt = a_debt(debtor, creditors[country], balance="320", overdue="120")
        kinds = [Channel.WHATSAPP] if dice.random() < 0.7 else [Channel.WHATSAPP, Channel.TELEGRAM]
        points = {
            kind: a_contact_point(
                debtor,
                channel=kind,
                address=str(800_000_000 + number)
                if kind is Channel.TELEGRAM
                else f"+5199{number:07}",
                consent=dice.random() < 0.95,
                last_inbound_at=None,
            )
            for kind in kinds
        }
        people.append(Person(debtor, debt, points))
    return list(creditors.values()), people


class Month:
    """What debtors and creditors' systems do, at random, and what the product makes of it."""

    def __init__(self, world: World, workers: VirtualWorkers, dice: random.Random) -> None:
        self.world = world
        self.workers = workers
        self.dice = dice
        self.happened: Counter[str] = Counter()
        self.sent: list[tuple[datetime, OutboundMessage]] = []
        self._agenda: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []

    def plan(self, people: list[Person], begins: datetime) -> None:
        """Put a month's happenings on the agenda."""
        does: list[tuple[str, float, Callable[[Person], Awaitable[None]]]] = [
            ("asks", 3.0, self._is_asked_for),
            ("writes", 0.5, self._writes),
            ("promises", 0.45, self._promises),
            ("callback", 0.15, self._wants_a_callback),
            ("pays", 0.3, self._pays),
            ("opts out", 0.06, self._opts_out),
            ("disputes", 0.05, self._disputes),
            ("lawyer", 0.02, self._names_a_lawyer),
            ("dies", 0.01, self._dies),
        ]
        for person in people:
            for name, mean, act in does:
                for _ in range(int(mean) + (self.dice.random() < mean - int(mean))):
                    at = begins + timedelta(seconds=self.dice.uniform(0, DAYS * 86_400))
                    self._at(at, name, act, person)

    def _at(
        self,
        at: datetime,
        name: str,
        act: Callable[[Person], Awaitable[None]],
        person: Person,
    ) -> None:
        async def happens() -> None:
            try:
                await act(person)
            except AcuerdoError as error:
                self.happened[f"{name}: {error.code}"] += 1
            else:
                self.happened[name] += 1

        heapq.heappush(self._agenda, (at, next(_numbers), happens))

    async def passes(self, until: datetime) -> None:
        """Live from moment to moment until nothing is left before the end."""
        while True:
            due = await self.workers.next_job_at()
            planned = self._agenda[0][0] if self._agenda else None
            moments = [each for each in (due, planned) if each is not None]
            if not moments or min(moments) > until:
                return
            now = max(min(moments), self.world.clock.now())
            await self.workers.move_to(now)
            while self._agenda and self._agenda[0][0] <= now:
                await heapq.heappop(self._agenda)[2]()
            before = self._count()
            await self.workers.work()
            self._remember(before)

    def _count(self) -> dict[Channel, int]:
        outside = self.world.outside
        return {each.channel: len(each.sent) for each in (outside.whatsapp, outside.telegram)}

    def _remember(self, before: dict[Channel, int]) -> None:
        outside = self.world.outside
        for channel in (outside.whatsapp, outside.telegram):
            for message in channel.sent[before[channel.channel] :]:
                self.sent.append((self.world.clock.now(), message))

    async def _is_asked_for(self, person: Person) -> None:
        channel = self.dice.choice(list(person.points))
        answered = await self.world.planned_contacts.request(
            person.debtor.external_id, channel, Purpose.COLLECTION, schedule=True
        )
        verdict = answered.verdict
        self.happened["asked: " + ("allowed" if verdict.allowed else str(verdict.reason))] += 1

    async def _writes(self, person: Person) -> UUID:
        """Somebody writes; who has died does not."""
        channel = self.dice.choice(list(person.points))
        return await self._talk(person, channel)

    async def _talk(self, person: Person, channel: Channel) -> UUID:
        if person.never_since is not None:
            raise Silent
        point = person.points[channel]
        event = an_inbound("hola", address=point.address, channel=channel)
        conversation_id = await self.world.receives(event)
        assert conversation_id is not None
        return conversation_id

    async def _proven(self, person: Person) -> tuple[VerifiedParty, DebtView]:
        conversation_id = await self._writes(person)
        party = a_party(person.debtor.id, conversation_id, turn_id=uuid4())
        return party, await self.world.debts.choose(party)

    async def _promises(self, person: Person) -> None:
        party, debt = await self._proven(person)
        currency = person.debt.currency
        terms = PromiseTerms(
            Money.of("100", currency), debt.today + timedelta(days=self.dice.randrange(0, 10))
        )
        proposal = await self.world.agreements.propose_promise(
            party, debt, terms, words="pago", replacing=True
        )
        if not isinstance(proposal, PromiseProposal):
            raise NotAllowed
        await self.world.agreements.accept(party, proposal.id)

    async def _wants_a_callback(self, person: Person) -> None:
        conversation_id = await self._writes(person)
        zone = ZoneInfo(person.debtor.timezone)
        wanted = self.world.clock.now() + timedelta(hours=self.dice.uniform(1, 90))
        local = wanted.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        await self.world.callbacks.schedule(conversation_id, local)

    async def _pays(self, person: Person) -> None:
        party, debt = await self._proven(person)
        amount = self.dice.choice([Money.of("100", person.debt.currency), debt.balance])
        link = await self.world.payments.link(party, debt, amount)
        reference = next(
            str(each)
            for each in reversed(self.world.outside.gateway.made)
            if link.url.endswith(str(each))
        )
        payment_id = f"pay-{uuid4()}"
        await self.world.is_paid(
            GatewayEvent(
                gateway="sandbox",
                event_id="",
                payment_id=payment_id,
                movement_id=payment_id,
                reference=reference,
                amount=link.amount,
                moved_at=self.world.clock.now(),
                state=PaymentState.PAID,
            )
        )
        if link.amount == debt.balance:
            person.paid_at = self.world.clock.now()

    async def _opts_out(self, person: Person) -> None:
        channel = self.dice.choice(list(person.points))
        conversation_id = await self._talk(person, channel)
        words = self.dice.choice(["ya no me escriban por aquí", "no me contacten por ningún medio"])
        scope = await self.world.opt_outs.opt_out(conversation_id, words)
        for each in person.points if scope is Scope.ALL else [channel]:
            person.silent.setdefault(each, self.world.clock.now())

    async def _disputes(self, person: Person) -> None:
        party, debt = await self._proven(person)
        await self.world.cases.opening.dispute(
            party, debt.id, DisputeReason.NOT_MINE, words="eso no es mío"
        )
        person.never_since = self.world.clock.now()

    async def _names_a_lawyer(self, person: Person) -> None:
        conversation_id = await self._writes(person)
        await self.world.cases.opening.representative(conversation_id, "mi abogado")
        person.never_since = self.world.clock.now()

    async def _dies(self, person: Person) -> None:
        conversation_id = await self._writes(person)
        await self.world.cases.opening.death(conversation_id)
        person.never_since = self.world.clock.now()
