"""The text doors with a core that only remembers, and callers who sign as providers do."""

import base64
import hmac
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha1
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import UUID

import httpx
from fastapi import FastAPI

from acuerdo.conversations.ports import ChannelEvent
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.settings import Settings
from bot import router

PUBLIC_URL = "https://cobros.example"
AUTH_TOKEN = "an-auth-token"
TELEGRAM_SECRET = "a-telegram-secret"
MAX_BYTES = 20_000


class RecordingInbox:
    """Remembers what it received; fails as it is told."""

    def __init__(self) -> None:
        self.kept: list[Webhook] = []
        self.received: list[ChannelEvent] = []
        self.failure: Exception | None = None

    async def receive(self, webhook: Webhook, event: ChannelEvent) -> UUID | None:
        if self.failure is not None:
            raise self.failure
        self.kept.append(webhook)
        self.received.append(event)
        return None


class FakeCore:
    """Settings and a service, as the composition root has them."""

    def __init__(self) -> None:
        self.conversations = SimpleNamespace(inbox=RecordingInbox())
        self.settings = Settings.model_validate(
            {
                "max_webhook_bytes": MAX_BYTES,
                "twilio": {"auth_token": AUTH_TOKEN},
                "telegram": {"webhook_secret": TELEGRAM_SECRET},
            }
        ).model_copy(update={"public_url": PUBLIC_URL})


def twilio_signature(url: str, fields: dict[str, str], secret: str = AUTH_TOKEN) -> str:
    """The signature of a form for a public URL."""
    text = url + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), sha1).digest()).decode()


class Doors:
    """The doors as their callers see them."""

    def __init__(self, client: httpx.AsyncClient, core: FakeCore) -> None:
        self._client = client
        self.core = core

    @property
    def kept(self) -> list[Webhook]:
        """The webhooks as they went through."""
        inbox: RecordingInbox = self.core.conversations.inbox
        return inbox.kept

    @property
    def received(self) -> list[ChannelEvent]:
        """What went through to the core."""
        inbox: RecordingInbox = self.core.conversations.inbox
        return inbox.received

    async def twilio(
        self,
        fields: dict[str, str],
        path: str = "/webhooks/twilio/whatsapp",
        *,
        signed_as: dict[str, str] | None = None,
        secret: str = AUTH_TOKEN,
        url: str = "",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Post a form as Twilio does, perhaps signed for something else."""
        signature = twilio_signature(
            url or PUBLIC_URL + path, fields if signed_as is None else signed_as, secret
        )
        return await self.post(
            path,
            urlencode(fields).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Twilio-Signature": signature,
                **(headers or {}),
            },
        )

    async def telegram(self, body: bytes, secret: str | None = TELEGRAM_SECRET) -> httpx.Response:
        """Post an update as Telegram does."""
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        return await self.post("/webhooks/telegram", body, headers)

    async def post(
        self, path: str, body: bytes | AsyncIterator[bytes], headers: Mapping[str, str | bytes]
    ) -> httpx.Response:
        """Post anything."""
        given = {name.encode(): _bytes(value) for name, value in headers.items()}
        return await self._client.post(path, content=body, headers=given)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


@asynccontextmanager
async def opened() -> AsyncIterator[Doors]:
    """The doors in an application of their own."""
    core = FakeCore()
    app = FastAPI()
    app.state.acuerdo = core
    app.include_router(router)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://internal:8000") as client:
        yield Doors(client, core)
