"""The debtor's card: what is owed, said, agreed and tried. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from acuerdo.agreements.due import Due
from acuerdo.contact.law import Verdict
from acuerdo.contact.models import ContactState
from acuerdo.debts.models import DebtStatus
from acuerdo.debts.policies import CreditorPolicy, days_late
from acuerdo.values.channels import Channel
from acuerdo.values.countries import Country, country
from acuerdo.values.requests import Wish
from acuerdo.views.debtor_file.debtor_file import (
    AddressRecord,
    AttemptRecord,
    CallbackRecord,
    CaseRecord,
    ClaimRecord,
    ConversationRecord,
    DebtorFile,
    DebtRecord,
    DisputeRecord,
    PlanRecord,
    PromiseRecord,
)
from acuerdo.views.debtor_file.due import due_in
from acuerdo.views.debtor_file.money import MoneyEventRecord, PaymentRecord
from acuerdo.views.desk.verification_status import window_until


@dataclass(frozen=True, slots=True)
class AddressVerdicts:
    """What policy says now of an address: about an answer there, and about a contact that begins
    with us; None where nobody knows whose address it is."""

    may_write: Verdict
    outlook: Verdict | None


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address with its verdicts; `is_current` where the conversation is."""

    id: UUID
    channel: Channel
    address: str
    state: ContactState
    consent: bool
    may_write: Verdict
    outlook: Verdict | None
    window_until_at: datetime | None
    locked_until_at: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class DebtCard:
    """A debt with everything that was said, agreed and paid about it, the newest first.

    `due`: None where nobody is asked for it now.
    """

    debt: DebtRecord
    policy: CreditorPolicy
    country: Country
    days_late: int
    due: Due | None
    promises: tuple[PromiseRecord, ...]
    plans: tuple[PlanRecord, ...]
    disputes: tuple[DisputeRecord, ...]
    claims: tuple[ClaimRecord, ...]
    payments: tuple[PaymentRecord, ...]
    money_events: tuple[MoneyEventRecord, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All we know about the person of a conversation; no `name` for people we do not know."""

    name: str | None
    external_id: str | None
    country: str | None
    timezone: str
    now: datetime
    today: date
    deceased_reported_at: datetime | None
    addresses: tuple[AddressView, ...]
    preference: Wish | None
    debts: tuple[DebtCard, ...]
    cases: tuple[CaseRecord, ...]
    callbacks: tuple[CallbackRecord, ...]
    attempts: tuple[AttemptRecord, ...]
    other_conversations: tuple[ConversationRecord, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, with the person's zone and day."""

    now: datetime
    timezone: str
    today: date


def card_of(
    file: DebtorFile,
    conversation_id: UUID,
    addresses: tuple[AddressView, ...],
    attempts: tuple[AttemptRecord, ...],
    moment: Moment,
) -> Card:
    """The card of a known person; `attempts`: at these addresses, the newest first."""
    return Card(
        name=file.person.name,
        external_id=file.person.external_id,
        country=file.person.country,
        timezone=moment.timezone,
        now=moment.now,
        today=moment.today,
        deceased_reported_at=file.person.deceased_reported_at,
        addresses=addresses,
        preference=None if file.preference is None else file.preference.wish,
        debts=_debts(file, moment.today),
        cases=tuple(reversed(file.cases)),
        callbacks=file.callbacks,
        attempts=attempts,
        other_conversations=tuple(
            each for each in reversed(file.conversations) if each.id != conversation_id
        ),
    )


def card_of_stranger(
    addresses: tuple[AddressView, ...], attempts: tuple[AttemptRecord, ...], moment: Moment
) -> Card:
    """The card of somebody we do not know: their address, and what was tried there."""
    return Card(
        name=None,
        external_id=None,
        country=None,
        timezone=moment.timezone,
        now=moment.now,
        today=moment.today,
        deceased_reported_at=None,
        addresses=addresses,
        preference=None,
        debts=(),
        cases=(),
        callbacks=(),
        attempts=attempts,
        other_conversations=(),
    )


def addresses_with_current(
    file: DebtorFile | None, current: AddressRecord
) -> tuple[AddressRecord, ...]:
    """The address of the conversation and then the person's others."""
    known = () if file is None else file.addresses
    others = (each for each in known if each.is_theirs and each.id != current.id)
    return (current, *others)


def address_views(
    addresses: Sequence[AddressRecord],
    verdicts: Mapping[UUID, AddressVerdicts],
    current_id: UUID,
    now: datetime,
) -> tuple[AddressView, ...]:
    """Addresses with what policy says of each; a lock that is over is none."""
    return tuple(
        AddressView(
            id=each.id,
            channel=each.channel,
            address=each.address,
            state=each.state,
            consent=each.consent,
            may_write=verdicts[each.id].may_write,
            outlook=verdicts[each.id].outlook,
            window_until_at=window_until(each.channel, each.last_inbound_at, now),
            locked_until_at=each.locked_until_at
            if each.locked_until_at is not None and now < each.locked_until_at
            else None,
            is_current=each.id == current_id,
        )
        for each in addresses
    )


class _AboutDebt(Protocol):
    @property
    def debt_id(self) -> UUID: ...


_T = TypeVar("_T", bound=_AboutDebt)


def _debts(file: DebtorFile, today: date) -> tuple[DebtCard, ...]:
    """Every debt with all about it, the open ones first."""
    promises, plans = _by_debt(file.promises), _by_debt(file.plans)
    disputes, claims = _by_debt(file.disputes), _by_debt(file.claims)
    payments, money_events = _by_debt(file.payments), _by_debt(file.money_events)
    return tuple(
        DebtCard(
            debt=debt,
            policy=CreditorPolicy.model_validate(debt.creditor.policy),
            country=country(file.person.country),
            days_late=days_late(debt.due_on, today),
            due=due_in(file, debt, today),
            promises=tuple(promises[debt.id]),
            plans=tuple(plans[debt.id]),
            disputes=tuple(disputes[debt.id]),
            claims=tuple(claims[debt.id]),
            payments=tuple(payments[debt.id]),
            money_events=tuple(money_events[debt.id]),
        )
        for debt in sorted(file.debts, key=lambda debt: debt.status is not DebtStatus.OPEN)
    )


def _by_debt(records: Iterable[_T]) -> defaultdict[UUID, list[_T]]:
    """Records by their debt, the newest first."""
    grouped: defaultdict[UUID, list[_T]] = defaultdict(list)
    for record in records:
        grouped[record.debt_id].insert(0, record)
    return grouped
