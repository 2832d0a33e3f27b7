"""The objects of the Bot API that the stand-in sends: users, chats, messages, updates."""

from datetime import datetime
from typing import Any

from simulator.chats import Button


def user(chat_id: int, name: str) -> dict[str, Any]:
    """A person, from whom a message comes."""
    first, _, last = name.partition(" ")
    person: dict[str, Any] = {"id": chat_id, "is_bot": False, "first_name": first or "Cliente"}
    if last:
        person["last_name"] = last
    return {**person, "language_code": "es"}


def private_chat(chat_id: int, name: str) -> dict[str, Any]:
    """The private chat between a person and the bot."""
    first, _, last = name.partition(" ")
    chat: dict[str, Any] = {"id": chat_id, "type": "private", "first_name": first or "Cliente"}
    return {**chat, "last_name": last} if last else chat


def message(
    *, message_id: int, chat_id: int, name: str, at: datetime, content: dict[str, Any]
) -> dict[str, Any]:
    """A message from a person; `content` holds text, contact, photo, voice or document."""
    return {
        "message_id": message_id,
        "from": user(chat_id, name),
        "chat": private_chat(chat_id, name),
        "date": int(at.timestamp()),
        **content,
    }


def text_content(text: str) -> dict[str, Any]:
    """A text; a leading command is marked as Telegram marks it."""
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    if not command:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": len(command)}
    return {"text": text, "entities": [entity]}


def contact_content(phone: str, name: str, user_id: int | None) -> dict[str, Any]:
    """A contact card; `user_id` is absent when the card is of someone not on Telegram."""
    contact: dict[str, Any] = {
        "phone_number": phone.removeprefix("+"),
        "first_name": name.partition(" ")[0] or "Contacto",
    }
    if user_id is not None:
        contact["user_id"] = user_id
    return {"contact": contact}


def file_content(
    kind: str, file_id: str, content_type: str, filename: str, size: int, caption: str
) -> dict[str, Any]:
    """A photo, a voice note or a document, by the id under which getFile finds it."""
    file: dict[str, Any] = {"file_id": file_id, "file_unique_id": file_id[:16], "file_size": size}
    content: dict[str, Any]
    if kind == "photo":
        thumbnail = {**file, "file_unique_id": f"{file_id[:15]}t", "width": 90, "height": 120}
        content = {"photo": [thumbnail, {**file, "width": 180, "height": 240}]}
    elif kind == "voice":
        content = {"voice": {**file, "duration": 3, "mime_type": content_type}}
    else:
        content = {"document": {**file, "file_name": filename, "mime_type": content_type}}
    return {**content, "caption": caption} if caption else content


def membership(
    *, chat_id: int, name: str, bot: dict[str, Any], at: datetime, is_blocked: bool
) -> dict[str, Any]:
    """The person blocked or unblocked the bot."""
    was, became = ("member", "kicked") if is_blocked else ("kicked", "member")

    def member(status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": bot, "status": status, **until}

    return {
        "chat": private_chat(chat_id, name),
        "from": user(chat_id, name),
        "date": int(at.timestamp()),
        "old_chat_member": member(was),
        "new_chat_member": member(became),
    }


def inline_keyboard(buttons: tuple[Button, ...]) -> dict[str, Any]:
    """The keyboard below a message, one button in a row."""

    def key(button: Button) -> dict[str, Any]:
        action = {"url": button.url} if button.url else {"callback_data": button.id}
        return {"text": button.title, **action}

    return {"inline_keyboard": [[key(button)] for button in buttons]}
