"""Choices as WhatsApp shows them: quick replies and lists, through Twilio's Content API.

Sources: Twilio, "twilio/quick-reply", "twilio/list-picker", "Using variables with content
templates" and error 21656. A variable may not be empty, hold line breaks, tabs or many spaces, so
each line of a message is a variable of its own and the template keeps the line breaks.
"""

import asyncio
import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from twilio.rest import Client  # type: ignore[import-untyped]
from twilio.rest.content.v1.content import ContentList  # type: ignore[import-untyped]
from twilio.rest.content.v1.content.approval_create import (  # type: ignore[import-untyped]
    ApprovalCreateList,
)

from acuerdo.contact.ports import Template
from acuerdo.platform.errors import ProviderError, ProviderUnavailable
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel

_WHATSAPP: Final = TRAITS[Channel.WHATSAPP]
_MOST_VARIABLES: Final = 100
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_OPEN_LIST: Final = "Ver opciones"
_LANGUAGE: Final = "es"
_CATEGORY: Final = "UTILITY"
_KEPT: Final = 1000
_LISTED: Final = 1000
_PAGE: Final = 100
_NAME_PREFIX: Final = "acuerdo_"
# The variable that names our message in the ids of its choices, so that templates stay few.
_MESSAGE: Final = "message"


@dataclass(frozen=True, slots=True)
class Interactive:
    """A message with choices: the template it needs and the values for its variables.

    `category`: WhatsApp's, of a template that is to be approved for use outside a talk.
    """

    types: dict[str, Any]
    values: dict[str, str]
    category: str | None = None

    @property
    def name(self) -> str:
        """The template's friendly name: equal templates have equal names."""
        written = json.dumps(self.types, sort_keys=True, ensure_ascii=False)
        return _NAME_PREFIX + hashlib.sha256(written.encode()).hexdigest()[:32]


def interactive(text: str, titles: Sequence[str], message_id: UUID) -> Interactive | None:
    """The message as buttons or as a list; None where WhatsApp could show it as neither.

    Titles of buttons are part of the template, those of a list are variables; so is our message's
    name in the ids that come back (source: Twilio, "twilio/quick-reply": variables in `id`).
    """
    body, values = _template_of(text)
    values[_MESSAGE] = message_id.hex
    distinct = len(set(titles)) == len(titles) and all(title.strip() for title in titles)
    if not distinct or len(text) > _WHATSAPP.interactive_text:
        return None
    if len(titles) <= _WHATSAPP.buttons and _fit(titles, _WHATSAPP.button_title):
        actions = [
            {"type": "QUICK_REPLY", "title": title, "id": _id(place)}
            for place, title in enumerate(titles)
        ]
        types = {"twilio/quick-reply": {"body": body, "actions": actions}}
    elif len(titles) <= _WHATSAPP.list_items and _fit(titles, _WHATSAPP.list_item):
        items = []
        for place, title in enumerate(titles):
            variable = f"b{place}"
            values[variable] = _one_line(title)
            items.append({"item": "{{" + variable + "}}", "id": _id(place)})
        types = {"twilio/list-picker": {"body": body, "button": _OPEN_LIST, "items": items}}
    else:
        return None
    return Interactive(types, values) if len(values) <= _MOST_VARIABLES else None


def approved(template: Template, titles: Sequence[str]) -> Interactive:
    """A wording of ours that WhatsApp approves once, with what fills its gaps.

    Its buttons name only their place: another id would be another template to approve.
    """
    actions = [
        {"type": "QUICK_REPLY", "title": title, "id": f"b{place}"}
        for place, title in enumerate(titles)
    ]
    return Interactive(
        types={"twilio/quick-reply": {"body": template.pattern, "actions": actions}},
        values={str(gap): _one_line(value) for gap, value in enumerate(template.values, start=1)},
        category=_CATEGORY,
    )


def _id(place: int) -> str:
    """As `choices.option_of` writes it, with our message as a variable."""
    return "{{" + _MESSAGE + "}}" + f".b{place}"


def _fit(titles: Sequence[str], limit: int) -> bool:
    return all(len(title) <= limit for title in titles)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", " ".join(text.split("\n"))).strip()


def _template_of(text: str) -> tuple[str, dict[str, str]]:
    values: dict[str, str] = {}
    lines = []
    for line in text.splitlines():
        value = _one_line(line)
        if value:
            name = str(len(values) + 1)
            values[name] = value
            value = "{{" + name + "}}"
        lines.append(value)
    return "\n".join(lines), values


class ContentBook:
    """The account's templates of ours, made when first needed and found again by name."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._contents = client.content.v1.contents
        self._sids: OrderedDict[str, str] = OrderedDict()
        self._is_listed = False
        self._lock = asyncio.Lock()

    async def sid_of(self, message: Interactive) -> str:
        """The template for a message. Raises ProviderError."""
        name = message.name
        async with self._lock:
            if name not in self._sids:
                await self._list_once()
            if name not in self._sids:
                self._keep(name, await self._create(message))
            self._sids.move_to_end(name)
            return self._sids[name]

    def forget(self, message: Interactive) -> None:
        """Drop a template that Twilio no longer has."""
        self._sids.pop(message.name, None)

    async def _list_once(self) -> None:
        """Learn what an earlier process made; without it templates are only made again."""
        if self._is_listed:
            return
        try:
            for content in await self._contents.list_async(limit=_LISTED, page_size=_PAGE):
                if str(content.friendly_name).startswith(_NAME_PREFIX):
                    self._keep(content.friendly_name, content.sid)
        except ProviderError:
            return
        self._is_listed = True

    async def _create(self, message: Interactive) -> str:
        request = ContentList.ContentCreateRequest(
            {
                "friendly_name": message.name,
                "language": _LANGUAGE,
                "variables": dict.fromkeys(message.values, "-"),
                "types": message.types,
            }
        )
        content = await self._contents.create_async(request)
        if not content.sid:
            raise ProviderUnavailable("Twilio named no template")
        sid = str(content.sid)
        if message.category is not None:
            request = ApprovalCreateList.ContentApprovalRequest(
                {"name": message.name, "category": message.category}
            )
            await self._client.content.v1.contents(sid).approval_create.create_async(request)
        return sid

    def _keep(self, name: str, sid: str) -> None:
        self._sids[name] = sid
        if len(self._sids) > _KEPT:
            self._sids.popitem(last=False)
