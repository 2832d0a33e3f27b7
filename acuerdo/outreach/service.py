"""Contacts that begin with us: judged when they are asked for, and again when they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls.jobs import dial
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Reason, Verdict
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.contact.service import Contact
from acuerdo.contact.transitions import called_back
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.jobs import reply_to
from acuerdo.conversations.models import Conversation, MessageState, Owner
from acuerdo.conversations.reason_to_collect import with_reason
from acuerdo.conversations.turns import Turns
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.outreach import need, occasions, repository, transitions
from acuerdo.outreach.jobs import attempt, check_delivery
from acuerdo.outreach.models import PlannedContact, PlannedState
from acuerdo.outreach.occasions import Occasion
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values.channels import Channel

# Who wishes the same twice within a minute has sent the wish twice.
_SENT_TWICE: Final = timedelta(minutes=1)
_BEGUN: Final = Verdict(True, "house:begun_before")
# What refuses a second contact for no other reason than the first.
_ONCE_IS_ENOUGH: Final = frozenset(
    {Reason.COOLDOWN, Reason.DAY_CAP, Reason.WEEK_CAP, Reason.OTHER_CHANNEL, Reason.TOO_SOON}
)
_GOES_ON: Final = frozenset({PlannedState.PENDING, PlannedState.STARTED})
# After this long it is looked at whether a contact reached the person.
_LOOK_AFTER: Final = timedelta(minutes=15)
_BUSY: Final = timedelta(minutes=5)
_ASKED_FOR_DAYS: Final = timedelta(days=7)
_ARRIVED: Final = frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.READ})
_UNDERWAY: Final = frozenset({MessageState.QUEUED, MessageState.SENDING})
_UNKNOWN: Final = _UNDERWAY | {MessageState.UNKNOWN}
# What has not left by then is not waited for.
_UNDERWAY_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """What became of a wish to contact somebody: begun, waiting for `due_at`, or refused.

    `planned_id` is None where it was refused for good.
    """

    channel: Channel
    purpose: Purpose
    at: datetime
    verdict: Verdict
    planned_id: UUID | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedContacts:
    """Use cases of contacts that begin with us."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    turns: Turns
    settings: ConversationSettings

    @property
    def _idle(self) -> timedelta:
        return timedelta(minutes=self.settings.idle_minutes)

    async def request(
        self,
        external_id: str,
        channel: Channel,
        purpose: Purpose,
        *,
        debt: str | None = None,
        schedule: bool = False,
    ) -> RequestAnswer:
        """Begin a contact with a debtor now, or say why not.

        An equal one that has not come to its end, or was asked for this very minute, is answered
        and not begun again.
        The refusal of an address is kept in the ledger; without an address nobody was tried.
        Nobody is asked to pay where nothing is overdue or all that is has been agreed on.
        `schedule`: where waiting helps, it is planned for the first lawful moment and judged again
        then. Raises NotFound for an unknown debtor or debt.
        """
        now = self.clock.now()
        async with self.db.transaction() as session:
            debtor = await debts.debtor_by_external_id(session, external_id)
            if debtor is None:
                raise NotFound
            debt_id = None if debt is None else await self._debt_of(session, debtor, debt)
            await repository.hold_requests_about(session, debtor.id)
            same = await repository.same_request(session, debtor.id, debt_id, channel, purpose)
            point = _first(await self._reachable(session, debtor.id, channel, []), channel)
            if point is None:
                verdict = Verdict(False, "house:no_address", Reason.NO_ADDRESS)
                return RequestAnswer(channel, purpose, now, verdict)
            if same is not None and now - same.created_at < _SENT_TWICE:
                verdict = await self._verdict(session, point, debtor, purpose, debt_id)
                if verdict.allowed or verdict.reason in _ONCE_IS_ENOUGH:
                    return RequestAnswer(channel, purpose, now, _BEGUN, same.id, same.due_at)
            verdict = await self._judge(session, point, debtor, purpose, debt_id)
            due_at = now if verdict.allowed else verdict.next_allowed_at
            if due_at is None or not (verdict.allowed or schedule):
                return RequestAnswer(channel, purpose, now, verdict)
            if same is not None and same.state in _GOES_ON:
                return RequestAnswer(channel, purpose, now, verdict, same.id, same.due_at)
            planned_id = await repository.add(
                session,
                occasion=f"{Occasion.ASKED_FOR.value}:{uuid4()}",
                kind=Occasion.ASKED_FOR,
                debtor_id=debtor.id,
                debt_id=debt_id,
                channel=channel,
                purpose=purpose,
                due_at=due_at,
                expires_at=due_at + _ASKED_FOR_DAYS,
                created_at=now,
            )
            if planned_id is not None:
                await self._wake(session, planned_id, due_at - now)
            return RequestAnswer(channel, purpose, now, verdict, planned_id, due_at)

    @staticmethod
    async def _debt_of(session: AsyncSession, debtor: Debtor, external_id: str) -> UUID:
        found = await debts.debt_by_external_id(session, external_id)
        if found is None or found.debtor_id != debtor.id:
            raise NotFound
        return found.id

    async def _wake(self, session: AsyncSession, planned_id: UUID, delay: timedelta) -> None:
        await self.jobs.enqueue(session, attempt(planned_id=planned_id), delay=delay)

    async def plan_case_answer(
        self, session: AsyncSession, debtor_id: UUID, case_id: UUID, channel: Channel
    ) -> None:
        """Plan the contact in which somebody is told what came of their case; judged then."""
        now = self.clock.now()
        planned = occasions.of_case(case_id, now=now)
        planned_id = await repository.add(
            session,
            occasion=planned.key,
            kind=planned.kind,
            subject_id=case_id,
            debtor_id=debtor_id,
            debt_id=None,
            channel=channel,
            purpose=Purpose.CASE_ANSWER,
            due_at=planned.due_at,
            expires_at=planned.expires_at,
            created_at=now,
        )
        if planned_id is not None:
            await self._wake(session, planned_id, timedelta())

    async def drop_case_answer(self, session: AsyncSession, case_id: UUID) -> None:
        """Give up the contact about a case whose answer was heard otherwise."""
        for planned in await repository.pending_about(session, Occasion.CASE_ANSWER, case_id):
            transitions.dropped(planned, self.clock.now(), "told")

    async def attempt(self, planned_id: UUID) -> None:
        """Make a planned contact whose moment has come, or say why not."""
        async with self.db.transaction() as session:
            planned = await repository.lock(session, planned_id)
            if planned is None or planned.state is not PlannedState.PENDING:
                return
            now = self.clock.now()
            if planned.due_at > now:
                # the clock was put back, or the moment was moved
                await self._wake(session, planned.id, planned.due_at - now)
                return
            debtor = await session.get_one(Debtor, planned.debtor_id)
            points = await self._reachable(session, debtor.id, planned.channel, planned.tried)
            needless = await need.needless(session, planned)
            if planned.expires_at <= now:
                needless = needless or "too_late"
            if needless:
                await self._drop(session, planned, points, needless)
                return
            await self._try(session, planned, debtor, points)

    async def _try(
        self,
        session: AsyncSession,
        planned: PlannedContact,
        debtor: Debtor,
        points: Sequence[ContactPoint],
    ) -> None:
        """Begin at the first address that may be used; else wait for the first that will be."""
        refusals: list[Verdict] = []
        for point in points:
            verdict = await self._judge(session, point, debtor, planned.purpose, planned.debt_id)
            if verdict.allowed:
                await self._begin(session, planned, point)
                return
            refusals.append(verdict)
        later = [each.next_allowed_at for each in refusals if each.next_allowed_at is not None]
        if later and min(later) < planned.expires_at:
            planned.due_at = min(later)
            await self._wake(session, planned.id, planned.due_at - self.clock.now())
            return
        reasons = [each.reason.value for each in refusals if each.reason is not None]
        why = reasons[0] if reasons else "no_address"
        transitions.refused(planned, self.clock.now(), why)

    async def _begin(
        self, session: AsyncSession, planned: PlannedContact, point: ContactPoint
    ) -> None:
        now = self.clock.now()
        if point.channel is Channel.VOICE:
            await self._queue_call(session, planned, point)
            return
        conversation = await lifecycle.continue_or_begin(session, point, now=now, idle=self._idle)
        if conversation.owner is Owner.AGENT:
            await self._drop(session, planned, [point], "with_agent")
            return
        if await conversations.unfinished_turn(session, conversation.id) is not None:
            planned.due_at = now + _BUSY
            await self._wake(session, planned.id, _BUSY)
            return
        turn_id = self.turns.open_with_intent(session, conversation, "greet", planned.purpose)
        transitions.started(planned, conversation.id, turn_id)
        await self._fulfil_callback(session, planned)
        await self.jobs.enqueue(
            session, reply_to(conversation_id=conversation.id), lock=conversation.id
        )
        await self.jobs.enqueue(session, check_delivery(planned_id=planned.id), delay=_LOOK_AFTER)

    async def _queue_call(
        self, session: AsyncSession, planned: PlannedContact, point: ContactPoint
    ) -> None:
        """A call has attempts and tries of its own: what is planned is done when it is queued."""
        transitions.done(planned, self.clock.now())
        await self._fulfil_callback(session, planned)
        await self.jobs.enqueue(
            session, dial(call_id=planned.id, contact_point_id=point.id, purpose=planned.purpose)
        )

    @staticmethod
    async def _fulfil_callback(session: AsyncSession, planned: PlannedContact) -> None:
        """Where somebody was promised to be contacted, that is what happens now."""
        if planned.kind is Occasion.CALLBACK and planned.subject_id is not None:
            callback = await repository.callback(session, planned.subject_id)
            called_back(callback)

    async def check_delivery(self, planned_id: UUID) -> None:
        """Where a contact did not reach the person, try again, elsewhere if that is possible."""
        async with self.db.transaction() as session:
            planned = await repository.lock(session, planned_id)
            if planned is None or planned.state is not PlannedState.STARTED:
                return
            states = set(
                ()
                if planned.turn_id is None
                else await repository.states_of_turn(session, planned.turn_id)
            )
            if states & _UNDERWAY and self.clock.now() - planned.due_at < _UNDERWAY_FOR:
                await self.jobs.enqueue(
                    session, check_delivery(planned_id=planned.id), delay=_LOOK_AFTER
                )
                return
            if states & (_ARRIVED | _UNKNOWN):
                # nobody is written to twice because nobody knows
                lost = not states & _ARRIVED
                transitions.done(planned, self.clock.now(), "unknown" if lost else None)
                return
            if MessageState.FAILED in states and planned.conversation_id is not None:
                conversation = await session.get_one(Conversation, planned.conversation_id)
                planned.tried = [*planned.tried, str(conversation.contact_point_id)]
            transitions.again(planned, self.clock.now())
            await self._wake(session, planned.id, timedelta())

    async def _reachable(
        self,
        session: AsyncSession,
        debtor_id: UUID,
        channel: Channel,
        tried: Sequence[str],
    ) -> Sequence[ContactPoint]:
        """The addresses to try: of the wanted channel first, of others where there is consent."""
        points = [
            point
            for point in await contacts.contact_points_of(session, debtor_id)
            if self.contact.reaches(point.channel) and str(point.id) not in tried
        ]
        wanted = [point for point in points if point.channel is channel]
        wanted.sort(key=lambda point: point.state is not ContactState.ACTIVE)
        # nobody is rung up in place of a message
        others = [
            point
            for point in points
            if point.channel not in (channel, Channel.VOICE) and point.consent
        ]
        return [*wanted, *others]

    async def _judge(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor,
        purpose: Purpose,
        debt_id: UUID | None,
    ) -> Verdict:
        """The verdict; a refusal is written down, what is allowed is written when it is sent."""
        verdict = await self._verdict(session, point, debtor, purpose, debt_id)
        if not verdict.allowed:
            await self.contact.record(session, point, purpose, verdict)
        return verdict

    async def _verdict(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor,
        purpose: Purpose,
        debt_id: UUID | None,
    ) -> Verdict:
        verdict = await self.contact.verdict(
            session, point, debtor, purpose, debt_id=debt_id, has_template=True
        )
        now = self.clock.now()
        return await with_reason(session, verdict, debtor, purpose, now=now, debt_id=debt_id)

    async def _drop(
        self,
        session: AsyncSession,
        planned: PlannedContact,
        points: Sequence[ContactPoint],
        why: str,
    ) -> None:
        """Give up a contact that nobody needs; the ledger says why."""
        transitions.dropped(planned, self.clock.now(), why)
        for point in points[:1]:
            verdict = Verdict(False, f"house:{why}", Reason.NOT_NEEDED)
            await self.contact.record(session, point, planned.purpose, verdict)


def _first(points: Sequence[ContactPoint], channel: Channel) -> ContactPoint | None:
    return next((point for point in points if point.channel is channel), None)
