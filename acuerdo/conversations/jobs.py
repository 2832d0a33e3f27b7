"""Jobs of conversations: answer, send, fetch files."""

import contextlib
from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.errors import ProviderError
from acuerdo.platform.jobs import job
from acuerdo.values.channels import Channel

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


async def _give_up(core: "Acuerdo", conversation_id: UUID) -> None:
    await core.conversations.turns.give_up(conversation_id)


@job("conversations.reply_to", last_resort=_give_up)
async def reply_to(core: "Acuerdo", conversation_id: UUID) -> None:
    """Answer what waits in a conversation."""
    await core.conversations.turns.reply_to(conversation_id)


@job("conversations.deliver")
async def deliver(core: "Acuerdo", message_id: UUID) -> None:
    """Send a message."""
    await core.conversations.outbox.deliver(message_id)


@job("conversations.inform_of_new_address")
async def inform_of_new_address(core: "Acuerdo", contact_point_id: UUID) -> None:
    """Write to a person's known chats that they were proven to be at another address."""
    await core.conversations.new_address.inform(contact_point_id)


@job("conversations.fetch_media")
async def fetch_media(core: "Acuerdo", message_id: UUID) -> None:
    """Fetch the files of a message."""
    await core.conversations.media.fetch(message_id)


@job("conversations.acknowledge", retried=False)
async def acknowledge(core: "Acuerdo", channel: Channel, token: str) -> None:
    """Tell a provider that a button press arrived; too late it is refused, which loses nothing."""
    with contextlib.suppress(ProviderError):
        await core.contact.gate.acknowledge(channel, token)


@job("conversations.follow_callback")
async def follow_callback(core: "Acuerdo", callback_id: UUID) -> None:
    """Plan the contact at the hour that was agreed."""
    await core.outreach.agreement_follow_up.schedule_callback_contact(callback_id)
