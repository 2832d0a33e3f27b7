"""The live view over a real Redis."""

import asyncio
from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.types import Message

from acuerdo.platform.announcements import Announcements
from acuerdo.views.desk.live import gathered
from tests.integration.announcing import publish
from tests.integration.doors.console.pages import Browser


async def announced_until_heard(
    announcements: Announcements, conversation_id: UUID, heard: asyncio.Event
) -> None:
    """Announce again and again: who has just begun to listen may miss the first."""
    while not heard.is_set():
        await publish(announcements, conversation_id)
        await asyncio.wait([asyncio.create_task(heard.wait())], timeout=0.05)


async def test_a_change_is_heard(announcements: Announcements) -> None:
    changed, heard = uuid4(), asyncio.Event()
    speaking = asyncio.create_task(announced_until_heard(announcements, changed, heard))
    stream = gathered(announcements.follow(), pause_seconds=0, lasting_seconds=10)

    first = await anext(stream)

    heard.set()
    await speaking
    await stream.aclose()  # type: ignore[attr-defined]
    assert first == frozenset({changed})


async def test_without_redis_the_stream_ends_and_nothing_breaks() -> None:
    nowhere = Announcements("unix:///nonexistent/redis.sock")

    stream = gathered(nowhere.follow(), pause_seconds=0, lasting_seconds=10)

    assert [each async for each in stream] == []
    await nowhere.close()


async def test_the_browser_is_told_what_changed_and_what_it_shows(
    app: FastAPI, browser: Browser, announcements: Announcements
) -> None:
    shown, heard = uuid4(), asyncio.Event()
    sent: list[str] = []
    status: list[int] = []

    async def receive() -> Message:
        await heard.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])
        sent.append(message.get("body", b"").decode())
        if f"event: conversation\r\ndata: {shown}" in "".join(sent):
            heard.set()

    cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/desk/events",
        "raw_path": b"/desk/events",
        "root_path": "",
        "query_string": f"open_id={shown}".encode(),
        "headers": [(b"cookie", cookies.encode()), (b"host", b"desk.example")],
        "client": ("127.0.0.1", 1),
        "server": ("desk.example", 80),
    }
    speaking = asyncio.create_task(announced_until_heard(announcements, shown, heard))
    await asyncio.wait_for(app(scope, receive, send), 10)
    await speaking

    assert status == [200]
    assert f"event: open-conversation\r\ndata: {shown}" in "".join(sent)
