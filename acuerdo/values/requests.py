"""What people ask of us besides money: read by `language`, kept by the topics."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from acuerdo.values.channels import Channel


class Scope(StrEnum):
    """How far an opt-out reaches: this channel, every channel, or the person's workplace."""

    CHANNEL = "channel"
    ALL = "all"
    WORKPLACE = "workplace"


class DataRight(StrEnum):
    """What a person asks about their data."""

    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"
    OPPOSITION = "opposition"


class DisputeReason(StrEnum):
    """Why a debtor does not accept a debt."""

    NOT_MINE = "not_mine"
    WRONG_AMOUNT = "wrong_amount"
    NOT_RECEIVED = "not_received"
    IDENTITY_THEFT = "identity_theft"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Wish:
    """The wanted channel, and the wanted hours of the person's own clock, half-open."""

    channel: Channel | None = None
    begins: time | None = None
    ends: time | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is wished."""
        return self.channel is None and self.begins is None and self.ends is None
