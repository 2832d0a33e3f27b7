"""When and whether people want to be contacted, and by whom."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from actions.action import CoreAction, FormReader
from actions.reading import Reading, read
from actions.turn import ActionAnswer, ActionContext
from acuerdo.contact import preference
from acuerdo.contact.opt_out import Scope
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.values.channels import Channel
from acuerdo.values.dates import local_date, say_date, say_moment

CALLBACK_FORM: Final = "callback_form"
# Who names a day without an hour is written to in the middle of the morning.
_MORNING: Final = "T10:00"


class OptOut(CoreAction):
    """Somebody does not want to be contacted any more: at once, confirmed once."""

    action = "action_opt_out"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The confirmation."""
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

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The form, filled where the words name a time."""
        moment = _moment(read(turn))
        return ActionAnswer(
            slots={"callback_at": moment, "for_other": turn.slot("for_other")}, then=CALLBACK_FORM
        )


class ReadCallback(FormReader):
    """Reads when to come back."""

    form = CALLBACK_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """A day and an hour; a day alone means its morning."""
        moment = _moment(read(turn, expecting="datetime", words=turn.text))
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
        """The moment as it was agreed."""
        wanted = str(turn.slot("callback_at"))
        at, zone = await turn.core.conversations.callbacks.schedule(turn.conversation_id, wanted)
        today = local_date(turn.core.outside.clock.now(), zone)
        agreed = datetime.fromisoformat(at)
        as_wanted = agreed.astimezone(ZoneInfo(zone)).isoformat()[: len(wanted)] == wanted
        answer = ActionAnswer.of(
            "utter_callback_recorded" if as_wanted else "utter_callback_moved",
            moment=say_moment(agreed, zone, today),
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
    reason = WaitingReason.ASKED_FOR_PERSON
    outcome = Outcome.HANDOFF
    response = "utter_handed_over"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That a person will answer here."""
        await turn.core.conversations.hand_off.hand_over(
            turn.conversation_id, self.reason, outcome=self.outcome
        )
        return ActionAnswer([(self.response, {})], leaves_form=True)


class Complain(HandOver):
    """Somebody complains: an apology, written down, and a person."""

    action = "action_complain"
    reason = WaitingReason.COMPLAINT
    response = "utter_complaint"


class Legal(CoreAction):
    """A lawyer, an insolvency or a limitation: everything stops until a person has looked."""

    action = "action_legal"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That it was noted, and that a person will look at it."""
        await turn.core.cases.opening.representative(turn.conversation_id, turn.text)
        return ActionAnswer([("utter_legal", {})], leaves_form=True)


class PriorAgreement(HandOver):
    """Somebody has agreed on something elsewhere: a person checks it."""

    action = "action_prior_agreement"
    response = "utter_prior_agreement"


class Harm(HandOver):
    """Somebody may hurt themselves or others: where help is, and a person at once."""

    action = "action_harm"
    reason = WaitingReason.HARM

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The emergency line of the country."""
        await super().answer(turn)
        return ActionAnswer([("utter_harm", {"line": turn.country.emergency})], leaves_form=True)


class Hardship(CoreAction):
    """Somebody cannot pay: understanding and what can be done; never a question why."""

    action = "action_hardship"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The ways that exist, to the proven debtor."""
        await turn.core.cases.opening.hardship(await turn.party(), turn.words)
        answer = ActionAnswer.of("utter_hardship")
        answer.outcome = Outcome.HARDSHIP
        answer.leaves_form = True
        return answer


class Refuse(CoreAction):
    """Somebody will not pay: one respectful offer, then it is left."""

    action = "action_refuse"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """A reframe the first time, a polite end the second."""
        await turn.party()
        if not turn.slot("refused"):
            return ActionAnswer([("utter_reframe", {})], {"refused": True}, leaves_form=True)
        answer = ActionAnswer([("utter_refusal_noted", {})], {"refused": None}, leaves_form=True)
        answer.outcome = Outcome.REFUSED
        return answer


class Flagged(CoreAction):
    """Something a person will do later, while the assistant goes on."""

    reason = WaitingReason.DATA_REQUEST
    response: str

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That it was noted."""
        await turn.core.conversations.hand_off.flag(turn.conversation_id, self.reason)
        return ActionAnswer.of(self.response)


class DataRequest(CoreAction):
    """Where the data come from, or what to do with them."""

    action = "action_data_source"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The rights, and the day of the answer by the country's law."""
        _, due_on = await turn.core.cases.opening.data_request(turn.conversation_id, turn.text)
        today = local_date(turn.core.outside.clock.now(), turn.country.timezone)
        return ActionAnswer.of("utter_data_rights", answer_by=say_date(due_on, today))


class UpdateContactData(Flagged):
    """A new number or address."""

    action = "action_update_contact_data"
    response = "utter_update_contact_data"


class PreferChannel(CoreAction):
    """Another way or hour to be contacted; in a call, what was agreed goes to WhatsApp at once."""

    action = "action_prefer_channel"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The wish as it is kept; what we cannot do ourselves a person sees."""
        if turn.facts.get("channel") == Channel.VOICE:
            sent = await turn.core.outreach.send_by_whatsapp.send(await turn.party())
            return ActionAnswer.of("utter_sent_to_whatsapp" if sent else "utter_whatsapp_closed")
        learned = await turn.core.conversations.preferences.prefer(turn.conversation_id, turn.text)
        if learned is not None and learned.reachable:
            return ActionAnswer.of("utter_preference_kept", wish=preference.say(learned.wish))
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.DATA_REQUEST
        )
        return ActionAnswer.of("utter_prefer_channel")


class Statement(CoreAction):
    """A document is wanted: a person sends it to the proven debtor."""

    action = "action_statement"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That it will come."""
        await turn.party()
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.DATA_REQUEST
        )
        return ActionAnswer.of("utter_statement")


ACTIONS: Final = (
    OptOut,
    CallbackLater,
    ReadCallback,
    RecordCallback,
    HandOver,
    Complain,
    Legal,
    PriorAgreement,
    Harm,
    Hardship,
    Refuse,
    DataRequest,
    UpdateContactData,
    PreferChannel,
    Statement,
)
