"""Rows of talking with people: conversations, their turns and messages, what agents note."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import BatchSealed
from acuerdo.contact.models import Purpose
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.channels import Channel


class Owner(StrEnum):
    """Who answers: exactly one; nobody means closed."""

    BOT = "bot"
    AGENT = "agent"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """The one primary result of a conversation (tipificación)."""

    PROMISE = "promise"
    PLAN = "plan"
    PAYMENT_LINK_SENT = "payment_link_sent"
    ALREADY_PAID_CLAIM = "already_paid_claim"
    DISPUTE = "dispute"
    WRONG_PERSON = "wrong_person"
    THIRD_PARTY = "third_party"
    OPT_OUT = "opt_out"
    CALLBACK = "callback"
    HANDOFF = "handoff"
    HARDSHIP = "hardship"
    REFUSED = "refused"
    DECEASED = "deceased"
    NO_OUTCOME = "no_outcome"


class WaitingReason(StrEnum):
    """Why a conversation waits for a person."""

    ASKED_FOR_PERSON = "asked_for_person"
    NOT_UNDERSTOOD = "not_understood"
    LOCKED_OUT = "locked_out"
    UNKNOWN_PERSON = "unknown_person"
    COUNTER_OFFER = "counter_offer"
    DECEASED = "deceased"
    DISPUTE = "dispute"
    LEGAL = "legal"
    COMPLAINT = "complaint"
    HARM = "harm"
    HARDSHIP = "hardship"
    ENGINE_FAILED = "engine_failed"
    DELIVERY_FAILED = "delivery_failed"
    DATA_REQUEST = "data_request"
    CLAIM_TO_CHECK = "claim_to_check"
    AUTOMATIC_ANSWERS = "automatic_answers"
    ANOTHER_PERSON = "another_person"


class Direction(StrEnum):
    """In: from the person; out: from us."""

    IN = "in"
    OUT = "out"


class Author(StrEnum):
    """Who wrote a message."""

    DEBTOR = "debtor"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class MessageState(StrEnum):
    """How far a message has come; an outbound one only moves forward, see `message_states.py`."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class TurnState(StrEnum):
    """A turn is opened, answered by the engine, then delivered; or given up."""

    OPEN = "open"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Conversation(Identified, Base):
    """One talk with one address; at most one is open per address.

    `debtor_id`: the owner of the address as it began, or who has proven who they are; never who is
    only claimed: a typed document (`IdentityClaim`), the number that a caller shows.
    `address_owner_id`: whose address it was then; the talk is over once that is another person.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        Index(
            "uq_conversation_open_contact_point",
            "contact_point_id",
            unique=True,
            postgresql_where=text("owner <> 'nobody'"),
        ),
        Index(
            "ix_conversation_waiting",
            "waiting_since_at",
            postgresql_where=text("waiting_since_at is not null"),
        ),
    )

    contact_point_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), index=True)
    debtor_id: Mapped[UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    address_owner_id: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    owner: Mapped[Owner] = mapped_column(Named(Owner))
    agent_id: Mapped[UUID | None]
    verified_until_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    outcome: Mapped[Outcome] = mapped_column(Named(Outcome))
    waiting_since_at: Mapped[datetime | None]
    waiting_reason: Mapped[WaitingReason | None] = mapped_column(Named(WaitingReason))
    started_at: Mapped[datetime]
    last_activity_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Turn(Identified, Base):
    """What the person said in one go and the engine's answer to it; `id` is the engine's key.

    Or what we begin ourselves with `intent`; `purpose` then says why.
    """

    __tablename__ = "turn"
    __table_args__ = (
        Index(
            "uq_turn_unfinished_conversation",
            "conversation_id",
            unique=True,
            postgresql_where=text("state in ('open', 'answered')"),
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    state: Mapped[TurnState] = mapped_column(Named(TurnState))
    text: Mapped[str | None] = mapped_column(Text)
    intent: Mapped[str | None] = mapped_column(String(64))
    purpose: Mapped[Purpose] = mapped_column(Named(Purpose))
    understood_as: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None]
    apologised: Mapped[bool]
    opened_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Message(BatchSealed, Identified, Base):
    """What one side said, as it was said.

    `choice` is what a pressed button stood for: "/intent" or a text. An inbound message is
    RECEIVED until a turn or an agent takes it; READ means that it was left to the agent.
    `provider_name` is the provider's name for a message of the person where that is not the
    `provider_id` by which repetitions are known: edits and quotations use it. `edits_id`: the
    message that this one changed, whose own words stay as they were; without text it was taken
    back.
    `is_automatic`: a machine wrote it, and nothing was concluded from it.

    `buttons` of an outbound message: [{title, payload}]; `call_cue`: what it asks of the telephone,
    see `CallCue`; `media` of any: [{kind, content_type,
    url, file, bytes}]; `template`: {pattern, values}. `sequence` is the order in which we came to
    know it. `text_digest` stands for a text that was deleted because its time was over.
    """

    __tablename__ = "message"
    sealed = (
        "id",
        "conversation_id",
        "channel",
        "direction",
        "author",
        "agent_id",
        "text",
        "choice",
        "at",
    )
    __table_args__ = (
        Index("uq_message_provider", "channel", "direction", "provider_id", unique=True),
        Index("ix_message_conversation_sequence", "conversation_id", "sequence"),
        Index(
            "ix_message_unanswered",
            "conversation_id",
            postgresql_where=text("direction = 'in' and turn_id is null and state = 'received'"),
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id"))
    turn_id: Mapped[UUID | None] = mapped_column(ForeignKey("turn.id"), index=True)
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    direction: Mapped[Direction] = mapped_column(Named(Direction))
    author: Mapped[Author] = mapped_column(Named(Author))
    agent_id: Mapped[UUID | None]
    provider_id: Mapped[str | None] = mapped_column(String(160))
    provider_name: Mapped[str | None] = mapped_column(String(160))
    edits_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    is_automatic: Mapped[bool] = mapped_column(server_default=text("false"))
    text: Mapped[str] = mapped_column(Text)
    text_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    choice: Mapped[str | None] = mapped_column(String(200))
    provider_order: Mapped[int | None] = mapped_column(BigInteger)
    reply_to_provider_id: Mapped[str | None] = mapped_column(String(160))
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    call_cue: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    state: Mapped[MessageState] = mapped_column(Named(MessageState))
    error_code: Mapped[str | None] = mapped_column(String(64))
    purpose: Mapped[str | None] = mapped_column(String(32))
    template: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Note(Identified, Base):
    """What an agent writes for colleagues; the debtor never sees it."""

    __tablename__ = "note"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
