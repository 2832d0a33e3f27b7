"""The calls that go on now, for whoever supervises them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from acuerdo.calls import repository
from acuerdo.calls.models import CallDirection, CallState
from acuerdo.conversations import repository as conversations
from acuerdo.debts import repository as debts
from acuerdo.platform.db.session import Database
from acuerdo.staff import repository as staff


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that goes on: with whom, how far, what was said last."""

    conversation_id: UUID
    name: str | None
    address: str
    direction: CallDirection
    state: CallState
    agent: str | None
    last_words: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class LiveCalls:
    """Questions of the supervisor; its readers are staff."""

    db: Database

    async def going_on(self) -> list[LiveCall]:
        """The calls that go on, the longest first."""
        async with self.db.transaction() as session:
            rows = await repository.going_on(session)
            talks = {talk.id for _, talk, _ in rows}
            people = {talk.debtor_id for _, talk, _ in rows if talk.debtor_id}
            names = await debts.debtor_names(session, people)
            agents = await staff.names_of(
                session, {call.agent_id for call, _, _ in rows if call.agent_id}
            )
            last = await conversations.last_messages(session, talks)
        return [
            LiveCall(
                conversation_id=talk.id,
                name=None if talk.debtor_id is None else names.get(talk.debtor_id),
                address=point.address,
                direction=call.direction,
                state=call.state,
                agent=None if call.agent_id is None else agents.get(call.agent_id),
                last_words=last[talk.id].text if talk.id in last else "",
                started_at=call.started_at,
            )
            for call, talk, point in rows
        ]
