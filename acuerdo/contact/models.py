"""Rows of reaching people: their addresses, what we tried, what they asked for."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import Audited, BatchSealed
from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.law import Event
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DataRight, Scope, Wish


class ContactState(StrEnum):
    """Whether an address may be used at all."""

    ACTIVE = "active"
    OPTED_OUT = "opted_out"
    WRONG_PERSON = "wrong_person"
    THIRD_PARTY = "third_party"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


# States that end when the person writes again.
PASSING: Final = frozenset({ContactState.BLOCKED, ContactState.UNREACHABLE})


class Purpose(StrEnum):
    """Why we write or call."""

    REPLY = "reply"
    AGENT_REPLY = "agent_reply"
    PAYMENT_CONFIRMATION = "payment_confirmation"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    COLLECTION = "collection"
    REMINDER = "reminder"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"
    CASE_ANSWER = "case_answer"
    SECURITY_NOTICE = "security_notice"


# Messages that answer, or serve, somebody who has written to us.
ANSWERS: Final = frozenset({Purpose.REPLY, Purpose.AGENT_REPLY, Purpose.OPT_OUT_CONFIRMATION})
# Contacts that begin with us.
OUTREACH: Final = frozenset(
    {Purpose.COLLECTION, Purpose.REMINDER, Purpose.CALLBACK, Purpose.CASE_ANSWER}
)
# Messages that confirm what was done with somebody's account and ask for nothing.
CONFIRMS: Final = frozenset({Purpose.PAYMENT_CONFIRMATION, Purpose.SECURITY_NOTICE})
# A message in a mailbox is judged like the call in which it is left, and counted with it; who is
# told what came of their own case is not asked for a debt.
ABOUT_DEBTS: Final = frozenset(
    {Purpose.COLLECTION, Purpose.REMINDER, Purpose.CALLBACK, Purpose.VOICEMAIL}
)


class CallbackState(StrEnum):
    """An agreed later contact."""

    PENDING = "pending"
    DONE = "done"


class ContactPoint(Identified, Base):
    """An address on a channel; unknown people have one too, without a debtor.

    `debtor_id` is its only owner; None where nobody is known, or where several people share it, who
    stand in `AddressOwner`. Whose consent and whose silence it is says the address, for all.

    `address` is canonical and found by; `reply_address` is how the person last wrote to us.
    `external_user_id` is the provider's own id of the person: such a person may have no phone.
    `other_user_id` is set while somebody of another id writes from here: whose address it is stands
    in doubt, see `points.owner_of`. `bound_at`: since when it is theirs by a proof.
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
    other_user_id: Mapped[str | None] = mapped_column(String(160))
    bound_at: Mapped[datetime | None]
    state: Mapped[ContactState] = mapped_column(Named(ContactState))
    state_since_at: Mapped[datetime]
    consent: Mapped[bool]
    workplace: Mapped[bool] = mapped_column(default=False)
    last_inbound_at: Mapped[datetime | None]
    locked_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AddressOwner(Base):
    """One person whose address it may be: a number that several people share is each one's.

    `brought_by`: the creditors in whose newest file it stands for this person; `given_at`: when the
    person gave it themselves, by a proof or a link, which no file takes back. `wrong_person_at`:
    when somebody there said that it is not theirs, which no file takes back either. `since_at`:
    since when it has been theirs without a break.
    """

    __tablename__ = "address_owner"

    contact_point_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), primary_key=True)
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), primary_key=True, index=True)
    brought_by: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    given_at: Mapped[datetime | None]
    wrong_person_at: Mapped[datetime | None]
    since_at: Mapped[datetime]

    @property
    def is_current(self) -> bool:
        """Whether the address is this person's as far as we know."""
        return self.wrong_person_at is None and (self.given_at is not None or bool(self.brought_by))


class Stop(BatchSealed, Identified, Base):
    """Something that ends contact about a person until a colleague lifts it: a lawyer, insolvency.

    What an address or a debt says by itself (an opt-out, a dispute, a death) is kept with it.
    """

    __tablename__ = "contact_stop"
    sealed = ("id", "debtor_id", "kind", "since_at", "source")

    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    kind: Mapped[Event] = mapped_column(Named(Event))
    since_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(64))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(80))
    lifted_why: Mapped[str | None] = mapped_column(Text)


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


class ConsentEvent(Audited, Base):
    """A consent given or withdrawn, with its proof: the words, or the message; append-only.

    The contact point keeps what follows from all of them.
    """

    __tablename__ = "consent_event"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contact_point_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), index=True)
    debtor_id: Mapped[UUID | None] = mapped_column(index=True)
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    given: Mapped[bool]
    scope: Mapped[Scope] = mapped_column(Named(Scope))
    source: Mapped[ConsentSource] = mapped_column(Named(ConsentSource))
    words: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[UUID | None]
    agent_id: Mapped[UUID | None]
    at: Mapped[datetime]


class Preference(Base):
    """How and when a person asked to be contacted, by their own clock; no import touches it."""

    __tablename__ = "preference"

    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), primary_key=True)
    channel: Mapped[Channel | None] = mapped_column(Named(Channel))
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    words: Mapped[str] = mapped_column(Text)
    conversation_id: Mapped[UUID]
    learned_at: Mapped[datetime]

    @property
    def wish(self) -> Wish:
        """What was asked for, as the rules take it."""
        return Wish(self.channel, self.begins, self.ends)


class DataCase(Audited, Identified, Base):
    """A request about one's data; `due_on` is the last local day for the answer, by `rule`."""

    __tablename__ = "data_case"
    __table_args__ = (
        Index(
            "uq_data_case_open",
            "conversation_id",
            "right",
            unique=True,
            postgresql_where=text("closed_at is null"),
        ),
    )
    mutable = frozenset({"closed_at", "closed_by_id", "answer"})

    conversation_id: Mapped[UUID]
    debtor_id: Mapped[UUID | None] = mapped_column(index=True)
    right: Mapped[DataRight] = mapped_column(Named(DataRight))
    words: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None]
    answer: Mapped[str | None] = mapped_column(Text)


class HouseLimits(Audited, Base):
    """The house limits of a country as somebody set them; the newest row is in force."""

    __tablename__ = "house_limits"
    __table_args__ = (Index("ix_house_limits_country_id", "country", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    weekdays: Mapped[str] = mapped_column(String(7))
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    holidays: Mapped[bool]
    most_a_day: Mapped[int | None]
    most_a_week: Mapped[int | None]
    gap_hours: Mapped[int | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    @property
    def limits(self) -> CountryLimits:
        """What they allow."""
        return CountryLimits(
            weekdays=frozenset(int(day) for day in self.weekdays),
            opens=self.opens,
            closes=self.closes,
            holidays=self.holidays,
            most_a_day=self.most_a_day,
            most_a_week=self.most_a_week,
            gap_hours=self.gap_hours,
        )
