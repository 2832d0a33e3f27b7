"""What reads the answer to a form's question."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.action import LEAVE_FORM, LISTEN, SPOKEN, VERIFICATION_FORM, spoken, utter
from actions.turn import ActionAnswer, ActionContext
from acuerdo.bootstrap import Acuerdo
from acuerdo.platform import errors


class FormReader(Action, ABC):
    """Reads the answer to a form's question out of the words.

    Without a slot to set the form rejects the turn, and the intent's own action answers it.
    """

    form: ClassVar[str]

    def __init__(self, core: Acuerdo) -> None:
        self.core = core

    def name(self) -> str:
        """Give the name in domain.yml."""
        return f"validate_{self.form}"

    @abstractmethod
    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read the slots that the words fill; none where they answer something else."""

    async def begin(self, turn: ActionContext) -> ActionAnswer:
        """Give the slots that are known before anything is asked."""
        return ActionAnswer()

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the engine's call, when the form begins and after every answer."""
        turn = ActionContext(self.core, tracker)
        answer = await self._answer(turn)
        utter(dispatcher, answer)
        if (answer.slots and turn.slot("misunderstood")) or answer.leaves_form:
            # a slot that is set also tells Rasa that the words were taken
            answer.slots["misunderstood"] = 0
        events: list[EventType] = [SlotSet(name, value) for name, value in _slots(turn, answer)]
        if answer.leaves_form:
            events += LEAVE_FORM
            # else Rasa would take the form for filled, and record what was never said
            answer.then = answer.then or LISTEN
        return events if answer.then is None else [*events, FollowupAction(answer.then)]

    async def _answer(self, turn: ActionContext) -> ActionAnswer:
        try:
            if turn.asked is None:
                return await self.begin(turn)
            return await self.read(turn) if turn.is_unread else ActionAnswer()
        except errors.IdentityNotVerified:
            # the proof grew old in the middle of the form
            wanted = {"pending_action": self.form, "pending_words": None}
            return ActionAnswer(slots=wanted, then=VERIFICATION_FORM, leaves_form=True)
        except tuple(SPOKEN) as error:
            return await spoken(turn, error)


def _slots(turn: ActionContext, answer: ActionAnswer) -> list[tuple[str, Any]]:
    """Give the slots of an answer; with them, and never alone, what is kept of the words: any slot
    tells Rasa that the words were taken."""
    kept = turn.kept_words(judged=answer.judged) if answer.slots else None
    return [*answer.slots.items(), *([] if kept is None else [("kept_words", kept)])]
