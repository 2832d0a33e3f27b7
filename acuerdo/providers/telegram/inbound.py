"""What Telegram says, translated with python-telegram-bot's parser. Pure.

Source: Telegram Bot API, "Getting updates" and "Available types".
"""

import hmac
import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from acuerdo.conversations.ports import (
    ChannelAddress,
    ChannelEvent,
    EditedMessage,
    InboundMessage,
    Reachability,
    ReceivedMedia,
)
from acuerdo.external_events.ports import Stray, Webhook
from acuerdo.providers.options import chosen
from acuerdo.values.channels import Channel

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

SOURCE: Final = "telegram"
# Source: Telegram, "Bot features: deep linking"; the button Start says this word for the person.
_OPENS: Final = "/start"
# Messages that nobody wrote: a group that changes, a pin, a timer.
_NOT_WRITTEN: Final = frozenset(
    (
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo",
        "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
        "channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id",
        "migrate_from_chat_id", "pinned_message", "connected_website", "write_access_allowed",
        "chat_background_set", "boost_added", "users_shared", "chat_shared",
    )
)  # fmt: skip
_START: Final = re.compile(r"/start(?:@\w+)? +([A-Za-z0-9_-]{1,64})", re.ASCII)
# What a column of 64 bits holds; Telegram counts far below.
_MOST_UPDATES: Final = 2**63
_PHONE: Final = re.compile(r"\d{7,15}", re.ASCII)
_PERSON: Final = {"is_bot": False, "first_name": ""}
_MESSAGE_FIELDS: Final = (
    "message_id", "date", "chat", "from", "text", "caption", "contact", "location", "photo",
    "voice", "audio", "video", "video_note", "animation", "document", "sticker",
    "reply_to_message",
)  # fmt: skip
# what the parser raises when an update is not as the Bot API describes it
_NOT_AS_DESCRIBED: Final = (
    TypeError, KeyError, ValueError, AttributeError, IndexError, OverflowError, OSError,
    TelegramError,
)  # fmt: skip
_FILE_TYPES: Final = {
    "voice": ("audio", "audio/ogg"),
    "audio": ("audio", "audio/mpeg"),
    "video": ("video", "video/mp4"),
    "video_note": ("video", "video/mp4"),
    "animation": ("video", "video/mp4"),
    "sticker": ("sticker", "image/webp"),
    "document": ("document", "application/octet-stream"),
}


class _Unusable(ValueError):
    """The update is genuine but says nothing for us; the text is a short code."""


def secret_is_valid(header: str | None, secret: str) -> bool:
    """Whether the header carries the secret given to setWebhook; an empty secret proves nothing."""
    if not header or not secret:
        return False
    return hmac.compare_digest(header.encode("utf-8", "replace"), secret.encode())


def webhook_of(body: bytes) -> Webhook:
    """The update as it is kept, under its number where it has one; never raises."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        payload = None
    number = payload.get("update_id") if isinstance(payload, dict) else None
    event_id = str(number) if type(number) is int else ""
    return Webhook.of(SOURCE, body.decode("utf-8", "replace"), event_id)


def parse_update(body: bytes) -> ChannelEvent:
    """The event in a webhook of Telegram, or a stray with the reason; never raises.

    A number counts as shared only when the card is the sender's own, in a private chat. A deep
    link's word comes as `link_token`, Start alone as `opens`; every other text is just text.
    """
    try:
        payload = orjson.loads(body)
        if not isinstance(payload, dict):
            raise _Unusable("not_an_update")
        return _event(payload)
    except _Unusable as reason:
        return Stray(str(reason))
    except orjson.JSONDecodeError:
        return Stray("not_json")
    except _NOT_AS_DESCRIBED:
        return Stray("not_as_described")


def _event(payload: Mapping[str, Any]) -> ChannelEvent:
    number = payload.get("update_id")
    if type(number) is not int or not 0 <= number < _MOST_UPDATES:
        raise _Unusable("no_update_id")
    update = Update.de_json(_for_the_parser(payload), None)
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _reachability(update.my_chat_member)
    if update.message is not None:
        return _message(update.update_id, update.message, payload["message"])
    if update.edited_message is not None:
        edited = _message(update.update_id, update.edited_message, payload["edited_message"])
        return EditedMessage(edited)
    raise _Unusable("other_update")


def _for_the_parser(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The update without the parts we do not read, and with those the parser insists on.

    A message is not lost because some field of it that nobody here reads is new or missing.
    """
    update: dict[str, Any] = {"update_id": payload["update_id"]}
    if "message" in payload:
        update["message"] = _message_for_the_parser(payload["message"])
    if "edited_message" in payload:
        update["edited_message"] = _message_for_the_parser(payload["edited_message"])
    if "callback_query" in payload:
        query = payload["callback_query"]
        update["callback_query"] = {
            "id": query["id"],
            "from": {**_PERSON, **query["from"]},
            "chat_instance": "",
            "data": query.get("data"),
            "message": _message_for_the_parser(query["message"]),
        }
    if "my_chat_member" in payload:
        change = payload["my_chat_member"]
        member = {"user": {"id": 0, **_PERSON}, "until_date": 0}
        update["my_chat_member"] = {
            "chat": change["chat"],
            "from": {**_PERSON, **change["from"]},
            "date": 0,
            "old_chat_member": {**member, "status": ChatMember.LEFT},
            "new_chat_member": {**member, "status": change["new_chat_member"]["status"]},
        }
    return update


def _message_for_the_parser(message: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: message[name] for name in _MESSAGE_FIELDS if name in message}
    # date 0 would mean a message that is no longer there
    kept["date"] = kept.get("date") or 1
    if "from" in kept:
        kept["from"] = {**_PERSON, **kept["from"]}
    quoted = kept.pop("reply_to_message", None)
    if isinstance(quoted, dict) and type(quoted.get("message_id")) is int:
        # only its number is read
        bare = {"message_id": quoted["message_id"], "date": 1, "chat": kept["chat"]}
        kept["reply_to_message"] = bare
    if "contact" in kept:
        kept["contact"] = {"first_name": "", **kept["contact"]}
    return kept


def _sender(message: Message) -> ChannelAddress:
    if message.chat.type != ChatType.PRIVATE:
        raise _Unusable("not_private")
    person = message.from_user
    return ChannelAddress(
        Channel.TELEGRAM, str(int(message.chat.id)), str(int(person.id)) if person else None
    )


def _message(update_id: int, message: Message, raw: Mapping[str, Any]) -> InboundMessage:
    sender = _sender(message)
    text = message.text or message.caption or ""
    start = _START.fullmatch(text.strip())
    return InboundMessage(
        sender=sender,
        provider_id=str(update_id),
        text="" if start else text,
        reply_to=_quoted(message),
        provider_name=sent_id(message.chat.id, message.message_id),
        media=_media(message) or _unsupported(message, raw),
        shared_phone=_shared_phone(message),
        link_token=start.group(1) if start else None,
        order=update_id,
        opens=text.strip() == _OPENS,
    )


def _quoted(message: Message) -> str | None:
    quoted = message.reply_to_message
    return None if quoted is None else sent_id(message.chat.id, quoted.message_id)


def _unsupported(message: Message, raw: Mapping[str, Any]) -> tuple[ReceivedMedia, ...]:
    """A dice, a poll, a story and whatever else a person can send that we know nothing of."""
    says_something = message.text or message.caption or _shared_phone(message)
    if says_something or _NOT_WRITTEN & raw.keys() or "from" not in raw:
        return ()
    return (ReceivedMedia("unsupported", "", ""),)


def _pressed(update_id: int, query: CallbackQuery) -> InboundMessage:
    message = query.message
    choice = chosen(query.data)
    if message is None or message.chat.type != ChatType.PRIVATE:
        raise _Unusable("not_private")
    if choice is None:
        raise _Unusable("unknown_button")
    return InboundMessage(
        sender=ChannelAddress(
            Channel.TELEGRAM, str(int(message.chat.id)), str(int(query.from_user.id))
        ),
        provider_id=str(update_id),
        choice=choice,
        reply_to=sent_id(message.chat.id, message.message_id),
        acknowledge=str(query.id),
        order=update_id,
    )


def sent_id(chat_id: int, message_id: int) -> str:
    """Our name for a message of the bot: Telegram counts messages within each chat."""
    return f"{int(chat_id)}:{int(message_id)}"


def _reachability(change: ChatMemberUpdated) -> Reachability:
    reachable = {ChatMember.MEMBER: True, ChatMember.BANNED: False}
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE:
        raise _Unusable("not_private")
    if status not in reachable:
        raise _Unusable("other_membership")
    sender = ChannelAddress(
        Channel.TELEGRAM, str(int(change.chat.id)), str(int(change.from_user.id))
    )
    return Reachability(sender, reachable[status])


def _shared_phone(message: Message) -> str | None:
    contact, person = message.contact, message.from_user
    if contact is None or person is None or contact.user_id != person.id:
        return None
    digits = contact.phone_number.removeprefix("+").replace(" ", "")
    return f"+{digits}" if _PHONE.fullmatch(digits) else None


def _media(message: Message) -> tuple[ReceivedMedia, ...]:
    if message.photo:
        return (ReceivedMedia("image", "image/jpeg", message.photo[-1].file_id),)
    for name, (kind, usual_type) in _FILE_TYPES.items():
        file = getattr(message, name)
        if file is not None:
            content_type = getattr(file, "mime_type", None) or usual_type
            return (ReceivedMedia(kind, content_type, file.file_id),)
    if message.location is not None:
        place = message.location
        return (
            ReceivedMedia("location", "", f"geo:{float(place.latitude)},{float(place.longitude)}"),
        )
    if message.contact is not None and _shared_phone(message) is None:
        return (ReceivedMedia("contact", "", f"tel:{message.contact.phone_number}"),)
    return ()
