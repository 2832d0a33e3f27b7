"""The measurements, one after the other."""

import asyncio
import itertools
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientSession, TCPConnector

from acuerdo.platform.settings import ROOT
from quality.bench import provider, talks
from quality.bench.calls import Switchboard
from quality.bench.chats import Chat, Ledger
from quality.bench.crowd import pause, people
from quality.bench.figures import Growth, Load
from quality.bench.processes import Part, cpu_of, parts_of, spent
from quality.bench.provider import Provider
from quality.bench.talks import Talk
from quality.bench.understanding import measured
from quality.bench.verdicts import per_second
from quality.people import Person, portfolio
from quality.product import Product

_PACKAGES: Final = ("fastapi", "uvicorn", "sqlalchemy", "psycopg", "procrastinate", "twilio")
_TURNS_PER_SECOND_AT_MOST: Final = 60
_SHORTEST_TALK: Final = min(len(talk) for talk in talks.TALKS)
# Whatever is said twice is said within this time after the last answer.
_QUIET_SECONDS: Final = 2.0
_VERDICT_SECONDS: Final = 4.0


class Misunderstood(Exception):
    """The product does not answer as the talks expect; the message says where."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure: seconds of each part, and how many long conversations at most."""

    levels: tuple[int, ...] = (1, 10, 50)
    calls: tuple[int, ...] = (1, 10, 20)
    warm_up_seconds: float = 4
    seconds: float = 25
    growth_seconds: float = 45
    long_conversations: int = 8


FULL: Final = Plan()
QUICK: Final = Plan(warm_up_seconds=1.5, seconds=6, growth_seconds=12, long_conversations=2)


class Bench:
    """Talks with a running product and measures it."""

    def __init__(
        self, product: Product, provider: Provider, session: ClientSession, plan: Plan
    ) -> None:
        self._product = product
        self._provider = provider
        self._session = session
        self._plan = plan
        self._parts: list[Part] = parts_of(product)
        self._ledger = Ledger()
        self._people: Iterator[Person] = iter(())
        self._talks: Iterator[Talk] = itertools.cycle(talks.TALKS)

    async def measure(self) -> dict[str, Any]:
        """Everything, as plain data."""
        await self._get_to_know()
        await self._rehearse()
        calls = [
            await self._calls(level, pausing=pausing)
            for pausing in (True, False)
            for level in self._plan.calls
        ]
        loads = [
            await self._load(level, pausing=pausing)
            for pausing in (True, False)
            for level in self._plan.levels
        ]
        fastest = max(len(load.latencies) / load.seconds for load in loads)
        growth = await self._growth(fastest)
        memory = {part.name: round(part.memory_mib(), 1) for part in self._parts}
        await asyncio.sleep(_QUIET_SECONDS)
        return {
            "machine": machine(),
            "calls": calls,
            "loads": [load.as_json() for load in loads],
            "growth": growth.as_json(),
            "memory_mib": memory,
            "messages": sum(self._ledger.written.values()),
            "faults": [*self._ledger.faults, *self._doubled_or_missing()],
        }

    async def _get_to_know(self) -> None:
        """Import as many debtors as could be needed, as an ERP would."""
        seconds = self._plan.warm_up_seconds + self._plan.seconds
        levels = 2 * (len(self._plan.levels) + len(self._plan.calls))
        turns = levels * seconds * _TURNS_PER_SECOND_AT_MOST
        in_progress = (
            sum(self._plan.levels) + sum(self._plan.calls) + self._plan.long_conversations
        ) * 2
        persons = people(int(turns / _SHORTEST_TALK) + in_progress)
        self._people = iter(persons)
        await asyncio.to_thread(self._product.take_over, portfolio(persons))

    async def _rehearse(self) -> None:
        """Every talk once: what is not answered as expected now is not worth measuring."""
        for talk in talks.TALKS:
            chat = self._chat()
            for step in talk:
                if await chat.say(step) is None:
                    raise Misunderstood("\n".join(self._ledger.faults))

    def _chat(self) -> Chat:
        return Chat(
            next(self._people),
            self._product.url,
            self._product.public_url,
            self._session,
            self._provider,
            self._ledger,
        )

    async def _load(self, conversations: int, *, pausing: bool) -> Load:
        """So many chats at once, of people who read before they write again or who do not."""
        answered: list[tuple[float, float]] = []
        stopping = asyncio.Event()

        async def talk_on() -> None:
            while not stopping.is_set():
                chat = self._chat()
                for step in next(self._talks):
                    latency = await chat.say(step)
                    if latency is None or stopping.is_set():
                        break
                    answered.append((time.perf_counter(), latency))
                    if pausing:
                        await pause()

        talking = [asyncio.create_task(talk_on()) for _ in range(conversations)]
        await asyncio.sleep(self._plan.warm_up_seconds)
        begun, before = time.perf_counter(), cpu_of(self._parts)
        await asyncio.sleep(self._plan.seconds)
        ended, after = time.perf_counter(), cpu_of(self._parts)
        stopping.set()
        await asyncio.gather(*talking)
        return Load(
            conversations=conversations,
            pausing=pausing,
            seconds=ended - begun,
            latencies=[latency for at, latency in answered if begun <= at <= ended],
            cpu_seconds=spent(before, after),
        )

    async def _calls(self, calls: int, *, pausing: bool) -> dict[str, Any]:
        """So many calls at once, of people who listen to the end or who do not."""
        board = Switchboard(self._product, self._session, self._ledger, self._parts, self._people)
        return await board.load(
            calls,
            warm_up_seconds=self._plan.warm_up_seconds,
            seconds=self._plan.seconds,
            pausing=pausing,
        )

    async def _growth(self, turns_per_second: float) -> Growth:
        """Early turns of fresh conversations and late turns of long ones, in alternation.

        Taken at the same time, so that a busy machine slows both alike; as many conversations as
        there is time for.
        """
        affordable = turns_per_second * self._plan.growth_seconds / talks.LATE.stop
        count = max(1, min(self._plan.long_conversations, int(affordable)))
        old = [self._chat() for _ in range(count)]
        await asyncio.gather(*(_talk(chat, range(1, talks.LATE.start)) for chat in old))
        early: list[float] = []
        late: list[float] = []
        for long_lasting in old:
            fresh = self._chat()
            await _talk(fresh, range(1, talks.EARLY.start))
            for early_turn, late_turn in zip(talks.EARLY, talks.LATE, strict=True):
                early += await _talk(fresh, (early_turn,))
                late += await _talk(long_lasting, (late_turn,))
        return Growth(conversations=count, early=early, late=late)

    def _doubled_or_missing(self) -> list[str]:
        """Addresses that did not get exactly one answer for every message."""
        addresses = self._ledger.written.keys() | self._provider.received.keys()
        counted = {
            address: (self._ledger.written.get(address, 0), self._provider.received[address])
            for address in sorted(addresses)
        }
        faults = [
            f"{written} messages got {answers} answers"
            for written, answers in counted.values()
            if written != answers
        ]
        if self._provider.refused_reports:
            faults.append(f"{self._provider.refused_reports} statuses were refused")
        return faults


async def _talk(chat: Chat, turns: Iterable[int]) -> list[float]:
    """Talk on; gives the seconds of each answer."""
    answers = [await chat.say(talks.endless(turn)) for turn in turns]
    return [latency for latency in answers if latency is not None]


async def run(plan: Plan, *, keep_logs: bool = False) -> dict[str, Any]:
    """Start a product, measure it, stop it."""
    connector = TCPConnector(limit=0)
    async with ClientSession(connector=connector) as session:
        stand_in = Provider()
        await stand_in.start(session)
        product = Product(
            keeps_folder=keep_logs, ACUERDO_LOG_LEVEL="warning", **provider.settings(stand_in.url)
        )
        try:
            understanding = await asyncio.to_thread(measured)
            verdicts = await asyncio.to_thread(per_second, _VERDICT_SECONDS)
            await asyncio.to_thread(product.start)
            report = await Bench(product, stand_in, session, plan).measure()
            return {"understanding": understanding, "verdicts": verdicts, **report}
        finally:
            await stand_in.stop()
            await asyncio.to_thread(product.stop)


def machine() -> dict[str, Any]:
    """Where and with what the figures were taken."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)),
        "load average": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "engine": _engine_version(),
        **{package: version(package) for package in _PACKAGES},
    }


def _engine_version() -> str:
    python = ROOT / "rasa_server" / ".venv" / "bin" / "python"
    ask = "import platform, rasa.version as r; print('rasa', r.__version__, 'python', platform.python_version())"  # noqa: E501
    found = subprocess.run(  # noqa: S603 - our own interpreter
        [str(python), "-c", ask], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()
