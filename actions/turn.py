"""What an action knows of the turn it runs in, and what it answers."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker

from acuerdo.bootstrap import Acuerdo
from acuerdo.contact.models import OUTREACH
from acuerdo.conversations.models import Outcome
from acuerdo.debts.service import DebtView, choose
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.countries import COUNTRIES, Country, country

Slots = dict[str, Any]


@dataclass(frozen=True)
class Turn:
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
        """What the present wish was said with: before a proof of identity, or in this turn."""
        return str(self.slot("pending_words") or self.text)

    @property
    def intent(self) -> str:
        """How this turn was understood."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def country(self) -> Country:
        """The debtor's country; Mexico's habits where we do not know the person."""
        code = self.facts.get("country") or "MX"
        return country(code if code in COUNTRIES else "MX")

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

    def slot(self, name: str) -> Any:
        """The value of a slot."""
        return self.tracker.get_slot(name)

    async def party(self) -> VerifiedParty:
        """The proven debtor; raises IdentityNotVerified."""
        return await self.core.identity.party(self.conversation_id, self.id)

    async def debts(self) -> tuple[VerifiedParty, tuple[DebtView, ...]]:
        """The proven debtor and all that they owe."""
        party = await self.party()
        return party, await self.core.debts.statement(party)

    async def debt(self) -> tuple[VerifiedParty, DebtView]:
        """The proven debtor and the debt that is meant; raises DebtNotChosen or NothingOwed."""
        party, debts = await self.debts()
        return party, choose(debts, chosen=self.slot("debt"), words=self.words)


@dataclass
class Answer:
    """What to say (response names with their values), what to remember, what comes next.

    `then`: the action or form to go on with; `leaves_form`: the form that is going on ends here;
    without either, a form that was interrupted asks its question again.
    """

    says: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    slots: Slots = field(default_factory=dict)
    then: str | None = None
    leaves_form: bool = False
    outcome: Outcome | None = None

    @classmethod
    def of(cls, response: str, /, **values: Any) -> "Answer":
        """An answer of one response."""
        return cls(says=[(response, values)])

    def also(self, response: str, /, **values: Any) -> "Answer":
        """The same answer with one more response."""
        self.says.append((response, values))
        return self
