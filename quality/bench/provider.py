"""A stand-in for Twilio that costs little: takes messages, keeps templates, reports deliveries.

The simulator is the faithful one; this one only has to leave the machine to the product.
"""

import asyncio
import itertools
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import ClientSession, web

from simulator.twilio_messaging.signature import signature_headers

ACCOUNT: Final = "AC" + "0" * 32
TOKEN: Final = "bench-auth-token"  # noqa: S105 - of the stand-in
SENDER: Final = "+15550000000"
_VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")


def settings(url: str) -> dict[str, str]:
    """Give the settings of a product that has this stand-in at `url` for its provider."""
    return {
        "ACUERDO_TWILIO__ACCOUNT_SID": ACCOUNT,
        "ACUERDO_TWILIO__AUTH_TOKEN": TOKEN,
        "ACUERDO_TWILIO__SIGNING_SECRET": "",
        "ACUERDO_TWILIO__WHATSAPP_FROM": SENDER,
        "ACUERDO_TWILIO__VOICE_FROM": SENDER,
        "ACUERDO_TWILIO__BASE_URL": url,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it arrived at the provider's API."""

    sid: str
    text: str
    options: tuple[tuple[str, str], ...]
    is_list: bool
    at: float


@dataclass(frozen=True, slots=True)
class _Template:
    body: str
    options: tuple[tuple[str, str], ...]
    is_list: bool


@dataclass
class Provider:
    """The stand-in, once started at `url`; `reports` are the statuses posted for every message."""

    reports: tuple[str, ...] = ("sent", "delivered")
    url: str = ""
    received: Counter[str] = field(default_factory=Counter)
    refused_reports: int = 0
    _waiting: dict[str, "asyncio.Future[Shown]"] = field(default_factory=dict)
    _templates: dict[str, _Template] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _background: set["asyncio.Task[None]"] = field(default_factory=set)
    _runner: web.AppRunner | None = None
    _session: ClientSession | None = None

    async def start(self, session: ClientSession) -> None:
        """Listen on a free port; `session` posts the reports."""
        self._session = session
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._take)
        app.router.add_get("/v1/Content", self._list_templates)
        app.router.add_post("/v1/Content", self._keep_template)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Wait for the reports that are under way, and stop turns."""
        if self._background:
            await asyncio.wait(self._background, timeout=5)
        if self._runner is not None:
            await self._runner.cleanup()

    def new_sid(self) -> str:
        """An identifier like Twilio's."""
        return f"SM{next(self._numbers):032x}"

    def expect(self, address: str) -> "asyncio.Future[Shown]":
        """The next message to an address."""
        future: asyncio.Future[Shown] = asyncio.get_running_loop().create_future()
        self._waiting[address] = future
        return future

    async def _take(self, request: web.Request) -> web.Response:
        at = time.perf_counter()
        form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        shown = self._shown(form, at)
        address = form["To"].removeprefix("whatsapp:")
        self.received[address] += 1
        waiting = self._waiting.pop(address, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(shown)
        task = asyncio.create_task(self._report(form, shown.sid))
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return web.json_response({"sid": shown.sid, "status": "queued"}, status=201)

    def _shown(self, form: dict[str, str], at: float) -> Shown:
        template = self._templates.get(form.get("ContentSid", ""))
        if template is None:
            return Shown(self.new_sid(), form.get("Body", ""), (), False, at)
        values: dict[str, str] = json.loads(form.get("ContentVariables") or "{}")

        def filled(text: str) -> str:
            return _VARIABLE.sub(lambda found: values.get(found[1], ""), text)

        options = tuple((identifier, filled(title)) for identifier, title in template.options)
        return Shown(self.new_sid(), filled(template.body), options, template.is_list, at)

    async def _report(self, form: dict[str, str], sid: str) -> None:
        url = form.get("StatusCallback")
        if not url or self._session is None:
            return
        for status in self.reports:
            fields = [
                ("MessageSid", sid),
                ("MessageStatus", status),
                ("AccountSid", ACCOUNT),
                ("From", form.get("From", "")),
                ("To", form["To"]),
            ]
            headers = signature_headers(url, fields, TOKEN, "HMAC_SHA1")
            async with self._session.post(url, data=fields, headers=headers) as response:
                self.refused_reports += response.status != 200

    async def _list_templates(self, _request: web.Request) -> web.Response:
        url = f"{self.url}/v1/Content?PageSize=100&Page=0"
        meta = {"key": "contents", "page": 0, "page_size": 100, "url": url, "next_page_url": None}
        return web.json_response({"contents": [], "meta": meta})

    async def _keep_template(self, request: web.Request) -> web.Response:
        written: dict[str, Any] = await request.json()
        sid = f"HX{next(self._numbers):032x}"
        self._templates[sid] = _template(written["types"])
        name = written["friendly_name"]
        return web.json_response({"sid": sid, "friendly_name": name}, status=201)


def _template(types: dict[str, Any]) -> _Template:
    if "twilio/list-picker" in types:
        written = types["twilio/list-picker"]
        options = [(item["id"], item["item"]) for item in written["items"]]
        return _Template(written["body"], tuple(options), True)
    written = types["twilio/quick-reply"]
    options = [(action["id"], action["title"]) for action in written["actions"]]
    return _Template(written["body"], tuple(options), False)
