"""Putting a caller through to a person: who is free, who accepts, what happens when nobody does."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from acuerdo.calls import repository
from acuerdo.calls.models import AgentLine, CallState
from acuerdo.calls.transitions import left_by_agent, taken_by
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.hand_off import HandOff
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import CallEnded, ConversationNotYours

# A softphone that has not been heard of for so long is closed, or its browser is.
_LISTENS_FOR: Final = timedelta(seconds=45)
_PREFIX: Final = "agent-"


@dataclass(frozen=True, slots=True)
class FreeLine:
    """One agent's softphone, under the name that the provider rings."""

    staff_id: UUID
    identity: str


def identity_of(staff_id: UUID) -> str:
    """The name under which an agent's softphone is known to the provider."""
    return f"{_PREFIX}{staff_id.hex}"


@dataclass(frozen=True, slots=True)
class Transfers:
    """Use cases of softphones and of the calls that reach them."""

    db: Database
    clock: Clock
    hand_off: HandOff

    async def listen(self, staff_id: UUID) -> None:
        """An agent's softphone is open; to be told again before its time is over."""
        async with self.db.transaction() as session:
            line = await session.get(AgentLine, staff_id)
            if line is None:
                session.add(AgentLine(staff_id=staff_id, heard_at=self.clock.now()))
            else:
                line.heard_at = self.clock.now()

    async def leave(self, staff_id: UUID) -> None:
        """An agent's softphone was closed."""
        async with self.db.transaction() as session:
            line = await session.get(AgentLine, staff_id)
            if line is not None:
                await session.delete(line)

    async def free_lines(self, conversation_id: UUID) -> list[FreeLine]:
        """The softphones to ring: of whoever holds the talk, else of everybody who is free."""
        since = self.clock.now() - _LISTENS_FOR
        async with self.db.transaction() as session:
            free = await repository.free_lines(session, since)
            conversation = await conversations.lock_conversation(session, conversation_id)
        holder = conversation.agent_id
        return [FreeLine(each, identity_of(each)) for each in free if holder in (None, each)]

    async def accept(self, call_id: UUID, staff_id: UUID) -> None:
        """An agent takes the call, and the conversation with it.

        Raises CallEnded where nobody waits on it any more, ConversationNotYours where a colleague
        was faster.
        """
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            if call.state is CallState.ENDED:
                raise CallEnded
            if call.agent_id not in (None, staff_id):
                raise ConversationNotYours
            taken_by(call, staff_id)
            conversation_id = call.conversation_id
        await self.hand_off.take(conversation_id, staff_id)

    async def left(self, call_id: UUID) -> bool:
        """The caller comes back from being put through; whether somebody has spoken with them."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            spoke = left_by_agent(call)
            announce(session, call.conversation_id)
        return spoke
