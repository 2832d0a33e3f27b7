"""Rows of reaching people: their addresses, what we tried, what they asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import Audited
from acuerdo.contact.law import Event
from acuerdo.db.base import Base, Identified
from acuerdo.db.types import Named
from acuerdo.values.channels import Channel


class ContactState(StrEnum):
    """Whether an address may be used at all."""

    ACTIVE = "active"
    OPTED_OUT = "opted_out"
    WRONG_PERSON = "wrong_person"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


class Purpose(StrEnum):
    """Why we write or call."""

    REPLY = "reply"
    AGENT_REPLY = "agent_reply"
    PAYMENT_CONFIRMATION = "payment_confirmation"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    COLLECTION = "collection"
    REMINDER = "reminder"
    CALLBACK = "callback"


# Messages that answer, or serve, somebody who has written to us.
ANSWERS: Final = frozenset({Purpose.REPLY, Purpose.AGENT_REPLY, Purpose.OPT_OUT_CONFIRMATION})
# Contacts that begin with us, about a debt.
OUTREACH: Final = frozenset({Purpose.COLLECTION, Purpose.REMINDER, Purpose.CALLBACK})


class CallbackState(StrEnum):
    """An agreed later contact."""

    PENDING = "pending"
    DONE = "done"
    CANCELLED = "cancelled"


class ContactPoint(Identified, Base):
    """An address on a channel; unknown people have one too, without a debtor.

    `address` is canonical and found by; `reply_address` is how the person last wrote to us.
    `external_user_id` is WhatsApp's business-scoped id: such a person may have no phone.
    """

    __tablename__ = "contact_point"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        Index("uq_contact_point_external_user", "channel", "external_user_id", unique=True),
    )

    debtor_id: Mapped[UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    address: Mapped[str] = mapped_column(String(160))
    reply_address: Mapped[str | None] = mapped_column(String(160))
    external_user_id: Mapped[str | None] = mapped_column(String(160))
    state: Mapped[ContactState] = mapped_column(Named(ContactState))
    state_since_at: Mapped[datetime]
    consent: Mapped[bool]
    last_inbound_at: Mapped[datetime | None]
    locked_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Stop(Identified, Base):
    """Something that ends contact about a person until a colleague lifts it: a lawyer, insolvency.

    What an address or a debt says by itself (an opt-out, a dispute, a death) is kept with it.
    """

    __tablename__ = "contact_stop"

    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    kind: Mapped[Event] = mapped_column(Named(Event))
    since_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(64))
    lifted_at: Mapped[datetime | None]


class LinkToken(Base):
    """A one-time word that binds a Telegram chat to a debtor; only its hash is kept."""

    __tablename__ = "link_token"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Audited, Base):
    """One wish to reach a person, allowed or refused, with the rule that decided; append-only."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("message_id", "allowed"),
        Index("ix_attempt_debtor_at", "debtor_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contact_point_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), index=True)
    debtor_id: Mapped[UUID | None]
    message_id: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    purpose: Mapped[Purpose] = mapped_column(Named(Purpose))
    at: Mapped[datetime]
    allowed: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(120))
    next_allowed_at: Mapped[datetime | None]


class Callback(Identified, Base):
    """A later contact that was agreed with the person."""

    __tablename__ = "callback"
    __table_args__ = (UniqueConstraint("conversation_id"),)

    conversation_id: Mapped[UUID]
    contact_point_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"))
    debtor_id: Mapped[UUID | None] = mapped_column(index=True)
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    at: Mapped[datetime]
    state: Mapped[CallbackState] = mapped_column(Named(CallbackState))
    created_at: Mapped[datetime]
