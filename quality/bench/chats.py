"""A chat that costs little: posts what is written as signed webhooks, waits for the one answer.

`quality.phone` asks the simulator to do so, and the simulator's work would be measured too.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from aiohttp import ClientSession

from quality.bench.provider import ACCOUNT, SENDER, TOKEN, Provider, Shown
from quality.bench.talks import Step
from quality.people import Person
from simulator.chats import Button
from simulator.twilio_messaging import forms
from simulator.twilio_messaging.signature import signature_headers

_PATIENCE_SECONDS: Final = 30.0
_PATH: Final = "/webhooks/twilio/whatsapp"


@dataclass
class Ledger:
    """What was written from every address, and what went wrong."""

    written: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Chat:
    """One person's chat with a product; `public_url` is what its signatures are checked against."""

    def __init__(
        self,
        person: Person,
        url: str,
        public_url: str,
        session: ClientSession,
        provider: Provider,
        ledger: Ledger,
    ) -> None:
        self._person = person
        self._url = url + _PATH
        self._signed_url = public_url + _PATH
        self._session = session
        self._provider = provider
        self._ledger = ledger
        self._last: Shown | None = None

    async def say(self, step: Step) -> float | None:
        """Say one thing; seconds from the webhook posted to the answer at the provider's API.

        None where no answer came, or not the one that was expected, which is noted as a fault.
        """
        fields = self._fields(step)
        headers = signature_headers(self._signed_url, fields, TOKEN, "HMAC_SHA1")
        address = self._person.number
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

    def _fields(self, step: Step) -> forms.Params:
        fields = forms.inbound(
            account_sid=ACCOUNT,
            sid=self._provider.new_sid(),
            sender=f"whatsapp:{self._person.number}",
            recipient=f"whatsapp:{SENDER}",
            name=self._person.id,
            message_type="text",
            body=step.words_of(self._person),
        )
        return fields + (self._pressed(step.says) if step.presses else [])

    def _pressed(self, title: str) -> forms.Params:
        last = self._last
        if last is None:
            return []
        chosen = [identifier for identifier, shown in last.options if shown == title]
        if not chosen:
            self._ledger.faults.append(f"there is no button {title!r}")
            return []
        return forms.pressed(Button(chosen[0], title), last.is_list, last.sid, f"whatsapp:{SENDER}")
