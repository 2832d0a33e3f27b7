"""What people ask about their data."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.contact import data_rights, transitions
from acuerdo.contact import repository as contacts
from acuerdo.contact.data_rights import DataRight
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, DataCase
from acuerdo.conversations import lifecycle, repository
from acuerdo.conversations.models import Conversation, WaitingReason
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.dates import local_date


@dataclass(frozen=True, slots=True)
class DataRequests:
    """Use cases of requests about data."""

    db: Database
    clock: Clock

    async def ask_about_data(self, conversation_id: UUID, words: str) -> tuple[DataRight, date]:
        """Open a request about a person's data and show it to the agents; once, however often
        it is said. Gives what is asked and the last day for the answer by the country's law."""
        right = data_rights.right_in(words)
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
            transitions.answered(case, answer, by=staff_id, now=self.clock.now())
