"""Reading one debtor's file: at most nineteen statements, however much there is in it."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from acuerdo.agreements.models import Plan, Promise
from acuerdo.audit.models import Decision
from acuerdo.bookkeeping import repository as bookkeeping
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.calls.models import Call, CallResult
from acuerdo.cases.models import Case, CaseEvent
from acuerdo.contact.models import (
    AddressOwner,
    Attempt,
    Callback,
    CallbackState,
    ConsentEvent,
    ContactPoint,
    DataCase,
    Preference,
)
from acuerdo.contact.repository import concerns, is_theirs
from acuerdo.conversations.models import Conversation, Message, Outcome
from acuerdo.debts.models import Debt, Debtor, Dispute, PaymentClaim
from acuerdo.payments.models import Payment
from acuerdo.values.money import Money
from acuerdo.views.debtor_file.debtor_file import (
    AddressRecord,
    AttemptRecord,
    CallbackRecord,
    CaseRecord,
    CaseStepRecord,
    ClaimRecord,
    ConsentRecord,
    ConversationRecord,
    CreditorRecord,
    DataRequestRecord,
    DebtorFile,
    DebtRecord,
    DecisionRecord,
    DisputeRecord,
    Extent,
    InstalmentRecord,
    MessageRecord,
    PersonRecord,
    PlanRecord,
    PreferenceRecord,
    PromiseRecord,
)
from acuerdo.views.debtor_file.money import MoneyEventRecord, PaymentRecord

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    _Record = TypeVar("_Record", bound=DataclassInstance)

# More of one kind than anybody has of one person.
_DEBTS: Final = 50
_ADDRESSES: Final = 100
_CASES: Final = 200
_PAYMENTS: Final = 500
_MONEY_EVENTS: Final = 500
_CONSENTS: Final = 1000
_CALLBACKS: Final = 100

_TRIED: Final = select(Attempt, Call.result).outerjoin(Call, Call.id == Attempt.message_id)


async def debtor_called(session: AsyncSession, external_id: str) -> Debtor | None:
    """The debtor the portfolio calls so."""
    if "\x00" in external_id:
        # no name holds one, and the database cannot even be asked
        return None
    return await session.scalar(select(Debtor).where(Debtor.external_id == external_id))


async def file_of(session: AsyncSession, debtor: Debtor, extent: Extent) -> DebtorFile:
    """The file of a person, as much of it as is asked for."""
    found = await session.scalars(
        select(Debt)
        .where(Debt.debtor_id == debtor.id)
        .order_by(Debt.due_on, Debt.external_id)
        .limit(_DEBTS),
    )
    owed = [record(DebtRecord, each, creditor=_creditor(each)) for each in found]
    ids = [debt.id for debt in owed]
    preference = await session.get(Preference, debtor.id)
    conversations = await _conversations(session, debtor.id, extent)
    return DebtorFile(
        person=record(PersonRecord, debtor),
        debts=tuple(owed),
        addresses=await _addresses(session, debtor.id),
        promises=await _promises(session, ids),
        plans=await _plans(session, ids),
        disputes=await _disputes(session, ids),
        claims=await _claims(session, ids),
        payments=await _payments(session, ids),
        money_events=await _money_events(session, owed),
        callbacks=await _callbacks(session, debtor.id),
        cases=await _cases(session, debtor.id),
        preference=None if preference is None else record(PreferenceRecord, preference),
        conversations=conversations,
        messages=await _messages(session, debtor.id, [each.id for each in conversations], extent),
        attempts=await _attempts(session, debtor.id, extent),
        consents=await _consents(session, debtor.id) if extent.requests else (),
        data_requests=await _data_requests(session, debtor.id) if extent.requests else (),
        case_steps=await _case_steps(session, debtor.id) if extent.requests else (),
        decisions=await _decisions(session, debtor.id, extent),
    )


async def attempts_at(
    session: AsyncSession, address_ids: Collection[UUID], limit: int
) -> tuple[AttemptRecord, ...]:
    """What was tried last at some addresses, whoever they belonged to then, the newest first."""
    found = await session.execute(
        _TRIED.where(Attempt.contact_point_id.in_(address_ids))
        .order_by(Attempt.id.desc())
        .limit(limit)
    )
    return tuple(_attempt(attempt, result) for attempt, result in found.all())


def record(kind: "type[_Record]", row: object, **more: object) -> "_Record":
    """A row as a frozen value: the fields of the same names, and `more` that it calls otherwise."""
    same = (each.name for each in fields(kind) if each.name not in more)
    return kind(**{name: getattr(row, name) for name in same}, **more)


def _creditor(debt: Debt) -> CreditorRecord:
    return record(CreditorRecord, debt.creditor)


async def _addresses(session: AsyncSession, debtor_id: UUID) -> tuple[AddressRecord, ...]:
    current = is_theirs(debtor_id)
    once = exists().where(
        AddressOwner.contact_point_id == ContactPoint.id, AddressOwner.debtor_id == debtor_id
    )
    found = await session.execute(
        select(ContactPoint, current)
        .where(or_(current, once))
        .order_by(ContactPoint.channel, ContactPoint.address)
        .limit(_ADDRESSES),
    )
    return tuple(
        record(AddressRecord, point, is_theirs=bool(theirs)) for point, theirs in found.all()
    )


async def _promises(session: AsyncSession, debt_ids: Sequence[UUID]) -> tuple[PromiseRecord, ...]:
    found = await session.scalars(
        select(Promise)
        .where(Promise.debt_id.in_(debt_ids))
        .order_by(Promise.recorded_at, Promise.id)
        .limit(_CASES),
    )
    return tuple(record(PromiseRecord, each) for each in found)


async def _plans(session: AsyncSession, debt_ids: Sequence[UUID]) -> tuple[PlanRecord, ...]:
    found = await session.scalars(
        select(Plan)
        .where(Plan.debt_id.in_(debt_ids))
        .options(selectinload(Plan.instalments))
        .order_by(Plan.recorded_at, Plan.id)
        .limit(_CASES),
    )
    return tuple(
        record(
            PlanRecord,
            plan,
            instalments=tuple(record(InstalmentRecord, each) for each in plan.instalments),
        )
        for plan in found
    )


async def _disputes(session: AsyncSession, debt_ids: Sequence[UUID]) -> tuple[DisputeRecord, ...]:
    found = await session.scalars(
        select(Dispute)
        .where(Dispute.debt_id.in_(debt_ids))
        .order_by(Dispute.opened_at, Dispute.id)
        .limit(_CASES),
    )
    return tuple(record(DisputeRecord, each) for each in found)


async def _claims(session: AsyncSession, debt_ids: Sequence[UUID]) -> tuple[ClaimRecord, ...]:
    found = await session.scalars(
        select(PaymentClaim)
        .where(PaymentClaim.debt_id.in_(debt_ids))
        .order_by(PaymentClaim.opened_at, PaymentClaim.id)
        .limit(_CASES),
    )
    return tuple(record(ClaimRecord, each, amount=_amount(each)) for each in found)


def _amount(claim: PaymentClaim) -> Money | None:
    return None if claim.amount_minor is None else Money(claim.amount_minor, claim.currency)


async def _payments(session: AsyncSession, debt_ids: Sequence[UUID]) -> tuple[PaymentRecord, ...]:
    found = await session.scalars(
        select(Payment)
        .where(Payment.debt_id.in_(debt_ids))
        .order_by(Payment.paid_at, Payment.id)
        .limit(_PAYMENTS),
    )
    return tuple(record(PaymentRecord, each) for each in found)


async def _money_events(
    session: AsyncSession, owed: Sequence[DebtRecord]
) -> tuple[MoneyEventRecord, ...]:
    """The latest facts about the money of some debts, the oldest first."""
    currencies = {debt.id: debt.currency for debt in owed}
    found = await bookkeeping.events_of(session, currencies, _MONEY_EVENTS)
    return tuple(
        record(MoneyEventRecord, each, amount=_moved(each, currencies[each.debt_id]))
        for each in reversed(found)
    )


def _moved(event: MoneyEvent, currency: str) -> Money:
    minor = event.balance_minor if event.amount_minor is None else event.amount_minor
    return Money(minor or 0, currency)


async def _callbacks(session: AsyncSession, debtor_id: UUID) -> tuple[CallbackRecord, ...]:
    found = await session.scalars(
        select(Callback)
        .where(Callback.debtor_id == debtor_id, Callback.state == CallbackState.PENDING)
        .order_by(Callback.at, Callback.id)
        .limit(_CALLBACKS),
    )
    return tuple(record(CallbackRecord, each) for each in found)


async def _conversations(
    session: AsyncSession, debtor_id: UUID, extent: Extent
) -> tuple[ConversationRecord, ...]:
    if not extent.conversations:
        return ()
    found = await session.scalars(
        select(Conversation)
        .where(Conversation.debtor_id == debtor_id)
        .order_by(Conversation.started_at.desc(), Conversation.id.desc())
        .limit(extent.conversations),
    )
    return tuple(
        record(ConversationRecord, each, verified=each.verified_at is not None)
        for each in reversed(found.all())
    )


async def _messages(
    session: AsyncSession, debtor_id: UUID, conversation_ids: Sequence[UUID], extent: Extent
) -> tuple[MessageRecord, ...]:
    if not extent.messages:
        return ()
    if extent.period is None:
        asked = _newest_of_each(conversation_ids, extent.messages)
    else:
        asked = (
            select(Message, Conversation.outcome)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(
                Conversation.debtor_id == debtor_id,
                Message.at >= extent.period.since,
                Message.at < extent.period.until,
            )
            .order_by(Message.sequence)
            .limit(extent.messages)
        )
    return tuple(
        record(MessageRecord, each, conversation_outcome=outcome, has_media=bool(each.media))
        for each, outcome in (await session.execute(asked)).all()
    )


def _newest_of_each(conversation_ids: Sequence[UUID], limit: int) -> Select[Message, Outcome]:
    newest = (
        select(Message)
        .where(Message.conversation_id == Conversation.id)
        .order_by(Message.sequence.desc())
        .limit(limit)
        .lateral()
    )
    message = aliased(Message, newest)
    return (
        select(message, Conversation.outcome)
        .join_from(Conversation, newest, true())
        .where(Conversation.id.in_(conversation_ids))
        .order_by(message.sequence)
    )


async def _attempts(
    session: AsyncSession, debtor_id: UUID, extent: Extent
) -> tuple[AttemptRecord, ...]:
    if not extent.attempts:
        return ()
    asked = _TRIED.where(concerns(debtor_id)).limit(extent.attempts)
    if extent.period is None:
        newest_first = (await session.execute(asked.order_by(Attempt.id.desc()))).all()
        return tuple(_attempt(attempt, result) for attempt, result in reversed(newest_first))
    asked = asked.where(Attempt.at >= extent.period.since, Attempt.at < extent.period.until)
    found = (await session.execute(asked.order_by(Attempt.id))).all()
    return tuple(_attempt(attempt, result) for attempt, result in found)


def _attempt(attempt: Attempt, result: CallResult | None) -> AttemptRecord:
    return record(AttemptRecord, attempt, address_id=attempt.contact_point_id, result=result)


async def _consents(session: AsyncSession, debtor_id: UUID) -> tuple[ConsentRecord, ...]:
    found = await session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.debtor_id == debtor_id)
        .order_by(ConsentEvent.id)
        .limit(_CONSENTS),
    )
    return tuple(record(ConsentRecord, each) for each in found)


async def _data_requests(session: AsyncSession, debtor_id: UUID) -> tuple[DataRequestRecord, ...]:
    found = await session.scalars(
        select(DataCase)
        .where(DataCase.debtor_id == debtor_id)
        .order_by(DataCase.opened_at, DataCase.id)
        .limit(_CASES),
    )
    return tuple(record(DataRequestRecord, each) for each in found)


async def _cases(session: AsyncSession, debtor_id: UUID) -> tuple[CaseRecord, ...]:
    found = await session.scalars(
        select(Case)
        .where(Case.debtor_id == debtor_id)
        .order_by(Case.opened_at, Case.id)
        .limit(_CASES),
    )
    return tuple(record(CaseRecord, each) for each in found)


async def _case_steps(session: AsyncSession, debtor_id: UUID) -> tuple[CaseStepRecord, ...]:
    found = await session.execute(
        select(CaseEvent, Case)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.debtor_id == debtor_id)
        .order_by(CaseEvent.id)
        .limit(_CASES * 5),
    )
    return tuple(
        CaseStepRecord(
            kind=case.kind,
            state=case.state,
            rule=case.rule,
            step=event.step,
            by=event.by,
            reason=str(event.facts.get("reason") or ""),
            at=event.at,
        )
        for event, case in found.all()
    )


async def _decisions(
    session: AsyncSession, debtor_id: UUID, extent: Extent
) -> tuple[DecisionRecord, ...]:
    if not extent.decisions:
        return ()
    asked = select(Decision).where(Decision.debtor_id == debtor_id)
    if extent.period is not None:
        asked = asked.where(Decision.at >= extent.period.since, Decision.at < extent.period.until)
    found = await session.scalars(asked.order_by(Decision.id).limit(extent.decisions))
    return tuple(record(DecisionRecord, each) for each in found)
