"""Asks the product what to do in a call, as Twilio asks: signed, once, within fifteen seconds."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urljoin

import aiohttp
from yarl import URL

from simulator.config import SimulatorConfig
from simulator.faults import Faults
from simulator.telephone.calls import Call, Document
from simulator.telephone.vocabulary import faults
from simulator.twilio_messaging.signature import signature_headers

# Source: Twilio, "Webhooks (HTTP callbacks): connection overrides": a hard limit for voice.
_PATIENCE_SECONDS: Final = 15


class NoAnswer(Exception):
    """The product did not answer with a document in time; says why."""


@dataclass
class Line:
    """The way to the product."""

    config: SimulatorConfig
    faults: Faults
    algorithm: Any = "HMAC_SHA1"
    _session: aiohttp.ClientSession | None = None

    async def fetch(self, call: Call, url: str, **more: str) -> Document:
        """The document at a URL of the product. Raises NoAnswer, after which the call is lost."""
        started = time.perf_counter()
        full = urljoin(self.config.public_url + "/", url)
        copies = self.faults.webhook_copies
        answers = await asyncio.gather(*(self._post(call, full, more) for _ in range(copies)))
        status, body = answers[-1]
        if status != 200:
            raise NoAnswer(f"{full} answered {status}")
        took_ms = (time.perf_counter() - started) * 1000
        document = Document(full, body, tuple(faults(body)), took_ms)
        call.documents.append(document)
        if len({answer for _, answer in answers}) > 1:
            raise NoAnswer(f"{full} answered a repeated request differently")
        return document

    async def ask(self, call: Call, url: str) -> tuple[int, str]:
        """The HTTP status and body of one signed request, whatever they are."""
        return await self._post(call, urljoin(self.config.public_url + "/", url), {})

    async def report(self, call: Call, url: str, **more: str) -> int:
        """Tell the product something; what it answers does not matter. Gives the HTTP status."""
        full = urljoin(self.config.public_url + "/", url)
        statuses = [await self._post(call, full, more) for _ in range(self.faults.webhook_copies)]
        return statuses[-1][0]

    async def _post(self, call: Call, url: str, more: dict[str, str]) -> tuple[int, str]:
        if not self.config.belongs_to_product(url):
            raise NoAnswer(f"{url} is not the product's")
        params = [*parameters(call, self.config).items(), *more.items()]
        secret = self.config.twilio_auth_token
        if self.algorithm == "HMAC_SHA256":
            secret = self.config.twilio_shared_key or secret
        headers = {
            **signature_headers(url, params, secret, self.algorithm),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            async with self._connected().post(
                URL(self.config.reachable(url), encoded=True),
                data=urlencode(params),
                headers=headers,
                allow_redirects=False,
            ) as response:
                return response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, type(error).__name__

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=2),
                timeout=aiohttp.ClientTimeout(total=_PATIENCE_SECONDS),
            )
        return self._session

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def parameters(call: Call, config: SimulatorConfig) -> dict[str, str]:
    """What Twilio tells with every request about a call."""
    told = {
        "CallSid": call.sid,
        "AccountSid": config.twilio_account_sid,
        "From": call.sender,
        "To": call.recipient,
        "Caller": call.sender,
        "Called": call.recipient,
        "CallStatus": call.status,
        "ApiVersion": "2010-04-01",
        "Direction": call.direction,
    }
    return told | ({"ParentCallSid": call.parent} if call.parent else {})
