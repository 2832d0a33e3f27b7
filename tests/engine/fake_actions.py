"""An action server for tests: the real protocol over real HTTP, with actions written as lambdas."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from aiohttp import web

SECRET_HEADER = "X-Acuerdo-Engine-Secret"
SECRET = "a-secret-for-tests"

Call = dict[str, Any]


class FakeActions:
    """Answers action calls as our actions would, remembers them, and can be told to misbehave."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.connections: set[Any] = set()
        self.balance = "1.200"
        self.trouble: dict[str, Any] = {}
        self.hold: asyncio.Event | None = None
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._gone = asyncio.Event()
        self._news = asyncio.Condition()

    @property
    def names(self) -> list[str]:
        """The actions called so far, in order."""
        return [call["next_action"] for call in self.calls]

    async def called(self, times: int = 1) -> None:
        """Returns when this many calls have come in."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.calls) >= times)

    async def start(self) -> None:
        """Listens on a free port, or on the one it had before it was stopped."""
        app = web.Application()
        app.router.add_post("/internal/actions", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}/internal/actions"

    async def stop(self) -> None:
        """Closes the port and every connection to it."""
        self._gone.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get(SECRET_HEADER) != SECRET:
            return web.Response(status=401)
        call = await request.json()
        async with self._news:
            self.calls.append(call)
            self._news.notify_all()
        self.connections.add(id(request.transport))
        if self.hold is not None:
            await self.hold.wait()
        name = call["next_action"]
        if name in self.trouble:
            return await self._misbehave(self.trouble[name], request)
        return web.json_response(getattr(self, f"_{name}")(call["tracker"]))

    async def _misbehave(self, trouble: Any, request: web.Request) -> web.StreamResponse:
        if trouble == "hang up":
            assert request.transport is not None
            request.transport.close()
        if trouble == "hang":
            await self._gone.wait()
        if isinstance(trouble, int):
            return web.json_response({"error": "trouble"}, status=trouble)
        return web.json_response(trouble)

    def _action_not_understood(self, tracker: Call) -> Call:
        return said({"response": "utter_not_understood"}, back_to=tracker)

    def _action_balance(self, tracker: Call) -> Call:
        values = {"amount_owed": self.balance, "creditor": "Luz Norte"}
        return said({"response": "utter_balance", **values}, back_to=tracker)

    def _action_leave_form(self, tracker: Call) -> Call:
        return {
            "events": [
                {"event": "active_loop", "name": None},
                slot("requested_slot", None),
                slot("amount", None),
                slot("due_on", None),
            ],
            "responses": [{"text": "De acuerdo, lo dejamos."}],
        }

    def _action_record_promise(self, tracker: Call) -> Call:
        return {
            "events": [slot("amount", None), slot("due_on", None)],
            "responses": [{"response": "utter_recorded"}],
        }

    def _action_breaks(self, tracker: Call) -> Call:
        raise RuntimeError("on purpose")

    def _action_mute(self, tracker: Call) -> Call:
        return {"events": [{"event": "pause"}], "responses": []}

    def _action_loops(self, tracker: Call) -> Call:
        return {
            "events": [{"event": "followup", "name": "action_loops"}],
            "responses": [{"text": "otra vez"}],
        }

    def _validate_promise_form(self, tracker: Call) -> Call:
        text = tracker["latest_message"].get("text") or ""
        wanted = tracker["slots"].get("requested_slot")
        number = re.search(r"\b\d[\d.]*\b", text)
        day = re.search(r"\b(lunes|martes|viernes|mañana|el \d+)\b", text)
        events = []
        if number and tracker["slots"]["amount"] is None:
            events.append(slot("amount", number.group()))
        if day and wanted != "amount":
            events.append(slot("due_on", day.group()))
        return {"events": events, "responses": []}


def slot(name: str, value: Any) -> Call:
    """The event that sets a slot."""
    return {"event": "slot", "name": name, "value": value}


def said(response: Call, back_to: Call) -> Call:
    """An answer that then returns to the form in progress, as our base action does."""
    form = (back_to.get("active_loop") or {}).get("name")
    events = [{"event": "followup", "name": form}] if form else []
    return {"events": events, "responses": [response]}
