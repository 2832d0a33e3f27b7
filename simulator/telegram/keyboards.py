"""Reads and checks reply markups."""

from typing import Any

from simulator.chats import Button
from simulator.telegram.errors import bad_request

# Source: Telegram Bot API, InlineKeyboardButton: 1-64 bytes.
CALLBACK_DATA_BYTES = 64


def inline_buttons(markup: dict[str, Any]) -> tuple[Button, ...]:
    """The buttons of an inline keyboard, row after row.

    Refuses a button without text, with neither data nor URL, with a URL that is no web address,
    or with data over 64 bytes.
    """
    rows = markup.get("inline_keyboard") or []
    return tuple(_inline_button(key) for row in rows for key in row)


def _inline_button(key: dict[str, Any]) -> Button:
    title = str(key.get("text") or "")
    if not title:
        raise bad_request("inline keyboard button text must be non-empty")
    url = str(key.get("url") or "")
    data = str(key.get("callback_data") or "")
    if not url and not data:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if url and not url.startswith(("https://", "http://", "tg://")):
        raise bad_request("inline keyboard button URL is invalid: Wrong HTTP URL")
    if len(data.encode()) > CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(id=data, title=title, url=url)


def contact_request(markup: dict[str, Any]) -> str:
    """The label of the key that asks for the person's phone, empty when there is none."""
    for row in markup.get("keyboard") or []:
        for key in row:
            if isinstance(key, dict) and key.get("request_contact"):
                return str(key.get("text") or "")
    return ""


def plain_keys(markup: dict[str, Any]) -> tuple[Button, ...]:
    """The keys of a reply keyboard that only write their own text."""
    keys = [key for row in markup.get("keyboard") or [] for key in row]
    titles = [key if isinstance(key, str) else _plain_title(key) for key in keys]
    return tuple(Button(id="", title=title) for title in titles if title)


def _plain_title(key: dict[str, Any]) -> str:
    return "" if key.get("request_contact") else str(key.get("text") or "")
