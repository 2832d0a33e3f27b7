"""What a channel can take and show: the one table for the core and for the providers.

Sources: WhatsApp, "Interactive messages" (reply buttons, lists), and the shortest of what its
providers take in one message; Telegram, "sendMessage"; SMS, what providers join to one message.
"""

from dataclasses import dataclass
from typing import Final

from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class ChannelTraits:
    """Limits in characters and counts; 0 where the channel has no such thing.

    `text`: what we put into one message, so that its choices fit beside it; `longest`: what the
    channel takes in one, numbered choices included. `buttons` are shown under a message of up to
    `interactive_text`, `list_items` behind one button. `by_phone`: addresses are telephone numbers.
    `asks_for_contact`: the person can be asked to share their own number.
    """

    text: int
    longest: int
    buttons: int = 0
    button_title: int = 0
    list_items: int = 0
    list_item: int = 0
    interactive_text: int = 0
    by_phone: bool = True
    asks_for_contact: bool = False


TRAITS: Final = {
    Channel.WHATSAPP: ChannelTraits(
        text=1000,
        longest=1600,
        buttons=3,
        button_title=20,
        list_items=10,
        list_item=24,
        interactive_text=1024,
    ),
    Channel.TELEGRAM: ChannelTraits(text=4000, longest=4096, by_phone=False, asks_for_contact=True),
    Channel.SMS: ChannelTraits(text=1000, longest=1600),
    Channel.VOICE: ChannelTraits(text=4000, longest=4000),
}
