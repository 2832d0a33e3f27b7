"""What Twilio says about WhatsApp, translated. Pure; unknown fields do not matter.

Source: Twilio, "Twilio's request to your incoming message webhook URL" and "Track outbound
message status".
"""

import json
import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from acuerdo.conversations.models import MessageState
from acuerdo.conversations.ports import (
    ChannelAddress,
    DeliveryUpdate,
    InboundMessage,
    ReceivedMedia,
)
from acuerdo.external_events.ports import Stray, Webhook
from acuerdo.providers.twilio.errors import UNREACHABLE
from acuerdo.values.channels import Channel

SOURCE: Final = "twilio.whatsapp"
WHATSAPP_PREFIX: Final = "whatsapp:"
_ERROR_CODE: Final = re.compile(r"[0-9]{1,10}")
_SID: Final = re.compile(r"[A-Za-z0-9]{1,64}", re.ASCII)
_PHONE: Final = re.compile(r"\+?\d{5,20}", re.ASCII)
# a business-scoped user id: country, dot, up to 128 characters; its parent form has one dot more
_USER_ID: Final = re.compile(r"[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}", re.ASCII)
_CONTENT_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}", re.ASCII)
_COORDINATE: Final = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
_PRESSED: Final = ("ButtonText", "ListTitle")
_MOST_MEDIA: Final = 10
_CALL_PERMISSION: Final = "VOICE_CALL_REQUEST"
# What WhatsApp itself could not hand over, and kinds that come without anything to read.
_UNREADABLE: Final = frozenset(
    (
        *("unsupported", "unknown", "sticker", "contacts", "contact", "location", "poll", "order"),
        *("system", "ephemeral", "view_once", "poll_creation", "poll_update", "event", "product"),
        *("image", "video", "audio", "voice", "document", "reel", "story", "request_welcome"),
    )
)
_KINDS: Final = {"image": "image", "audio": "audio", "video": "video"}
_VCARDS: Final = frozenset({"text/vcard", "text/x-vcard"})

# That Twilio has the message is what counts for us: its own queue is part of "sent".
_STATES: Final = {
    "accepted": MessageState.SENT,
    "scheduled": MessageState.SENT,
    "queued": MessageState.SENT,
    "sending": MessageState.SENT,
    "sent": MessageState.SENT,
    "partially_delivered": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
    "failed": MessageState.FAILED,
    "undelivered": MessageState.FAILED,
    "canceled": MessageState.FAILED,
}


def webhook_of(params: Mapping[str, str]) -> Webhook:
    """A form as it is kept: a message has as many forms as states."""
    sid = _first(params, "MessageSid", "SmsMessageSid", "SmsSid")
    state = _first(params, "MessageStatus", "SmsStatus")
    event_id = f"{sid}:{state}" if _SID.fullmatch(sid) else ""
    return Webhook.of(SOURCE, json.dumps(dict(params), ensure_ascii=False), event_id)


def parse_inbound(params: Mapping[str, str]) -> InboundMessage | Stray:
    """A message of a person, or a stray with the reason why it is none; never raises."""
    sid = _first(params, "MessageSid", "SmsMessageSid", "SmsSid")
    if not _SID.fullmatch(sid):
        return Stray("no_message_id")
    if not params.get("From", "").startswith(WHATSAPP_PREFIX):
        return Stray("not_whatsapp")
    sender = _sender(params)
    if sender is None:
        return Stray("unknown_address")
    if _answers_a_call_request(params):
        return Stray("call_permission")
    choice = _first(params, "ButtonPayload", "ListId") or None
    replied_to = params.get("OriginalRepliedMessageSid", "")
    return InboundMessage(
        sender=sender,
        provider_id=sid,
        # of a press the title counts, by which it is known whether it fits the button
        text=_first(params, *(_PRESSED if choice else ()), "Body", *_PRESSED),
        choice=choice,
        reply_to=replied_to if _SID.fullmatch(replied_to) else None,
        media=_media(params),
    )


def parse_status(params: Mapping[str, str], message_id: str | None) -> DeliveryUpdate | Stray:
    """News of a message of ours, or a stray; never raises.

    `message_id` is our own id as it came back in the query of the callback.
    """
    sid = _first(params, "MessageSid", "SmsSid")
    state = _STATES.get(_first(params, "MessageStatus", "SmsStatus"))
    if not _SID.fullmatch(sid):
        return Stray("no_message_id")
    if state is None:
        return Stray("unknown_status")
    code = params.get("ErrorCode", "")
    error_code = code if _ERROR_CODE.fullmatch(code) and int(code) else None
    return DeliveryUpdate(
        channel=Channel.WHATSAPP,
        provider_id=sid,
        state=state,
        message_id=_uuid(message_id),
        error_code=error_code,
        unreachable=state is MessageState.FAILED and error_code in UNREACHABLE,
    )


def _first(params: Mapping[str, str], *names: str) -> str:
    return next((params[name] for name in names if params.get(name)), "")


def _sender(params: Mapping[str, str]) -> ChannelAddress | None:
    """Who wrote. `From` is a number, or the user id of a person who hides the number."""
    address = params["From"].removeprefix(WHATSAPP_PREFIX)
    if not (_PHONE.fullmatch(address) or _USER_ID.fullmatch(address)):
        return None
    told = params.get("ExternalUserId", "").removeprefix(WHATSAPP_PREFIX)
    candidates = (told, address)
    user_id = next((one for one in candidates if _USER_ID.fullmatch(one)), None)
    return ChannelAddress(Channel.WHATSAPP, address, user_id)


def _answers_a_call_request(params: Mapping[str, str]) -> bool:
    # the answer to a request to be called looks like a text; only the button tells it apart
    return _CALL_PERMISSION in (params.get("ButtonText"), params.get("Body")) and bool(
        params.get("ButtonPayload")
    )


def _media(params: Mapping[str, str]) -> tuple[ReceivedMedia, ...]:
    is_sticker = params.get("MessageType", "").lower() == "sticker"
    files = [
        _file(params[f"MediaUrl{index}"], params.get(f"MediaContentType{index}", ""), is_sticker)
        for index in range(_MOST_MEDIA)
        if params.get(f"MediaUrl{index}")
    ]
    place = (params.get("Latitude", ""), params.get("Longitude", ""))
    if all(_COORDINATE.fullmatch(part) for part in place):
        files.append(ReceivedMedia("location", "", f"geo:{place[0]},{place[1]}"))
    if not files and params.get("MessageType", "").lower() in _UNREADABLE:
        files.append(ReceivedMedia("unsupported", "", ""))
    return tuple(files)


def _file(url: str, content_type: str, is_sticker: bool) -> ReceivedMedia:
    plain = content_type.partition(";")[0].strip().lower()
    if not _CONTENT_TYPE.fullmatch(plain):
        plain = "application/octet-stream"
    kind = "contact" if plain in _VCARDS else _KINDS.get(plain.partition("/")[0], "document")
    if is_sticker:
        kind = "sticker"
    return ReceivedMedia(kind, plain, url)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
