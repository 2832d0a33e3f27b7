"""A debtor's phone: posts what is written as signed webhooks and waits for the one answer."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from aiohttp import ClientSession

from quality.bench.people import Person
from quality.bench.provider import ACCOUNT, SENDER, TOKEN, Provider, Shown
from quality.bench.talks import Step
from simulator.twilio_messaging.signature import signature_headers

_PATIENCE_SECONDS: Final = 30.0
_PATH: Final = "/webhooks/twilio/whatsapp"


@dataclass
class Ledger:
    """What was written from every address, and what went wrong."""

    written: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Phone:
    """One person's chat."""

    def __init__(
        self,
        person: Person,
        product_url: str,
        session: ClientSession,
        provider: Provider,
        ledger: Ledger,
    ) -> None:
        self._person = person
        self._url = product_url + _PATH
        self._session = session
        self._provider = provider
        self._ledger = ledger
        self._last: Shown | None = None

    async def say(self, step: Step) -> float | None:
        """Say one thing; seconds from the webhook posted to the answer at the provider's API.

        None where no answer came, or not the one that was expected, which is noted as a fault.
        """
        fields = self._fields(step)
        headers = signature_headers(self._url, fields, TOKEN, "HMAC_SHA1")
        address = self._person.address
        self._ledger.written[address] = self._ledger.written.get(address, 0) + 1
        answer = self._provider.expect(address)
        begun = time.perf_counter()
        async with self._session.post(self._url, data=fields, headers=headers) as response:
            if response.status != 200:
                self._ledger.faults.append(f"the webhook of {step.says!r} got {response.status}")
                return None
        try:
            shown = await asyncio.wait_for(answer, _PATIENCE_SECONDS)
        except TimeoutError:
            self._ledger.faults.append(f"nothing was answered to {step.says!r}")
            return None
        self._last = shown
        if step.hears not in shown.text:
            self._ledger.faults.append(f"{step.says!r} was answered {shown.text!r}")
            return None
        return shown.at - begun

    def _fields(self, step: Step) -> list[tuple[str, str]]:
        sid = self._provider.new_sid()
        address = self._person.address
        fields = [
            ("MessageSid", sid),
            ("SmsMessageSid", sid),
            ("AccountSid", ACCOUNT),
            ("From", f"whatsapp:{address}"),
            ("To", f"whatsapp:{SENDER}"),
            ("WaId", address.removeprefix("+")),
            ("ProfileName", self._person.id),
            ("NumMedia", "0"),
            ("ApiVersion", "2010-04-01"),
            ("Body", step.words_of(self._person)),
        ]
        return fields + (self._pressed(step.says) if step.presses else [])

    def _pressed(self, title: str) -> list[tuple[str, str]]:
        last = self._last
        if last is None:
            return []
        chosen = [identifier for identifier, shown in last.options if shown == title]
        if not chosen:
            self._ledger.faults.append(f"there is no button {title!r}")
            return []
        names = ("ListId", "ListTitle") if last.is_list else ("ButtonPayload", "ButtonText")
        return [
            ("OriginalRepliedMessageSid", last.sid),
            (names[0], chosen[0]),
            (names[1], title),
        ]
