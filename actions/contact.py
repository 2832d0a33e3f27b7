"""When and whether people want to be contacted, and by whom."""

from typing import ClassVar, Final

from actions.action import CoreAction
from actions.form import FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.contact import preference
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.language.reading import Reading
from acuerdo.values.channels import Channel
from acuerdo.values.dates import local_date, say_moment
from acuerdo.values.requests import Scope

CALLBACK_FORM: Final = "callback_form"
# Who names a day without an hour is written to in the middle of the morning.
_MORNING: Final = "T10:00"


class OptOut(CoreAction):
    """Somebody does not want to be contacted any more: at once, confirmed once."""

    action = "action_opt_out"
    intents = ("opt_out",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the confirmation."""
        scope = await turn.core.conversations.opt_outs.opt_out(turn.conversation_id, turn.text)
        return ActionAnswer([(_SILENCED[scope], {})], leaves_form=True)


_SILENCED: Final = {
    Scope.CHANNEL: "utter_opted_out",
    Scope.ALL: "utter_opted_out_everywhere",
    Scope.WORKPLACE: "utter_opted_out_at_work",
}


class CallbackLater(CoreAction):
    """Somebody has no time now."""

    action = "action_callback"
    intents = ("callback_later",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the form, filled where the words name a time."""
        moment = _moment(turn.read())
        return ActionAnswer(
            slots={"callback_at": moment, "for_other": turn.slot("for_other")}, then=CALLBACK_FORM
        )


class ReadCallback(FormReader):
    """Reads when to come back."""

    form = CALLBACK_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read a day and an hour; a day alone means its morning."""
        moment = _moment(turn.read(expecting="datetime", words=turn.text))
        if moment is not None:
            return ActionAnswer(slots={"callback_at": moment})
        if turn.intent == "deny" or (turn.slot("for_other") and turn.intent in _ENDINGS):
            done = {"for_other": None, "somebody_else": _done(turn)}
            return ActionAnswer([("utter_no_callback", {})], done, leaves_form=True)
        return ActionAnswer()


_ENDINGS: Final = {"third_party", "thank", "goodbye", "affirm"}


def _moment(reading: Reading) -> str | None:
    moment = reading.first("datetime")
    if moment is not None:
        return str(moment)
    day = reading.day()
    return None if day is None else f"{day.isoformat()}{_MORNING}"


class RecordCallback(CoreAction):
    """Agrees on the time, moved into the permitted hours."""

    action = "action_record_callback"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the moment as it was agreed."""
        agreed = await turn.core.conversations.callbacks.schedule(
            turn.conversation_id, str(turn.slot("callback_at"))
        )
        answer = ActionAnswer.of(
            "utter_callback_moved" if agreed.moved else "utter_callback_recorded",
            moment=say_moment(agreed.at, agreed.timezone, local_date(turn.now, agreed.timezone)),
        )
        answer.slots = {"callback_at": None, "for_other": None, "somebody_else": _done(turn)}
        answer.outcome = Outcome.CALLBACK
        return answer


def _done(turn: ActionContext) -> str | None:
    """Somebody else has said what they can; nobody is asked again."""
    return "done" if turn.slot("somebody_else") else None


class HandOver(CoreAction):
    """Passes the conversation to a person."""

    action = "action_hand_over"
    intents: ClassVar[tuple[str, ...]] = ("request_human",)
    reason: ClassVar[WaitingReason] = WaitingReason.ASKED_FOR_PERSON
    outcome: ClassVar[Outcome] = Outcome.HANDOFF
    response: ClassVar[str] = "utter_handed_over"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that a person will answer here."""
        await turn.core.conversations.hand_off.hand_over(
            turn.conversation_id, self.reason, outcome=self.outcome
        )
        return ActionAnswer([(self.response, {})], leaves_form=True)


class UpdateContactData(CoreAction):
    """A new number or address: a person changes it."""

    action = "action_update_contact_data"
    intents = ("update_contact_data",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it was noted."""
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.DATA_REQUEST
        )
        return ActionAnswer.of("utter_update_contact_data")


class PreferChannel(CoreAction):
    """Another way or hour to be contacted; in a call, what was agreed goes to WhatsApp at once."""

    action = "action_prefer_channel"
    intents = ("prefer_channel",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the wish as it is kept; what we cannot do ourselves a person sees."""
        if turn.facts.get("channel") == Channel.VOICE:
            return ActionAnswer(then=SendByWhatsApp.action)
        learned = await turn.core.conversations.preferences.prefer(turn.conversation_id, turn.text)
        if learned is None or not learned.reachable:
            return ActionAnswer.of("utter_prefer_channel")
        return ActionAnswer.of("utter_preference_kept", wish=preference.say(learned.wish))


class SendByWhatsApp(CoreAction):
    """What was agreed in a call, in writing; to the proven debtor only."""

    action = "action_send_by_whatsapp"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it was sent, or that they must write first."""
        party = await turn.party()
        sent = await turn.core.outreach.send_by_whatsapp.send(party)
        return ActionAnswer.of("utter_sent_to_whatsapp" if sent else "utter_whatsapp_closed")


ACTIONS: Final = (
    OptOut,
    CallbackLater,
    ReadCallback,
    RecordCallback,
    HandOver,
    UpdateContactData,
    PreferChannel,
    SendByWhatsApp,
)
