"""How a person hears what came of their case: in words for the proven debtor, else only that
there is an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.cases import repository, transitions
from acuerdo.cases.concerns import concerns_debtor
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case, CaseStep
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.contact.points import NOT_THEIRS
from acuerdo.contact.policy import within_service_window
from acuerdo.contact.ports import Button
from acuerdo.contact.service import Contact
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Author, Conversation
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.person import is_proven, person_of
from acuerdo.debts.models import Debt, Debtor
from acuerdo.debts.verification import VerifiedParty
from acuerdo.outreach.service import PlannedContacts
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.values.channels import Channel
from acuerdo.values.countries import country

_WORDS: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)
# The dialogue begins to ask for the proof, and tells the answer after it.
_YES: Final = Button(_WORDS["heads_up_yes"], "/confirm_identity")
_SYSTEM: Final = "acuerdo"


@dataclass(frozen=True, slots=True)
class CaseAnswers:
    """Use cases of telling people what came of their cases."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    outbox: Outbox
    planned_contacts: PlannedContacts

    async def inform(self, session: AsyncSession, case: Case) -> None:
        """Tell the person in a conversation that goes on, else plan a contact for it.

        Nobody is written to about what does not concern them, nor where nobody knows whose case it
        is. Money that nobody asked about is told to the proven debtor only, once they are there.
        """
        if case.debtor_id is None:
            return
        question = await repository.question_of(session, case)
        if not concerns_debtor(case.kind, question, case.state):
            return
        was_asked = case.kind is not CaseKind.MONEY
        debtor = await session.get_one(Debtor, case.debtor_id)
        for point in await self._addresses(session, case, debtor):
            talk = await self._going_on(session, case, point, debtor)
            if talk is not None:
                proven = is_proven(talk, point, self.clock.now())
                if proven or was_asked:
                    await self._say(session, case, talk, debtor, proven=proven)
                return
        if not was_asked:
            return
        channel = await self._channel(session, case, debtor)
        if channel is not None:
            await self.planned_contacts.plan_case_answer(session, debtor.id, case.id, channel)

    async def _addresses(
        self, session: AsyncSession, case: Case, debtor: Debtor
    ) -> Sequence[ContactPoint]:
        """The person's addresses, that of the case's own conversation first."""
        points = await contacts.contact_points_of(session, debtor.id)
        talk = await self._talk(session, case)
        first = None if talk is None else talk.contact_point_id
        return sorted(points, key=lambda point: point.id != first)

    @staticmethod
    async def _talk(session: AsyncSession, case: Case) -> Conversation | None:
        if case.conversation_id is None:
            return None
        return await session.get(Conversation, case.conversation_id)

    async def _channel(self, session: AsyncSession, case: Case, debtor: Debtor) -> Channel | None:
        talk = await self._talk(session, case)
        if talk is not None:
            return talk.channel
        points = await contacts.contact_points_of(session, debtor.id)
        usable = [point.channel for point in points if point.state is ContactState.ACTIVE]
        return next((each for each in usable if each is not Channel.VOICE), None)

    async def _going_on(
        self, session: AsyncSession, case: Case, point: ContactPoint, debtor: Debtor
    ) -> Conversation | None:
        """The conversation at an address in which something can be written now."""
        if point.channel is Channel.VOICE or point.state in NOT_THEIRS:
            return None
        talk = await conversations.open_conversation(session, point.id)
        if talk is None or person_of(talk, point) != case.debtor_id:
            return None
        if not within_service_window(point.last_inbound_at, self.clock.now()):
            return None
        verdict = await self.contact.verdict(session, point, debtor, Purpose.AGENT_REPLY)
        return talk if verdict.allowed else None

    async def _say(
        self,
        session: AsyncSession,
        case: Case,
        talk: Conversation,
        debtor: Debtor,
        *,
        proven: bool,
    ) -> None:
        if proven:
            text = await answer_to(session, case, debtor)
            await self._note_told(session, case)
        else:
            text = _WORDS["heads_up"]
        for message_id in self.outbox.add(
            session,
            talk,
            text,
            author=Author.SYSTEM,
            purpose=Purpose.AGENT_REPLY,
            buttons=() if proven else (_YES,),
        ):
            await self.jobs.enqueue(session, deliver(message_id=message_id), lock=talk.id)
        announce(session, talk.id)

    async def _note_told(
        self, session: AsyncSession, case: Case, party: VerifiedParty | None = None
    ) -> None:
        now = self.clock.now()
        transitions.informed(case, now, None if party is None else party.turn_id)
        await repository.record_step(session, case, CaseStep.TOLD, by=_SYSTEM, now=now)
        await self.planned_contacts.drop_case_answer(session, case.id)

    async def unread_answers(self, party: VerifiedParty) -> tuple[str, ...]:
        """What came of the cases of a proven debtor and was not told; the same turn, the same."""
        async with self.db.transaction() as session:
            debtor = await session.get_one(Debtor, party.debtor_id)
            found = await repository.untold_cases_of(session, party.debtor_id, party.turn_id)
            answers = []
            for case in found:
                answers.append(await answer_to(session, case, debtor))
                if case.informed_at is None:
                    await self._note_told(session, case, party)
        return tuple(answers)


async def answer_to(session: AsyncSession, case: Case, debtor: Debtor) -> str:
    """What the proven debtor hears about a resolved case."""
    debt = None if case.debt_id is None else await session.get_one(Debt, case.debt_id)
    words: dict[str, Any] = _WORDS["full"][case.kind.value]
    question = await repository.question_of(session, case)
    if question is not None:
        words = words[question.value]
    pattern: str = words[case.state.value]
    return pattern.format(
        product="" if debt is None else debt.product,
        balance="" if debt is None else debt.balance.text(country(debtor.country)),
        reason=case.reason or "",
    ).strip()
