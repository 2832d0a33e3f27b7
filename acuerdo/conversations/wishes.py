"""What people want of us besides money: silence, another way or hour, their data."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.contact import consent, data_rights
from acuerdo.contact import repository as contacts
from acuerdo.contact.consent import ConsentEvidence
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, ContactState, DataCase, Preference
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations import lifecycle, outcomes, repository
from acuerdo.conversations.models import Conversation, Outcome, WaitingReason
from acuerdo.debts import repository as debts
from acuerdo.language.contact_wishes import contact_wish
from acuerdo.language.data_requests import right_in
from acuerdo.language.opt_out import means_this_address, scope_of
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.dates import local_date
from acuerdo.values.requests import DataRight, Scope, Wish


@dataclass(frozen=True, slots=True)
class Learned:
    """A preference as it is kept; `reachable` where we know an address for the wanted channel."""

    wish: Wish
    reachable: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """Use cases of what people want; each runs in one transaction."""

    db: Database
    clock: Clock

    async def opt_out(self, conversation_id: UUID, words: str) -> Scope:
        """Stop contact at once, as far as the words say; gives how far that is."""
        scope = scope_of(words)
        proof = ConsentEvidence(ConsentSource.WORDS, words)
        async with self.db.transaction() as session:
            conversation, point = await self._with_point(session, conversation_id)
            if scope is Scope.WORKPLACE:
                point.workplace = point.workplace or means_this_address(words)
            else:
                outcomes.note(conversation, Outcome.OPT_OUT)
                lifecycle.expire_verification(conversation, self.clock.now())
            await consent.withdraw(session, point, scope, proof, now=self.clock.now())
        return scope

    async def third_party(self, conversation_id: UUID) -> None:
        """Somebody else has this telephone: we begin no contact there, and nothing is proven."""
        async with self.db.transaction() as session:
            conversation, point = await self._with_point(session, conversation_id)
            if point.state is ContactState.ACTIVE:
                point.state, point.state_since_at = ContactState.THIRD_PARTY, self.clock.now()
            outcomes.note(conversation, Outcome.THIRD_PARTY)
            lifecycle.expire_verification(conversation, self.clock.now())

    async def prefer(self, conversation_id: UUID, words: str) -> Learned | None:
        """Keep how and when a person wants to be contacted; None where the words do not say.

        What is not named stays as it was wished before. A preference for a channel on which we
        know no address is shown to the agents only: it would silence every other one. So is a wish
        that is not read.
        """
        async with self.db.transaction() as session:
            conversation, point = await self._with_point(session, conversation_id)
            wish = contact_wish(words, point.channel)
            if wish.is_empty or conversation.debtor_id is None:
                lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
                return None
            points = await contacts.contact_points_of(session, conversation.debtor_id)
            usable = {each.channel for each in points if each.state is ContactState.ACTIVE}
            if wish.channel is not None and wish.channel not in usable:
                lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
                return Learned(wish, reachable=False)
            kept = await self._keep(session, conversation.debtor_id, conversation.id, wish, words)
            return Learned(kept, reachable=True)

    async def _keep(
        self,
        session: AsyncSession,
        debtor_id: UUID,
        conversation_id: UUID,
        wish: Wish,
        words: str,
    ) -> Wish:
        found = await contacts.preference_of(session, debtor_id)
        if found is None:
            found = Preference(debtor_id=debtor_id)
            found.channel = found.begins = found.ends = None
            session.add(found)
        found.channel = wish.channel or found.channel
        if wish.begins is not None or wish.ends is not None:
            found.begins, found.ends = wish.begins, wish.ends
        found.words, found.conversation_id = words, conversation_id
        found.learned_at = self.clock.now()
        await debts.record_decision(
            session,
            at=self.clock.now(),
            kind="preference",
            allowed=True,
            rule="the_persons_words",
            facts={"channel": found.channel, "begins": found.begins, "ends": found.ends},
            debtor_id=debtor_id,
            conversation_id=conversation_id,
        )
        return found.wish

    async def ask_about_data(self, conversation_id: UUID, words: str) -> tuple[DataRight, date]:
        """Open a request about a person's data and show it to the agents; once, however often
        it is said. Gives what is asked and the last day for the answer by the country's law."""
        right = right_in(words)
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
            case = await contacts.open_data_case(session, conversation_id, right)
            if case is None:
                case = await self._open_case(session, conversation, right, words)
        return right, case.due_on

    async def _open_case(
        self, session: AsyncSession, conversation: Conversation, right: DataRight, words: str
    ) -> DataCase:
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        home = await locale_of(session, conversation.debtor_id, point.address)
        now = self.clock.now()
        case = DataCase(
            id=uuid4(),
            conversation_id=conversation.id,
            debtor_id=conversation.debtor_id,
            right=right,
            words=words,
            rule=data_rights.terms(home.country)[right].citation,
            due_on=data_rights.due_on(home.country, right, local_date(now, home.timezone)),
            opened_at=now,
            closed_at=None,
            closed_by_id=None,
            answer=None,
        )
        await ledger.record(session, case)
        return case

    async def close_data_case(self, case_id: UUID, staff_id: UUID, answer: str) -> None:
        """Note how a request was answered; raises NotFound where it is not open."""
        async with self.db.transaction() as session:
            case = await session.get(DataCase, case_id, with_for_update=True)
            if case is None or case.closed_at is not None:
                raise NotFound
            case.closed_at, case.closed_by_id = self.clock.now(), staff_id
            case.answer = answer

    @staticmethod
    async def _with_point(
        session: AsyncSession, conversation_id: UUID
    ) -> tuple[Conversation, ContactPoint]:
        conversation = await repository.lock_conversation(session, conversation_id)
        point = await session.get_one(
            ContactPoint, conversation.contact_point_id, with_for_update=True
        )
        return conversation, point
