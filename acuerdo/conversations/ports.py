"""What comes in from channels, and what the core asks of the dialogue engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from acuerdo.contact.ports import Button
from acuerdo.conversations.call_cue import NO_CUE, CallCue
from acuerdo.conversations.models import MessageState
from acuerdo.external_events.ports import Stray
from acuerdo.values.channels import Channel

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ChannelAddress:
    """Who wrote: an address on a channel, perhaps with the provider's own id of the person.

    `address` is as the provider gave it (a reply goes there); the core makes it canonical.
    """

    channel: Channel
    address: str
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivedMedia:
    """A file a person sent: `reference` is what the channel can fetch it by."""

    kind: str
    content_type: str
    reference: str


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message of a person.

    `choice` is the id of a pressed button as it came back, `text` then its title where that came
    too; `reply_to` is the provider's name for the message that carried it or is quoted.
    `provider_name` names this message in later edits and quotations, where `provider_id` does not.
    `acknowledge` is what the provider wants back when a button was
    pressed. `shared_phone` is a number whose owner the channel vouches for. `link_token` is the
    one-time word of a deep link. `order` sorts messages of one sender where the provider says.
    `opens`: the person has just opened the chat with us, and said nothing yet.
    """

    sender: ChannelAddress
    provider_id: str
    text: str = ""
    choice: str | None = None
    reply_to: str | None = None
    acknowledge: str | None = None
    media: tuple[ReceivedMedia, ...] = ()
    shared_phone: str | None = None
    link_token: str | None = None
    order: int | None = None
    opens: bool = False
    provider_name: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that could be answered."""
        return not (
            self.text.strip() or self.choice or self.media or self.shared_phone or self.link_token
        )


@dataclass(frozen=True, slots=True)
class EditedMessage:
    """A person changed what they wrote: `message` is it as it stands now, without text where it was
    taken back. Its `provider_name` is that of the message which it changes."""

    message: InboundMessage


@dataclass(frozen=True, slots=True)
class DeliveryUpdate:
    """News of a message of ours; `message_id` where the provider carried our own id."""

    channel: Channel
    provider_id: str
    state: MessageState
    message_id: UUID | None = None
    error_code: str | None = None
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Reachability:
    """The person blocked us on a channel, or let us in again."""

    sender: ChannelAddress
    reachable: bool


ChannelEvent = InboundMessage | EditedMessage | DeliveryUpdate | Reachability | Stray


@dataclass(frozen=True, slots=True)
class EngineReply:
    """One thing the engine says; `call` is what it asks of the telephone."""

    text: str
    buttons: tuple[Button, ...] = ()
    call: CallCue = NO_CUE


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """All the engine says in a turn, and how it understood the person."""

    replies: tuple[EngineReply, ...]
    intent: str | None
    confidence: float | None


class Engine(Protocol):
    """The dialogue engine behind its one contract."""

    async def send(
        self,
        *,
        conversation: UUID,
        turn: UUID,
        text: str | None,
        intent: str | None,
        medium: str,
        facts: Mapping[str, Scalar],
    ) -> EngineAnswer:
        """The answer to one turn: `text`, or an `intent` of ours.

        The same turn asked again gives the same answer and is not carried out twice. Raises
        EngineUnavailable (try again) or EngineRefused (do not).
        """
        ...

    async def ready(self) -> bool:
        """Whether the engine answers."""
        ...

    async def close(self) -> None:
        """Give back the connections."""
        ...
