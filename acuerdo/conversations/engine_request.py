"""A turn in flight: what the engine is asked, with the facts of now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from acuerdo.conversations.choices import EngineInput
from acuerdo.conversations.message_limits import understandable
from acuerdo.conversations.ports import Engine, EngineAnswer, Scalar


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One turn as the engine is asked it; asked again it is the same turn.

    `answered`: its answer is known already; `left_over`: somebody else had begun it.
    """

    turn_id: UUID
    conversation_id: UUID
    input: EngineInput
    medium: str
    facts: Mapping[str, Scalar]
    answered: bool
    left_over: bool
    waited: timedelta

    async def send_to(self, engine: Engine) -> EngineAnswer:
        """The engine's answer; raises EngineUnavailable or EngineRefused."""
        return await engine.send(
            conversation=self.conversation_id,
            turn=self.turn_id,
            text=None if self.input.text is None else understandable(self.input.text),
            intent=self.input.intent,
            medium=self.medium,
            facts=self.facts,
        )
