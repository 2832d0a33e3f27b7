"""How cases are opened: by the dialogue, once, however often something is said."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases import repository
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.money_asking import ask
from acuerdo.cases.register import locale_of_case, register
from acuerdo.contact import data_rights
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Event
from acuerdo.contact.models import ContactPoint, DataCase
from acuerdo.contact.service import Contact
from acuerdo.conversations import lifecycle, outcomes
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.models import Conversation, Outcome, Owner, WaitingReason
from acuerdo.conversations.person import person_of
from acuerdo.debts import repository as debts
from acuerdo.debts.models import CaseState, Debt, Dispute, PaymentClaim
from acuerdo.debts.service import DebtView
from acuerdo.debts.transitions import reported_deceased
from acuerdo.debts.verification import VerifiedParty
from acuerdo.language.data_requests import right_in
from acuerdo.language.masking import masked
from acuerdo.payments.gateways import Gateways
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.values.dates import local_date
from acuerdo.values.money import Money
from acuerdo.values.requests import DataRight, DisputeReason

_DIALOGUE: Final = "dialogue"


@dataclass(frozen=True, slots=True)
class CaseOpening:
    """Use cases of what people say that a person of ours must look into."""

    db: Database
    clock: Clock
    contact: Contact
    gateways: Gateways

    async def dispute(
        self, party: VerifiedParty, debt_id: UUID, reason: DisputeReason, words: str
    ) -> None:
        """Record that the debt is not accepted; while open nobody asks for it."""
        async with self.db.transaction() as session:
            debt = await debts.lock_debt(session, debt_id)
            await self.record_dispute(
                session, debt, reason, words, conversation_id=party.conversation_id
            )

    async def record_dispute(
        self,
        session: AsyncSession,
        debt: Debt,
        reason: DisputeReason,
        words: str,
        *,
        conversation_id: UUID | None = None,
    ) -> None:
        """The same inside a transaction of the caller's, which holds the debt."""
        if await debts.open_dispute(session, debt.id) is not None:
            return
        dispute = Dispute(
            id=uuid4(),
            debt_id=debt.id,
            conversation_id=conversation_id,
            reason=reason,
            words=masked(words),
            state=CaseState.OPEN,
            opened_at=self.clock.now(),
            closed_at=None,
        )
        session.add(dispute)
        await register(
            session,
            CaseKind.DISPUTE,
            words,
            by=_DIALOGUE,
            now=self.clock.now(),
            subject_id=dispute.id,
            debtor_id=debt.debtor_id,
            debt_id=debt.id,
            conversation_id=conversation_id,
        )

    async def payment_claim(
        self,
        party: VerifiedParty,
        debt: DebtView,
        *,
        amount: Money | None,
        paid_on: date | None,
        has_proof: bool,
        words: str,
    ) -> None:
        """Record a payment the debtor says was made; while it waits nobody asks for the debt."""
        async with self.db.transaction() as session:
            held = await debts.lock_debt(session, debt.id)
            if await debts.open_claim(session, debt.id) is not None:
                return
            claim = PaymentClaim(
                id=uuid4(),
                debt_id=debt.id,
                conversation_id=party.conversation_id,
                amount_minor=None if amount is None else amount.minor,
                currency=debt.balance.currency,
                paid_on=paid_on,
                has_proof=has_proof,
                words=masked(words),
                state=CaseState.OPEN,
                opened_at=self.clock.now(),
                closed_at=None,
            )
            session.add(claim)
            await register(
                session,
                CaseKind.PAYMENT_CLAIM,
                words,
                by=_DIALOGUE,
                now=self.clock.now(),
                subject_id=claim.id,
                debtor_id=held.debtor_id,
                debt_id=debt.id,
                conversation_id=party.conversation_id,
            )

    async def data_request(self, conversation_id: UUID, words: str) -> tuple[DataRight, date]:
        """Open a request about a person's data and show it to the agents.

        Gives what is asked and the last day for the answer by the country's law.
        """
        right = right_in(words)
        async with self.db.transaction() as session:
            conversation = await conversations.lock_conversation(session, conversation_id)
            point = await session.get_one(ContactPoint, conversation.contact_point_id)
            lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
            standing = await contacts.open_data_case(session, conversation_id, right)
            if standing is not None:
                return right, standing.due_on
            debtor_id = person_of(conversation, point)
            due_on = await self._record_request(session, conversation, debtor_id, right, words)
        return right, due_on

    async def _record_request(
        self,
        session: AsyncSession,
        conversation: Conversation,
        debtor_id: UUID | None,
        right: DataRight,
        words: str,
    ) -> date:
        country, timezone = await locale_of_case(session, debtor_id, conversation.id)
        today = local_date(self.clock.now(), timezone)
        request = DataCase(
            id=uuid4(),
            conversation_id=conversation.id,
            debtor_id=debtor_id,
            right=right,
            words=masked(words),
            rule=data_rights.terms(country)[right].citation,
            due_on=data_rights.due_on(country, right, today),
            opened_at=self.clock.now(),
            closed_at=None,
            closed_by_id=None,
            answer=None,
        )
        await ledger.record(session, request)
        await register(
            session,
            CaseKind.DATA_REQUEST,
            words,
            by=_DIALOGUE,
            now=self.clock.now(),
            subject_id=request.id,
            debtor_id=debtor_id,
            conversation_id=conversation.id,
            due=(request.rule, request.due_on),
        )
        return request.due_on

    async def death(self, conversation_id: UUID, words: str = "") -> None:
        """Stop all contact about a person who is said to have died and pass the case on."""
        async with self.db.transaction() as session:
            conversation, debtor_id = await self._hand_over(
                session, conversation_id, WaitingReason.DECEASED, Outcome.DECEASED
            )
            lifecycle.expire_verification(conversation, self.clock.now())
            if debtor_id is not None:
                debtor = await repository.lock_debtor(session, debtor_id)
                reported_deceased(debtor, self.clock.now())
            await self._open_once(session, CaseKind.DEATH, conversation, debtor_id, words)

    async def representative(self, conversation_id: UUID, words: str = "") -> None:
        """Begin no contact with somebody for whom a lawyer, an insolvency or a limitation speaks,
        and pass the case on."""
        async with self.db.transaction() as session:
            conversation, debtor_id = await self._hand_over(
                session, conversation_id, WaitingReason.LEGAL, Outcome.HANDOFF
            )
            if debtor_id is None:
                await self._open_once(session, CaseKind.REPRESENTATIVE, conversation, None, words)
                return
            await repository.lock_debtor(session, debtor_id)
            stop = await self.contact.stop(
                session, debtor_id, Event.REPRESENTED, source="conversation"
            )
            if await repository.case_about(session, CaseKind.REPRESENTATIVE, stop.id) is None:
                await register(
                    session,
                    CaseKind.REPRESENTATIVE,
                    words,
                    by=_DIALOGUE,
                    now=self.clock.now(),
                    subject_id=stop.id,
                    debtor_id=debtor_id,
                    conversation_id=conversation.id,
                )

    async def money(self, question: MoneyQuestion, subject_id: UUID) -> None:
        """Let a person of ours look at news about money; once for each subject.

        `subject_id`: the fact about money, or the webhook of a gateway where there is none. One
        open case is enough for all that was paid too much for a debt, and for a debt that is asked
        for again.
        """
        async with self.db.transaction() as session:
            await ask(session, self.gateways, question, subject_id, self.clock.now())

    async def hardship(self, party: VerifiedParty, words: str) -> None:
        """Let a person of ours look for what helps a debtor who cannot pay."""
        async with self.db.transaction() as session:
            conversation = await conversations.lock_conversation(session, party.conversation_id)
            await repository.lock_debtor(session, party.debtor_id)
            await self._open_once(session, CaseKind.HARDSHIP, conversation, party.debtor_id, words)

    async def _hand_over(
        self, session: AsyncSession, conversation_id: UUID, reason: WaitingReason, outcome: Outcome
    ) -> tuple[Conversation, UUID | None]:
        """Give a conversation to the agents; with the person for whom what is said counts."""
        conversation = await conversations.lock_conversation(session, conversation_id)
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        outcomes.note(conversation, outcome)
        if conversation.owner is Owner.BOT:
            lifecycle.queue_for_people(conversation, reason, self.clock.now())
        announce(session, conversation_id)
        return conversation, person_of(conversation, point)

    async def _open_once(
        self,
        session: AsyncSession,
        kind: CaseKind,
        conversation: Conversation,
        debtor_id: UUID | None,
        words: str,
    ) -> None:
        if not await repository.open_case(session, kind, debtor_id, conversation.id):
            await register(
                session,
                kind,
                words,
                by=_DIALOGUE,
                now=self.clock.now(),
                debtor_id=debtor_id,
                conversation_id=conversation.id,
            )
