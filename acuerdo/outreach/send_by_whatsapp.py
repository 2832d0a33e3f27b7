"""From the telephone to WhatsApp: what was agreed in writing, and the talk goes on there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository as agreements
from acuerdo.agreements.current import due_of
from acuerdo.audit.repository import record_decision
from acuerdo.contact import points as points_
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.contact.policy import SERVICE_WINDOW
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Author, Conversation
from acuerdo.conversations.notices import notice
from acuerdo.conversations.outbox import Outbox
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, Debtor
from acuerdo.debts.verification import VerifiedParty
from acuerdo.payments import repository as payments
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values.channels import Channel
from acuerdo.values.countries import country
from acuerdo.values.dates import local_date, say_date

_MOST_DEBTS: Final = 5


@dataclass(frozen=True, slots=True)
class SendByWhatsApp:
    """The use case of "send it to me by WhatsApp"."""

    db: Database
    clock: Clock
    jobs: Jobs
    outbox: Outbox
    settings: ConversationSettings

    @property
    def _idle(self) -> timedelta:
        return timedelta(minutes=self.settings.idle_minutes)

    @property
    def _proven_for(self) -> timedelta:
        return timedelta(minutes=self.settings.carried_proof_minutes)

    async def send(self, party: VerifiedParty) -> bool:
        """Send the proven debtor of a call what was agreed, and go on there.

        They stay proven for a short time, and read amounts, only on the number they called from.
        False where WhatsApp does not let us write to them first, or they have no such number.
        """
        now = self.clock.now()
        async with self.db.transaction() as session:
            call = await conversations.lock_conversation(session, party.conversation_id)
            telephone = await session.get_one(ContactPoint, call.contact_point_id)
            point = await self._whatsapp(session, party.debtor_id, telephone)
            if point is None or point.last_inbound_at is None:
                return False
            if now - point.last_inbound_at >= SERVICE_WINDOW:
                return False
            talk = await lifecycle.continue_or_begin(session, point, now=now, idle=self._idle)
            same_number = point.address == telephone.address
            if same_number:
                await self._carry_proof(session, talk, point, party)
            text = await self._text(session, party, talk) if same_number else notice("continued")
            for message_id in self.outbox.add(
                session, talk, text, author=Author.SYSTEM, purpose=Purpose.REPLY
            ):
                await self.jobs.enqueue(session, deliver(message_id=message_id), lock=talk.id)
        return True

    @staticmethod
    async def _whatsapp(
        session: AsyncSession, debtor_id: UUID, telephone: ContactPoint
    ) -> ContactPoint | None:
        """Their WhatsApp in use: that of the number they call from before any other."""
        points = [
            point
            for point in await contacts.contact_points_of(session, debtor_id)
            if point.channel is Channel.WHATSAPP
            and point.state is ContactState.ACTIVE
            and points_.owner_of(point) == debtor_id
        ]
        points.sort(key=lambda point: point.address != telephone.address)
        return points[0] if points else None

    async def _carry_proof(
        self, session: AsyncSession, talk: Conversation, point: ContactPoint, party: VerifiedParty
    ) -> None:
        now = self.clock.now()
        until = max(now + self._proven_for, talk.verified_until_at or now)
        lifecycle.proven(talk, point, party.debtor_id, talk.verified_at or now, until)
        await record_decision(
            session,
            at=now,
            kind="verification",
            allowed=True,
            rule="carried_from_call",
            facts={},
            debtor_id=party.debtor_id,
            conversation_id=talk.id,
        )

    async def _text(self, session: AsyncSession, party: VerifiedParty, talk: Conversation) -> str:
        debtor = await session.get_one(Debtor, party.debtor_id)
        lines = [notice("continued")]
        for debt in (await debts.open_debts_of(session, debtor.id))[:_MOST_DEBTS]:
            agreed = await self._agreed(session, debt, debtor)
            if agreed:
                lines += [
                    *agreed,
                    notice("continued_methods", methods=debt.creditor.payment_methods),
                ]
        for link in await payments.open_links(session, party.conversation_id, self.clock.now()):
            # who pays is thanked where they can read it
            link.conversation_id = talk.id
            amount = link.amount.text(country(debtor.country))
            lines.append(notice("continued_link", amount=amount, url=link.url or ""))
        return "\n\n".join(dict.fromkeys(lines))

    async def _agreed(self, session: AsyncSession, debt: Debt, debtor: Debtor) -> Sequence[str]:
        home = country(debtor.country)
        today = local_date(self.clock.now(), debtor.timezone)
        lines = [
            notice(
                "continued_promise",
                product=debt.product,
                amount=promise.left.text(home),
                day=say_date(promise.due_on, today),
            )
            for promise in await agreements.open_promises_of_debt(session, debt.id)
            if promise.left.minor
        ]
        plan = await agreements.active_plan_of_debt(session, debt.id)
        if plan is not None:
            due = await due_of(session, debt, today)
            lines.append(
                notice(
                    "continued_plan",
                    product=debt.product,
                    count=str(len(plan.instalments)),
                    amount=plan.total.text(home),
                    due=due.amount.text(home),
                    day=say_date(due.day, today),
                )
            )
        return lines
