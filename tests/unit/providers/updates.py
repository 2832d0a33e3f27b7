"""Builders of what Telegram posts, with invented people and numbers."""

from typing import Any

import orjson

PERSON = 77_001
BOT = 900_100

Json = dict[str, Any]


def as_body(payload: object) -> bytes:
    """The update as it is posted."""
    return orjson.dumps(payload)


def a_message(chat_type: str = "private", chat_id: int = PERSON, **content: Any) -> Json:
    """A message of a person to the bot."""
    return {
        "message_id": 41,
        "from": {"id": PERSON, "is_bot": False, "first_name": "Rosa", "language_code": "es"},
        "chat": {"id": chat_id, "type": chat_type, "first_name": "Rosa"},
        "date": 1_790_000_000,
        **content,
    }


def a_message_update(update_id: int = 5001, **content: Any) -> bytes:
    """An update with a message of a person in private."""
    return as_body({"update_id": update_id, "message": a_message(**content)})


def a_pressed_button(
    data: str | None = "b1", chat_type: str = "private", chat_id: int = PERSON
) -> bytes:
    """An update for a pressed inline button of message 40."""
    query: Json = {
        "id": "4382bfdwdsb323b2d9",
        "from": {"id": PERSON, "is_bot": False, "first_name": "Rosa"},
        "message": {
            "message_id": 40,
            "from": {"id": BOT, "is_bot": True, "first_name": "Acuerdo"},
            "chat": {"id": chat_id, "type": chat_type},
            "date": 1_790_000_000,
            "text": "¿Qué prefiere?",
        },
        "chat_instance": "-7",
    }
    return as_body({"update_id": 5002, "callback_query": query | ({"data": data} if data else {})})


def a_membership(status: str, chat_type: str = "private", **more: Any) -> bytes:
    """An update that says that the bot's own membership changed."""
    bot = {"id": BOT, "is_bot": True, "first_name": "Acuerdo"}
    change = {
        "chat": {"id": PERSON, "type": chat_type},
        "from": {"id": PERSON, "is_bot": False, "first_name": "Rosa"},
        "date": 1_790_000_000,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": status, **more},
    }
    return as_body({"update_id": 5003, "my_chat_member": change})


def a_file(**more: Any) -> Json:
    """The fields that every file of Telegram has."""
    return {"file_id": "AgACAgQAAx0", "file_unique_id": "AQADx0", "file_size": 5120, **more}
