"""What an action knows of the turn it runs in, and what it answers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from acuerdo.bootstrap import Acuerdo
from acuerdo.contact.models import OUTREACH
from acuerdo.conversations.models import Outcome
from acuerdo.debts.service import DebtView, choose
from acuerdo.debts.verification import VerifiedParty
from acuerdo.language.context import ReadingContext
from acuerdo.language.masking import MASK, masked
from acuerdo.language.reading import Reading, read
from acuerdo.platform.errors import DebtInReview
from acuerdo.values.countries import Country, country_or_elsewhere

Slots = dict[str, Any]


@dataclass(frozen=True)
class ActionContext:
    """One turn as an action sees it; nothing here proves who is speaking."""

    core: Acuerdo
    tracker: Tracker

    @property
    def conversation_id(self) -> UUID:
        """The conversation."""
        return UUID(self.tracker.sender_id)

    @property
    def facts(self) -> dict[str, Any]:
        """What the core told the engine when it asked."""
        metadata = self.tracker.latest_message.get("metadata") or {}
        facts: dict[str, Any] = metadata.get("facts") or {}
        return facts

    @property
    def id(self) -> UUID:
        """The turn, which makes what is done in it happen once."""
        return UUID(self.facts["turn"])

    @property
    def is_outreach(self) -> bool:
        """Whether it is we who begin: nobody has written."""
        return self.facts.get("purpose") in OUTREACH

    @property
    def text(self) -> str:
        """What was written in this turn."""
        return str(self.tracker.latest_message.get("text") or "")

    @property
    def words(self) -> str:
        """What the present wish was said with: before a proof of identity, in this turn, or, where
        a button says what was meant, in the words that were not understood."""
        return str(self.slot("pending_words") or self.text or self.slot("unclear_words") or "")

    @property
    def intent(self) -> str:
        """How this turn was understood."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """The likeliest intents of this turn with their probabilities."""
        ranked = self.tracker.latest_message.get("intent_ranking") or []
        return [(str(each["name"]), float(each["confidence"])) for each in ranked]

    @property
    def also(self) -> list[str]:
        """The other intents of what was said: in this turn, or before a proof of identity."""
        told: list[str] = self.slot("pending_also") or self.tracker.latest_message.get("also") or []
        return told

    @property
    def times_in_a_row(self) -> int:
        """How often the intent of this turn has come one after the other; three at most."""
        names = [
            ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            for event in self.tracker.events
            if event.get("event") == "user"
        ]
        return len(list(takewhile(lambda name: name == self.intent, reversed(names))))

    @property
    def choices(self) -> list[str]:
        """The payloads of the buttons under what was said last, in their order."""
        return [
            str(button["payload"])
            for event in self._said_last()
            for button in (event.get("data") or {}).get("buttons") or ()
        ]

    @property
    def last_words(self) -> str:
        """All that was said in the turn before."""
        return "\n\n".join(str(event["text"]) for event in self._said_last() if event.get("text"))

    def last_response(self, *responses: str) -> bool:
        """Tell whether one of these responses was said in the turn before."""
        named = [(event.get("metadata") or {}).get("utter_action") for event in self._said_last()]
        return any(response in named for response in responses)

    def _said_last(self) -> list[dict[str, Any]]:
        """Give what was said in the turn before, oldest first, without this turn's own words."""
        turns: list[list[dict[str, Any]]] = [[]]
        for event in self.tracker.events:
            if event.get("event") == "user":
                turns.append([])
            elif event.get("event") == "bot":
                turns[-1].append(event)
        return turns[-2] if len(turns) > 1 else []

    @property
    def country(self) -> Country:
        """The debtor's country; Mexico's habits where we do not know the person."""
        return country_or_elsewhere(self.facts.get("country"))

    @property
    def form(self) -> str | None:
        """The form that is going on."""
        return (self.tracker.active_loop or {}).get("name")

    @property
    def asked(self) -> str | None:
        """The slot that the form has asked for."""
        return None if self.form is None else self.slot("requested_slot")

    @property
    def is_first(self) -> bool:
        """Whether the assistant has not said anything yet."""
        return not any(event.get("event") == "bot" for event in self.tracker.events)

    @property
    def is_unread(self) -> bool:
        """Whether nothing has been done yet about what was written in this turn.

        Rasa calls a form's reader again when it comes back to the form after an interruption;
        the words that interrupted it must not be read as its answer then. The form's own name
        stands at the end of what a reader is shown, although it has not run yet.
        """
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return True
            acted = event.get("event") == "action" and event.get("name") != self.form
            if acted or event.get("event") == "action_execution_rejected":
                return False
        return True

    @property
    def verified(self) -> bool:
        """Whether the person was proven when the turn began; good for choosing words only."""
        return bool(self.facts.get("verified"))

    @property
    def timezone(self) -> str:
        """The debtor's zone."""
        return str(self.facts.get("timezone") or self.country.timezone)

    @property
    def now(self) -> datetime:
        """The moment, on the debtor's clock."""
        return self.core.outside.clock.now().astimezone(ZoneInfo(self.timezone))

    @property
    def today(self) -> date:
        """The debtor's day."""
        return self.now.date()

    def read(self, *, expecting: str | None = None, words: str | None = None) -> Reading:
        """Read the values in the words of the present wish, or in others.

        `expecting`: what was asked for, see `ReadingContext`.
        """
        context = self.reading_context(expecting=expecting)
        return read(self.words if words is None else words, context)

    def reading_context(self, *, expecting: str | None = None) -> ReadingContext:
        """Give where and when this was said; `expecting`: what was asked for."""
        return ReadingContext(
            today=self.today,
            tz=self.timezone,
            country=self.country.code,
            now=self.now,
            expecting=expecting,
        )

    def kept_words(self, *, judged: bool) -> str | None:
        """Give what the engine keeps of the words of this turn; None where it keeps them all."""
        if not self.text or self.slot("kept_words") == MASK:
            return None
        kept = MASK if judged else masked(self.text, proven=self.verified)
        return None if kept == self.text else kept

    def slot(self, name: str) -> Any:
        """Give the value of a slot."""
        return self.tracker.get_slot(name)

    async def party(self) -> VerifiedParty:
        """Give the proven debtor; raises IdentityNotVerified."""
        return await self.core.conversations.identity.party(self.conversation_id, self.id)

    async def debts(self) -> tuple[VerifiedParty, tuple[DebtView, ...]]:
        """Give the proven debtor and all that they owe."""
        party = await self.party()
        return party, await self.core.debts.statement(party)

    async def debt(self) -> tuple[VerifiedParty, DebtView]:
        """Give the same and the debt that is meant; raises DebtNotChosen or NothingOwed."""
        party, debts = await self.debts()
        return party, choose(debts, chosen=self.slot("debt"), words=self.words)

    async def payable_debt(self) -> tuple[VerifiedParty, DebtView]:
        """Give the same to pay or agree on; raises DebtInReview where the debtor disputes it."""
        party, debt = await self.debt()
        if debt.disputed:
            raise DebtInReview
        return party, debt


@dataclass
class ActionAnswer:
    """What to say (response names with their values), what to remember, what comes next.

    `then`: the action or form to go on with; `leaves_form`: the form that is going on ends here;
    without either, a form that was interrupted asks its question again. `judged`: the words were
    a proof, of which the engine keeps nothing.
    """

    responses: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    slots: Slots = field(default_factory=dict)
    then: str | None = None
    leaves_form: bool = False
    outcome: Outcome | None = None
    judged: bool = False

    @classmethod
    def of(cls, response: str, /, **values: Any) -> "ActionAnswer":
        """Give an answer of one response."""
        return cls(responses=[(response, values)])

    def also(self, response: str, /, **values: Any) -> "ActionAnswer":
        """Give the same answer with one more response."""
        self.responses.append((response, values))
        return self
