"""Carries out TwiML, verb by verb, as Twilio does."""

import asyncio
from dataclasses import dataclass, field
from typing import Final, Protocol
from xml.etree import ElementTree

from simulator.telephone.calls import Act, Call, Question, new_sid
from simulator.telephone.line import Line, NoAnswer
from simulator.telephone.vocabulary import parse, spoken_text

# What Twilio itself says when a document cannot be fetched or read.
ERROR_VOICE: Final = "We are sorry, an application error has occurred. Goodbye."
_MOST_DOCUMENTS: Final = 400
_SILENT_SECONDS: Final = 600


class HungUp(Exception):
    """Somebody, or a document, ended the call."""


@dataclass(frozen=True)
class Next:
    """Where the call goes on, with what is told there."""

    url: str
    told: dict[str, str] = field(default_factory=dict)


class Switchboard(Protocol):
    """What a document asks of the exchange that carries the call."""

    line: Line

    async def dial(self, parent: Call, dial: ElementTree.Element) -> tuple[str, Call | None]:
        """Ring every noun of a <Dial>; gives Twilio's word for its end and the bridged leg."""
        ...

    async def wait_in_queue(self, call: Call, name: str) -> str:
        """Wait in a queue until the call is taken; raises HungUp."""
        ...

    async def relay(self, call: Call, relay: ElementTree.Element) -> dict[str, str]:
        """Play <ConversationRelay> to its end; gives what is posted afterwards."""
        ...


class Interpreter:
    """One call's way through documents."""

    def __init__(self, exchange: Switchboard, call: Call) -> None:
        self._exchange = exchange
        self._call = call

    async def run(self, url: str, **told: str) -> None:
        """Follow documents until one ends the call; raises HungUp."""
        following: Next | None = Next(url, told)
        for _ in range(_MOST_DOCUMENTS):
            if following is None:
                return
            try:
                document = await self._exchange.line.fetch(
                    self._call, following.url, **following.told
                )
            except NoAnswer as reason:
                self._call.hear("error", f"{ERROR_VOICE} [{reason}]")
                return
            if document.faults:
                self._call.hear("error", f"{ERROR_VOICE} {list(document.faults)}")
                return
            following = await self.carry_out(document.body, following.url)
        self._call.hear("error", f"{ERROR_VOICE} [documents without an end]")

    async def carry_out(self, document: str, url: str) -> Next | None:
        """The verbs of one document, in order; where the call goes on, if anywhere."""
        for verb in parse(document):
            following = await self._verb(verb, url)
            if following is not None:
                return following
        return None

    async def _verb(self, verb: ElementTree.Element, url: str) -> Next | None:
        match verb.tag:
            case "Say" | "Play" | "Pause":
                self._media(verb)
                # an act that came meanwhile is a person who hangs up, or who talks into the void
                self._check_hang_up()
            case "Gather":
                return await self._gather(verb, url)
            case "Redirect":
                return Next((verb.text or "").strip())
            case "Hangup" | "Reject":
                raise HungUp
            case "Dial":
                return await self._dial(verb)
            case "Enqueue":
                return await self._enqueue(verb)
            case "Record":
                self._call.hear("record", "")
                act = await self._act()
                if verb.get("action") and act.kind != "silence":
                    return Next(verb.get("action", ""), {"RecordingUrl": "", "Digits": act.digits})
            case "Connect":
                return await self._connect(verb)
            case _:
                return None
        return None

    def _media(self, verb: ElementTree.Element) -> None:
        if verb.tag == "Say":
            text = spoken_text(verb)
            self._call.hear("say", text, verb.get("voice", ""), verb.get("language", ""))
        elif verb.tag == "Play":
            self._call.hear("play", (verb.text or "").strip())
        else:
            self._call.hear("pause", verb.get("length", "1"))

    def _check_hang_up(self) -> None:
        waiting: list[Act] = []
        while not self._call.acts.empty():
            act = self._call.acts.get_nowait()
            if act.kind == "hang_up":
                raise HungUp
            waiting.append(act)
        for act in waiting:
            self._call.acts.put_nowait(act)

    async def _act(self) -> Act:
        async with asyncio.timeout(_SILENT_SECONDS):
            act = await self._call.acts.get()
        if act.kind == "hang_up":
            raise HungUp
        return act

    async def _gather(self, gather: ElementTree.Element, url: str) -> Next | None:
        for nested in gather:
            self._media(nested)
        self._call.question = Question(
            language=gather.get("language", "en-US"),
            num_digits=int(gather.get("numDigits", "0")),
            finish_on_key=gather.get("finishOnKey", "#"),
            timeout_s=int(gather.get("timeout", "5")),
        )
        self._call.tell()
        try:
            act = await self._act()
        finally:
            self._call.question = None
        told = _gathered(act, gather)
        if not told and gather.get("actionOnEmptyResult") != "true":
            return None
        return Next(gather.get("action") or url, told)

    async def _dial(self, dial: ElementTree.Element) -> Next | None:
        status, leg = await self._exchange.dial(self._call, dial)
        action = dial.get("action")
        if action is None:
            return None
        told = {"DialCallStatus": status}
        if leg is not None:
            told |= {"DialCallSid": leg.sid, "DialCallDuration": "12"}
        return Next(action, told)

    async def _enqueue(self, enqueue: ElementTree.Element) -> Next | None:
        name = (enqueue.text or "").strip()
        result = await self._exchange.wait_in_queue(self._call, name)
        action = enqueue.get("action")
        told = {"QueueResult": result, "QueueTime": "5", "QueueSid": new_sid("QU")}
        return Next(action, told) if action else None

    async def _connect(self, connect: ElementTree.Element) -> Next | None:
        relay = connect.find("ConversationRelay")
        if relay is None:
            return None
        told = await self._exchange.relay(self._call, relay)
        action = connect.get("action")
        return Next(action, told) if action else None


def _gathered(act: Act, gather: ElementTree.Element) -> dict[str, str]:
    """What Twilio posts about an act: only what this <Gather> listens for."""
    inputs = gather.get("input", "dtmf").split()
    if act.kind == "press" and "dtmf" in inputs:
        ending = gather.get("finishOnKey", "#")
        pressed = act.digits.split(ending)[0] if ending and ending in act.digits else act.digits
        most = int(gather.get("numDigits", "0"))
        return {"Digits": pressed[:most] if most else pressed}
    if act.kind == "say" and "speech" in inputs and act.text:
        # Twilio begins with a capital and sets a point of its own
        told = {"SpeechResult": act.text[:1].upper() + act.text[1:] + "."}
        return told | ({} if act.confidence is None else {"Confidence": f"{act.confidence:.4f}"})
    return {}
