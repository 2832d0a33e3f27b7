"""Rows for tests, complete and invented: a test names only what matters to it.

A builder makes a row and stores nothing; `saved` stores rows in the order given, so that what is
referred to comes first. Amounts are decimal strings in the currency of the debt.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Direction,
    Message,
    MessageState,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import Creditor, Debt, Debtor, DebtStatus
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty, normal_document, verified_party
from acuerdo.platform.db.base import Base
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.staff.models import Staff
from acuerdo.staff.permissions import Role
from acuerdo.values.channels import Channel
from acuerdo.values.countries import country as habits_of
from acuerdo.values.money import Money
from tests.clock import NOW

MASTER_KEY: Final = "a key for tests"
VAULT: Final = Vault([MASTER_KEY])
_numbers = count(1)


async def saved(db: Database, *rows: Base) -> None:
    """Store rows in one transaction, in the order given."""
    async with db.transaction() as session:
        for row in rows:
            session.add(row)
            await session.flush()


def a_creditor(
    *,
    external_id: str | None = None,
    name: str = "Luz Norte",
    agency: str = "Gestiones del Sur",
    country: str = "PE",
    currency: str | None = None,
    policy: dict[str, Any] | None = None,
    payment_methods: str = "Banco Andino, cuenta 191-000-111",
    complaints: str = "reclamos@luznorte.example",
) -> Creditor:
    """A creditor; `policy` as in a portfolio, the product's defaults where it says nothing."""
    return Creditor(
        id=uuid4(),
        external_id=external_id or f"creditor-{next(_numbers)}",
        name=name,
        agency=agency,
        country=country,
        currency=currency or habits_of(country).currency,
        timezone=habits_of(country).timezone,
        payment_methods=payment_methods,
        complaints=complaints,
        policy=policy or {},
    )


def a_debtor(
    *,
    external_id: str | None = None,
    name: str = "Ana Flores",
    country: str = "PE",
    document: str | None = "45671234",
    birth_date: date | None = date(1990, 3, 2),
    deceased_reported_at: datetime | None = None,
    vault: Vault = VAULT,
    created_at: datetime = NOW,
) -> Debtor:
    """A person; the document and the birth date are encrypted with `vault`."""
    return Debtor(
        id=uuid4(),
        external_id=external_id or f"debtor-{next(_numbers)}",
        name=name,
        document_encrypted=None if document is None else vault.encrypt(document),
        document_lookup=None if document is None else vault.lookup(normal_document(document)),
        birth_date_encrypted=None if birth_date is None else vault.encrypt(birth_date.isoformat()),
        country=country,
        timezone=habits_of(country).timezone,
        deceased_reported_at=deceased_reported_at,
        created_at=created_at,
    )


def a_debt(
    debtor: Debtor,
    creditor: Creditor,
    *,
    external_id: str | None = None,
    product: str = "servicio eléctrico",
    balance: str = "320.50",
    overdue: str = "120.50",
    interest: str = "0",
    fees: str = "0",
    days_late: int = 45,
    status: DebtStatus = DebtStatus.OPEN,
    today: date | None = None,
) -> Debt:
    """A debt whose date passed `days_late` days before `today` (negative: is still to come)."""
    due_on = (today or NOW.date()) - timedelta(days=days_late)
    return Debt(
        id=uuid4(),
        external_id=external_id or f"debt-{next(_numbers)}",
        debtor_id=debtor.id,
        creditor_id=creditor.id,
        product=product,
        currency=creditor.currency,
        balance_minor=_minor(balance, creditor.currency),
        overdue_minor=_minor(overdue, creditor.currency),
        interest_minor=_minor(interest, creditor.currency),
        fees_minor=_minor(fees, creditor.currency),
        due_on=due_on,
        status=status,
        updated_at=NOW,
    )


def _minor(amount: str, currency: str) -> int:
    return Money.of(Decimal(amount), currency).minor


def a_contact_point(
    debtor: Debtor | None = None,
    *,
    channel: Channel = Channel.WHATSAPP,
    address: str | None = None,
    state: ContactState = ContactState.ACTIVE,
    consent: bool = True,
    last_inbound_at: datetime | None = NOW,
    locked_until_at: datetime | None = None,
) -> ContactPoint:
    """An address of a person, or of somebody unknown, who has just written to us."""
    number = next(_numbers)
    usual = str(700_000_000 + number) if channel is Channel.TELEGRAM else f"+5198765{number:04}"
    return ContactPoint(
        id=uuid4(),
        debtor_id=None if debtor is None else debtor.id,
        channel=channel,
        address=address or usual,
        reply_address=None,
        external_user_id=None,
        other_user_id=None,
        bound_at=None,
        state=state,
        state_since_at=NOW,
        consent=consent,
        last_inbound_at=last_inbound_at,
        locked_until_at=locked_until_at,
        created_at=NOW,
    )


def a_conversation(
    point: ContactPoint,
    *,
    owner: Owner = Owner.BOT,
    agent: Staff | None = None,
    verified_until_at: datetime | None = None,
    outcome: Outcome = Outcome.NO_OUTCOME,
    waiting_since_at: datetime | None = None,
    waiting_reason: WaitingReason | None = None,
    started_at: datetime = NOW,
    last_activity_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> Conversation:
    """A conversation with an address; unverified unless `verified_until_at` says otherwise."""
    return Conversation(
        id=uuid4(),
        contact_point_id=point.id,
        debtor_id=point.debtor_id,
        address_owner_id=point.debtor_id,
        channel=point.channel,
        owner=owner,
        agent_id=None if agent is None else agent.id,
        verified_until_at=verified_until_at,
        verified_at=None if verified_until_at is None else started_at,
        outcome=outcome,
        waiting_since_at=waiting_since_at,
        waiting_reason=waiting_reason,
        started_at=started_at,
        last_activity_at=last_activity_at or started_at,
        closed_at=closed_at,
    )


def a_message(
    conversation: Conversation,
    text: str = "hola",
    *,
    author: Author = Author.DEBTOR,
    agent: Staff | None = None,
    state: MessageState | None = None,
    choice: str | None = None,
    buttons: list[dict[str, Any]] | None = None,
    media: list[dict[str, Any]] | None = None,
    error_code: str | None = None,
    turn_id: UUID | None = None,
    at: datetime = NOW,
) -> Message:
    """What somebody said; only the debtor's own messages come in."""
    comes_in = author is Author.DEBTOR
    usual = MessageState.RECEIVED if comes_in else MessageState.SENT
    return Message(
        id=uuid4(),
        conversation_id=conversation.id,
        turn_id=turn_id,
        channel=conversation.channel,
        direction=Direction.IN if comes_in else Direction.OUT,
        author=author,
        agent_id=None if agent is None else agent.id,
        provider_id=f"provider-{next(_numbers)}",
        text=text,
        choice=choice,
        provider_order=None,
        reply_to_provider_id=None,
        buttons=buttons or [],
        call_cue=None,
        media=media or [],
        state=state or usual,
        error_code=error_code,
        purpose=None if comes_in else "reply",
        at=at,
        sent_at=None if comes_in else at,
    )


def a_staff_member(
    *, login: str | None = None, name: str = "Lucía Ramos", role: Role = Role.AGENT
) -> Staff:
    """A person of the desk who cannot log in: StaffService makes those who can."""
    return Staff(
        id=uuid4(),
        login=login or f"agent-{next(_numbers)}",
        name=name,
        role=role,
        password_hash="nobody's",
        active=True,
        creditors=None,
        logged_in_at=None,
        created_at=NOW,
    )


def a_debt_view(
    *,
    external_id: str = "deuda-1",
    creditor: str = "Luz Norte",
    product: str = "servicio eléctrico",
    balance: str = "320.50",
    overdue: str = "120.50",
    policy: dict[str, Any] | None = None,
    country: str = "PE",
    disputed: bool = False,
    today: date | None = None,
) -> DebtView:
    """A debt as its debtor may hear it, without a database."""
    home = habits_of(country)
    day = today or NOW.date()
    total = Money.of(balance, home.currency)
    return DebtView(
        id=uuid4(),
        external_id=external_id,
        creditor=creditor,
        agency="Gestiones del Sur",
        product=product,
        balance=total,
        overdue=Money.of(overdue, home.currency),
        interest=Money(0, home.currency),
        fees=Money(0, home.currency),
        principal=total,
        due_on=day - timedelta(days=45),
        days_late=45,
        disputed=disputed,
        claimed_paid=False,
        payment_methods="Banco Andino, cuenta 191-000-111",
        complaints="reclamos@luznorte.example",
        policy=CreditorPolicy.model_validate(policy or {}),
        country=home,
        timezone=home.timezone,
        today=day,
    )


def a_party(
    debtor_id: UUID | None = None,
    conversation_id: UUID | None = None,
    *,
    channel: Channel = Channel.WHATSAPP,
    turn_id: UUID | None = None,
) -> VerifiedParty:
    """A proven debtor, made as the product makes one."""
    return verified_party(
        debtor_id=debtor_id or uuid4(),
        conversation_id=conversation_id or uuid4(),
        channel=channel,
        turn_id=turn_id,
        verified_until_at=NOW + timedelta(minutes=30),
        now=NOW,
    )
