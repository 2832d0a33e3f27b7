"""What channels report in the form in which it is stored."""

from dataclasses import replace

from acuerdo.conversations.message_limits import clean, short
from acuerdo.conversations.ports import ChannelAddress, InboundMessage, ReceivedMedia
from acuerdo.values import phone
from acuerdo.values.channel_traits import TRAITS


def canonical_address(sender: ChannelAddress) -> str:
    """The form of an address by which a person is found, whatever variant the provider uses."""
    if not TRAITS[sender.channel].by_phone:
        return sender.address
    try:
        return phone.canonical(sender.address)
    except phone.NotAPhone:
        # a WhatsApp user without a phone number is known by the provider's id only
        return sender.address[:160]


def storable_message(inbound: InboundMessage) -> InboundMessage:
    """The same message without what no column can hold."""
    sender = inbound.sender
    return replace(
        inbound,
        sender=ChannelAddress(sender.channel, short(sender.address), _short(sender.user_id)),
        provider_id=short(inbound.provider_id),
        text=clean(inbound.text),
        choice=_short(inbound.choice),
        reply_to=_short(inbound.reply_to),
        provider_name=_short(inbound.provider_name),
        acknowledge=_short(inbound.acknowledge),
        media=tuple(
            ReceivedMedia(short(each.kind), short(each.content_type), clean(each.reference))
            for each in inbound.media
        ),
        link_token=_short(inbound.link_token),
    )


def _short(text: str | None) -> str | None:
    return None if text is None else short(text)
