"""Callers: signed requests about a call, and the time until there is TwiML to read out."""

import asyncio
import html
import itertools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from xml.etree import ElementTree

from aiohttp import ClientSession

from quality.bench.chats import Ledger
from quality.bench.crowd import pause, pays
from quality.bench.figures import Load
from quality.bench.processes import Part, cpu_of, spent
from quality.bench.provider import ACCOUNT, SENDER, TOKEN
from quality.people import Person
from quality.product import Product
from simulator.twilio_messaging.signature import signature_headers

_ACTION: Final = re.compile(r'<Gather[^>]* action="([^"]+)"')
_sids: Final = itertools.count(1)


@dataclass(frozen=True, slots=True)
class CallStep:
    """What is said or, if all are digits, keyed; `hears` is a part of what is read out after it."""

    says: str
    hears: str


TALK: Final = (
    CallStep("{document}#", "fecha de nacimiento"),
    CallStep("{born}", "quedó confirmado"),
    CallStep("cuánto debo", "préstamo personal"),
    CallStep("2", "¿Qué monto"),
    CallStep("{pays}#", "¿Qué día"),
    CallStep("el viernes", "¿Lo confirmo?"),
    CallStep("2", "¿Qué cambiamos"),
    CallStep("la fecha", "¿Qué día"),
    CallStep("1", "¿Lo confirmo?"),
    CallStep("sí", "anoté su compromiso"),
)


class Call:
    """One person's call."""

    def __init__(
        self, person: Person, product: Product, session: ClientSession, ledger: Ledger
    ) -> None:
        self._person = person
        self._url = product.public_url
        self._session = session
        self._ledger = ledger
        self._sid = f"CA{next(_sids):032x}"
        self._next = f"{product.public_url}/voice/inbound"

    async def dials(self) -> float | None:
        """Call; seconds until there is something to hear."""
        return await self._ask({}, "documento de identidad")

    async def does(self, step: CallStep) -> float | None:
        """One step; None, and a fault, where something else was answered than expected."""
        row = self._person.row
        born = date.fromisoformat(row["birth_date"])
        words = step.says.format(
            document=row["document"], born=f"{born:%d%m%Y}", pays=_keyed(pays(self._person))
        )
        keyed = re.fullmatch(r"[\d#*]+", words) is not None
        told = {"Digits": words.rstrip("#")} if keyed else {"SpeechResult": words}
        return await self._ask(told, step.hears)

    async def hangs_up(self) -> None:
        """End the call."""
        self._next = f"{self._url}/voice/calls/inbound/status"
        await self._post({"CallStatus": "completed"})

    async def _ask(self, told: dict[str, str], hears: str) -> float | None:
        begun = time.perf_counter()
        document = await self._post(told)
        took = time.perf_counter() - begun
        said = " ".join(ElementTree.fromstring(document).itertext()) if document else ""  # noqa: S314
        if hears not in said:
            self._ledger.faults.append(f"a call heard {said[:200]!r} instead of {hears!r}")
            return None
        action = _ACTION.search(document)
        self._next = html.unescape(action[1]) if action else self._next
        return took

    async def _post(self, told: dict[str, str]) -> str:
        fields = {
            "CallSid": self._sid,
            "AccountSid": ACCOUNT,
            "From": self._person.number,
            "To": SENDER,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            **told,
        }
        headers = signature_headers(self._next, list(fields.items()), TOKEN, "HMAC_SHA1")
        async with self._session.post(self._next, data=fields, headers=headers) as response:
            return await response.text() if response.status == 200 else ""


def _keyed(pays: str) -> str:
    """An amount as it is keyed: "100 mil" is 100000."""
    return re.sub(r"\D", "", pays) + ("000" if pays.endswith("mil") else "")


@dataclass
class Switchboard:
    """Holds so many calls at once and measures their turns."""

    product: Product
    session: ClientSession
    ledger: Ledger
    parts: list[Part]
    people: Iterator[Person]

    async def load(
        self, calls: int, *, warm_up_seconds: float, seconds: float, pausing: bool
    ) -> dict[str, Any]:
        """Turns of calls that go on at once; people who pause listen before they answer."""
        answered: list[tuple[float, float]] = []
        stopping = asyncio.Event()

        async def call_on() -> None:
            while not stopping.is_set():
                caller = Call(next(self.people), self.product, self.session, self.ledger)
                took = await caller.dials()
                for step in TALK:
                    if took is None or stopping.is_set():
                        break
                    answered.append((time.perf_counter(), took))
                    if pausing:
                        await pause()
                    took = await caller.does(step)
                await caller.hangs_up()

        calling = [asyncio.create_task(call_on()) for _ in range(calls)]
        await asyncio.sleep(warm_up_seconds)
        begun, before = time.perf_counter(), cpu_of(self.parts)
        await asyncio.sleep(seconds)
        ended, after = time.perf_counter(), cpu_of(self.parts)
        stopping.set()
        await asyncio.gather(*calling)
        load = Load(
            conversations=calls,
            pausing=pausing,
            seconds=ended - begun,
            latencies=[took for at, took in answered if begun <= at <= ended],
            cpu_seconds=spent(before, after),
        )
        return load.as_json()
