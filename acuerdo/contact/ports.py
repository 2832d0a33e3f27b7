"""What the core asks of a provider of messages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered under a message; `payload` is ours and never leaves us."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Template:
    """A wording that the channel's owner approves once, and what fills its gaps.

    `pattern` has `{{1}}`, `{{2}}`... where the values go, in order.
    """

    pattern: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to one address.

    `id` is ours; the provider gets it back to us with its statuses where it can. A pressed
    button comes back as its index. `asks_for_contact`: offer to share one's own number.
    `template`: the approved wording it is an instance of, for channels that want one outside a
    talk.
    """

    id: UUID
    channel: Channel
    address: str
    text: str
    buttons: tuple[Button, ...] = ()
    asks_for_contact: bool = False
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took the message; `provider_id` is its name for it."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """Whether the provider already has a message whose sending was interrupted."""

    found: Sent | None
    certain: bool = field(default=True)


class Sender(Protocol):
    """A way to write to people; what else a channel can do are the abilities below.

    `send` raises ProviderUnavailable (nothing was sent, try again), OutcomeUnknown (it may have
    been sent), ProviderRefused (never) or ProviderMisused (our mistake).
    """

    @property
    def channel(self) -> Channel:
        """The channel it serves."""
        ...

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message."""
        ...

    async def look_up(
        self, message: OutboundMessage, *, since: datetime, known: frozenset[str]
    ) -> Lookup:
        """Find a message sent since a moment, but for those whose provider ids are `known`.

        `certain` is false where the provider cannot be asked. Raises ProviderUnavailable.
        """
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...


@runtime_checkable
class Acknowledges(Protocol):
    """A sender whose provider wants to know that a pressed button was received."""

    async def acknowledge(self, token: str) -> None:
        """Say that it was; raises ProviderError, too late included."""
        ...


@runtime_checkable
class FetchesMedia(Protocol):
    """A sender whose channel brings files."""

    async def fetch_media(self, reference: str, *, max_bytes: int) -> tuple[bytes, str]:
        """The bytes and content type of a received file; only from the provider's own hosts.

        Raises ProviderRefused where the reference is foreign or the file too large.
        """
        ...


@dataclass(frozen=True, slots=True)
class OutboundCall:
    """One call to one telephone; `id` is ours, `shown_number` the one of ours that is shown."""

    id: UUID
    address: str
    shown_number: str


@dataclass(frozen=True, slots=True)
class Voicemail:
    """Words for the mailbox that answered a call of ours, read out as people of `country` speak.

    `id` is ours; `provider_id` the provider's name for the call, `address` the number it rang.
    """

    id: UUID
    provider_id: str
    address: str
    words: str
    country: str


class CallRecorder(Protocol):
    """A way to record calls; its methods raise the provider errors as a Sender does."""

    async def record(self, provider_id: str) -> None:
        """Begin to record a call that goes on."""
        ...

    async def pause_recording(self, provider_id: str, *, paused: bool) -> None:
        """Leave what follows out of the recording, or take it up again."""
        ...


class Telephone(CallRecorder, Protocol):
    """A way to call people. Its methods raise the provider errors as a Sender does."""

    @property
    def number(self) -> str:
        """The number of ours that is shown where a country asks for no other, in E.164."""
        ...

    async def place(self, call: OutboundCall) -> str:
        """Dial; gives the provider's name for the call."""
        ...

    async def leave_message(self, voicemail: Voicemail) -> None:
        """Let a call that goes on end with some words."""
        ...

    async def hang_up(self, provider_id: str) -> None:
        """End a call that goes on."""
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...
