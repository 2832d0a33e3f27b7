"""Actions that say one thing."""

from typing import ClassVar

from actions.action import CoreAction
from actions.turn import ActionAnswer, ActionContext


class FixedResponse(CoreAction):
    """FixedResponse one thing; a form that was interrupted asks its question again."""

    response: ClassVar[str]

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the response."""
        return ActionAnswer.of(self.response)
