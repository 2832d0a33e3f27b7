"""Posts the providers' webhooks to the product, with the providers' manners and the faults."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urldefrag

import aiohttp
from yarl import URL

from simulator.broadcast import Broadcast, Event
from simulator.config import SimulatorConfig
from simulator.faults import Faults, Pace

_LOG_LENGTH = 200
_HELD_LIMIT = 5000
_SHOWN_BODY = 2000


@dataclass(frozen=True)
class RetryRule:
    """How often a webhook is repeated and after which failures.

    `after` holds Twilio's words: ct (no connection), rt (no answer in time), 4xx, 5xx.
    """

    retries: int = 0
    after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Webhook:
    """One request to the product, ready and signed. `url` is the one that was signed."""

    kind: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    retry: RetryRule = RetryRule()
    about: str = ""


@dataclass(frozen=True)
class Receipt:
    """How the product answered a webhook; `status` is 0 when it did not, `error` says why."""

    number: int
    kind: str
    status: int
    error: str
    attempts: int
    took_ms: float
    at: datetime
    about: str

    @property
    def accepted(self) -> bool:
        """Whether the product took the webhook."""
        return 200 <= self.status < 300

    def as_json(self) -> dict[str, Any]:
        """The receipt as the control API and the page read it."""
        return {
            "number": self.number,
            "kind": self.kind,
            "status": self.status,
            "error": self.error,
            "attempts": self.attempts,
            "took_ms": round(self.took_ms, 1),
            "at": self.at.isoformat(),
            "about": self.about,
        }


@dataclass
class _Entry:
    webhook: Webhook
    receipt: Receipt


@dataclass
class Postman:
    """Delivers webhooks over kept-alive connections and remembers the last of them."""

    config: SimulatorConfig
    faults: Faults
    pace: Pace
    broadcast: Broadcast
    _log: deque[_Entry] = field(default_factory=lambda: deque(maxlen=_LOG_LENGTH))
    _held: deque[Webhook] = field(default_factory=lambda: deque(maxlen=_HELD_LIMIT))
    _shuffling: list[Webhook] = field(default_factory=list)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None
    _number: int = 0

    async def post(self, webhook: Webhook) -> tuple[Receipt, ...]:
        """Deliver a webhook now and return one receipt for each copy.

        Returns nothing when the webhook is held or waits to be shuffled.
        """
        if self.faults.hold_webhooks:
            self._held.append(webhook)
            return ()
        if self.faults.shuffle_window_ms > 0:
            self._shuffle_later(webhook)
            return ()
        return await self._post_copies(webhook)

    async def release(self, shuffled: bool = False) -> tuple[Receipt, ...]:
        """Stop holding and deliver what was held, in order or shuffled."""
        self.faults.hold_webhooks = False
        held = list(self._held)
        self._held.clear()
        if shuffled:
            random.shuffle(held)
        receipts: list[Receipt] = []
        for webhook in held:
            receipts.extend(await self._post_copies(webhook))
        return tuple(receipts)

    async def replay(self, number: int) -> Receipt | None:
        """Post a remembered webhook once more, byte for byte; None when it is forgotten."""
        for entry in self._log:
            if entry.receipt.number == number:
                return await self._post_once(entry.webhook)
        return None

    @property
    def held(self) -> int:
        """How many webhooks wait to be released."""
        return len(self._held)

    def log(self) -> list[dict[str, Any]]:
        """The last webhooks, newest first, with the beginning of their bodies."""
        return [
            {
                **entry.receipt.as_json(),
                "url": entry.webhook.url,
                "body": entry.webhook.body[:_SHOWN_BODY].decode("utf-8", "replace"),
            }
            for entry in reversed(self._log)
        ]

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something later without losing it; `settle` waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing is under way: no status to report, no webhook to shuffle or retry."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def forget(self) -> None:
        """Stop everything under way and forget what was posted and held."""
        for task in self._tasks:
            task.cancel()
        self._log.clear()
        self._held.clear()
        self._shuffling.clear()

    async def aclose(self) -> None:
        """Stop everything under way and close the connections."""
        tasks = tuple(self._tasks)
        self.forget()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _shuffle_later(self, webhook: Webhook) -> None:
        is_first = not self._shuffling
        self._shuffling.extend([webhook] * self.faults.webhook_copies)
        if is_first:
            self.in_background(self._post_shuffled(self.faults.shuffle_window_ms / 1000))

    async def _post_shuffled(self, window_s: float) -> None:
        await asyncio.sleep(window_s)
        webhooks, self._shuffling = self._shuffling, []
        random.shuffle(webhooks)
        await asyncio.gather(*(self._post_once(webhook) for webhook in webhooks))

    async def _post_copies(self, webhook: Webhook) -> tuple[Receipt, ...]:
        copies = self.faults.webhook_copies
        if copies == 1:
            return (await self._post_once(webhook),)
        return tuple(await asyncio.gather(*(self._post_once(webhook) for _ in range(copies))))

    async def _post_once(self, webhook: Webhook) -> Receipt:
        started = time.perf_counter()
        status, error, attempts = await self._attempt(webhook)
        self._number += 1
        receipt = Receipt(
            number=self._number,
            kind=webhook.kind,
            status=status,
            error=error,
            attempts=attempts,
            took_ms=(time.perf_counter() - started) * 1000,
            at=self.config.now(),
            about=webhook.about,
        )
        self._log.append(_Entry(webhook, receipt))
        self.broadcast.tell(Event("webhook", receipt.as_json()))
        return receipt

    async def _attempt(self, webhook: Webhook) -> tuple[int, str, int]:
        url = self.config.reachable(webhook.url)
        delay_s = self.pace.retry_delay_ms / 1000
        attempts = 0
        while True:
            attempts += 1
            status, error, cause = await self._send(url, webhook)
            if attempts > webhook.retry.retries or cause not in webhook.retry.after:
                return status, error, attempts
            await asyncio.sleep(delay_s)
            delay_s *= 2

    async def _send(self, url: str, webhook: Webhook) -> tuple[int, str, str]:
        post = self._connected().post(
            URL(url, encoded=True),
            data=webhook.body,
            headers=webhook.headers,
            allow_redirects=False,
        )
        try:
            async with post as response:
                await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return 0, type(error).__name__, "ct"
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, type(error).__name__, "rt"
        cause = "" if response.status // 100 == 2 else f"{response.status // 100}xx"
        return response.status, "", cause

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # Shorter than a server keeps an idle connection: none is used as it closes.
                connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=2),
                timeout=aiohttp.ClientTimeout(total=20, connect=5, sock_read=15),
            )
        return self._session


def retry_rule_of(url: str) -> tuple[str, RetryRule]:
    """Split a Twilio webhook URL into what is called (and signed) and its retry rule.

    The fragment (`#rc=3&rp=5xx,ct,rt`) overrides Twilio's defaults: one retry, only when no
    connection could be made. Source: Twilio's webhook connection overrides.
    """
    bare, fragment = urldefrag(url)
    options = parse_qs(fragment)
    retries = int(options.get("rc", ["1"])[0])
    after = frozenset(options.get("rp", ["ct"])[0].split(","))
    if "all" in after:
        after = frozenset({"ct", "rt", "4xx", "5xx"})
    return bare, RetryRule(retries, after)
