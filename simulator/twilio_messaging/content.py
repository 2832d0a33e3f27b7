"""The Content API: quick replies, list pickers, plain templates and their approval."""

import json
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from simulator.chats import Button
from simulator.twilio_messaging.errors import bad_request, not_found

# Limits of WhatsApp in Twilio's Content API. Source: Twilio, "Content types overview".
QUICK_REPLY_BUTTONS = 10
QUICK_REPLY_BUTTONS_IN_SESSION = 3
BUTTON_TITLE = 20
BUTTON_ID = 200
LIST_ITEMS = 10
LIST_ITEM = 24
LIST_ITEM_ID = 200
LIST_DESCRIPTION = 72
INTERACTIVE_BODY = 1024

_INVALID = 20001
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
# Source: Twilio, error 21656.
_BROKEN_VARIABLE = re.compile(r"[\n\t]| {5,}")
_KEPT = 2000


@dataclass
class Content:
    """A content template; `approved` makes it usable outside the 24-hour window."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, Any]
    created_at: str
    approved: bool = False


@dataclass(frozen=True)
class Rendered:
    """What a person sees of a content template."""

    text: str
    buttons: tuple[Button, ...] = ()
    menu: str = ""


class ContentBook:
    """The account's templates, bounded."""

    def __init__(self) -> None:
        self._contents: OrderedDict[str, Content] = OrderedDict()

    def create(self, body: dict[str, Any], created_at: str) -> Content:
        """Check and keep a template; refuses what WhatsApp could not show."""
        types = {name: value for name, value in (body.get("types") or {}).items() if value}
        if not types:
            raise bad_request(_INVALID, "types: at least one content type is required")
        _check_types(types)
        content = Content(
            sid="HX" + secrets.token_hex(16),
            friendly_name=str(body.get("friendly_name") or ""),
            language=str(body.get("language") or "es"),
            variables=dict(body.get("variables") or {}),
            types=types,
            created_at=created_at,
        )
        self._contents[content.sid] = content
        if len(self._contents) > _KEPT:
            self._contents.popitem(last=False)
        return content

    def get(self, sid: str) -> Content:
        """The template; refused with 404 when there is none."""
        if sid not in self._contents:
            raise not_found(f"/v1/Content/{sid}")
        return self._contents[sid]

    def for_message(self, sid: str) -> Content:
        """The template named in a message; refused with 21655 when there is none."""
        if sid not in self._contents:
            raise bad_request(21655, "The ContentSid is Invalid")
        return self._contents[sid]

    def all(self) -> tuple[Content, ...]:
        """Every template, oldest first."""
        return tuple(self._contents.values())

    def remove(self, sid: str) -> None:
        """Delete a template; refused with 404 when there is none."""
        del self._contents[self.get(sid).sid]

    def clear(self) -> None:
        """Forget every template."""
        self._contents.clear()


def _check_types(types: dict[str, Any]) -> None:
    quick_reply = types.get("twilio/quick-reply")
    if quick_reply is not None:
        _check_body(quick_reply)
        actions = quick_reply.get("actions") or []
        _at_most(len(actions), QUICK_REPLY_BUTTONS, "twilio/quick-reply actions")
        for action in actions:
            _text(action.get("title"), BUTTON_TITLE, "twilio/quick-reply action title")
            _text(action.get("id") or action.get("title"), BUTTON_ID, "action id")
    picker = types.get("twilio/list-picker")
    if picker is not None:
        _check_body(picker)
        _text(picker.get("button"), BUTTON_TITLE, "twilio/list-picker button")
        items = picker.get("items") or []
        _at_most(len(items), LIST_ITEMS, "twilio/list-picker items")
        for item in items:
            _text(item.get("item"), LIST_ITEM, "twilio/list-picker item")
            _text(item.get("id"), LIST_ITEM_ID, "twilio/list-picker item id")
            _at_most(
                len(item.get("description") or ""),
                LIST_DESCRIPTION,
                "twilio/list-picker description",
            )


def _check_body(content: dict[str, Any]) -> None:
    _text(content.get("body"), INTERACTIVE_BODY, "body")


def _text(value: object, limit: int, what: str) -> None:
    if not isinstance(value, str) or not value:
        raise bad_request(_INVALID, f"{what} is required")
    _at_most(len(value), limit, what)


def _at_most(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise bad_request(_INVALID, f"{what}: {count} exceeds the limit of {limit}")


def render(content: Content, content_variables: str) -> Rendered:
    """Fill the placeholders and lay the content out.

    Refuses with 21656 variables that are not a JSON object of non-empty strings without line
    breaks, tabs or more than four spaces in a row, and more quick replies than WhatsApp shows for
    a template that nobody approved.
    """
    values = {**content.variables, **_variables(content_variables)}

    def filled(text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)

    picker = content.types.get("twilio/list-picker")
    if picker is not None:
        items = tuple(
            Button(filled(i["id"]), filled(i["item"]), filled(i.get("description") or ""))
            for i in picker["items"]
        )
        return Rendered(filled(picker["body"]), items, filled(picker["button"]))
    quick_reply = content.types.get("twilio/quick-reply")
    if quick_reply is not None:
        actions = quick_reply.get("actions") or []
        if len(actions) > QUICK_REPLY_BUTTONS_IN_SESSION and not content.approved:
            raise bad_request(
                _INVALID,
                f"WhatsApp shows at most {QUICK_REPLY_BUTTONS_IN_SESSION} quick reply buttons"
                " of a template that is not approved",
            )
        buttons = tuple(
            Button(filled(a.get("id") or a["title"]), filled(a["title"])) for a in actions
        )
        return Rendered(filled(quick_reply["body"]), buttons)
    plain = next(iter(content.types.values()))
    return Rendered(filled(str(plain.get("body") or "")))


def _variables(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise bad_request(21656, "The ContentVariables Parameter is invalid") from error
    if not isinstance(values, dict) or not all(map(_usable, values.values())):
        raise bad_request(21656, "The ContentVariables Parameter is invalid")
    return values


def _usable(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not _BROKEN_VARIABLE.search(value)
