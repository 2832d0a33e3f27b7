"""The exchange: places and receives calls, rings telephones, reports what becomes of them."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Literal
from xml.etree import ElementTree

from simulator.broadcast import Broadcast, Event
from simulator.config import SimulatorConfig
from simulator.faults import Faults
from simulator.telephone.calls import Act, Call, Recording, new_sid
from simulator.telephone.interpreter import HungUp, Interpreter
from simulator.telephone.line import Line
from simulator.telephone.vocabulary import faults as faults_of

Answers = Literal["person", "machine", "busy", "no-answer", "failed", "unknown"]
_GREETING: Final = "Hola, no puedo contestar. Deje su mensaje después del tono"


class Refused(Exception):
    """The REST API refuses; `code` is Twilio's."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Exchange:
    """All calls; belongs to one event loop."""

    def __init__(self, config: SimulatorConfig, faults: Faults, broadcast: Broadcast) -> None:
        self.config = config
        self.line = Line(config, faults)
        self._broadcast = broadcast
        self._calls: dict[str, Call] = {}
        self._answers: dict[str, Answers] = {}
        self._queues: dict[str, list[tuple[Call, asyncio.Future[str]]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def calls(self) -> list[Call]:
        """Every call, the newest first."""
        return list(reversed(self._calls.values()))

    def get(self, sid: str) -> Call | None:
        """One call by its name."""
        return self._calls.get(sid)

    def will_answer(self, address: str, answers: Answers) -> None:
        """What happens when an address is called from now on."""
        self._answers[address] = answers

    def dial_product(self, person: str) -> Call:
        """A person calls the product's number."""
        call = self._new("inbound", person, person, self.config.twilio_voice_from)
        call.status_callback = self.config.voice_status_url
        call.status_events = ("completed",)
        self._start(call, self._inbound(call))
        return call

    def place(self, form: Mapping[str, str], events: tuple[str, ...]) -> Call:
        """The product calls somebody, by the REST API. Raises Refused."""
        to = form.get("To", "")
        if not to.startswith(("+", "client:", "sip:")):
            raise Refused(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if not form.get("From"):
            raise Refused(400, 21213, "'From' parameter is required")
        if not form.get("Url") and not form.get("Twiml"):
            raise Refused(400, 21205, "Url parameter is required")
        if form.get("Twiml") and (wrong := faults_of(form["Twiml"])):
            raise Refused(400, 21218, f"Invalid TwiML: {wrong}")
        call = self._new("outbound-api", to, form["From"], to)
        call.status_callback = form.get("StatusCallback", "")
        call.status_events = events or ("completed",)
        if form.get("MachineDetection") and form.get("AsyncAmd") == "true":
            call.machine_callback = form.get("AsyncAmdStatusCallback", "")
        self._start(call, self._outbound(call, form))
        return call

    async def update(self, sid: str, form: Mapping[str, str]) -> Call:
        """Change a call that goes on: end it, or let it go on with another document."""
        call = self._calls.get(sid)
        if call is None:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        if call.is_over:
            raise Refused(400, 21220, f"Call {sid} is not in-progress. Cannot redirect.")
        if call.task is not None:
            call.task.cancel()
            await asyncio.gather(call.task, return_exceptions=True)
        if form.get("Status") in ("completed", "canceled"):
            await self._end(call, "completed" if call.status == "in-progress" else "canceled")
        else:
            self._start(call, self._redirected(call, form))
        return call

    def record(self, sid: str) -> tuple[Call, Recording]:
        """Begin to record a call. Raises Refused."""
        call = self._calls.get(sid)
        if call is None or call.status != "in-progress":
            raise Refused(400, 21220, f"Call {sid} is not in-progress")
        recording = Recording(new_sid("RE"))
        call.recordings.append(recording)
        call.hear("record", "in-progress")
        return call, recording

    def act(self, call: Call, act: Act) -> None:
        """Let whoever holds the telephone do something."""
        call.acts.put_nowait(act)

    async def replay(self, sid: str, url: str) -> dict[str, Any]:
        """Ask the product once more at a URL, for this call or for one that it does not know."""
        call = self._calls.get(sid) or Call(
            sid, "inbound", "+15550000000", "+15550000000", "", self.config.now()
        )
        status, body = await self.line.ask(call, url)
        return {"status": status, "body": body}

    async def settled(self, call: Call, *, timeout_s: float = 30) -> None:
        """Wait until the person can act again, or the call is over."""
        async with asyncio.timeout(timeout_s):
            while not (call.waits and call.acts.empty()):
                changed = call.changed
                await changed.wait()

    async def dial(self, parent: Call, dial: ElementTree.Element) -> tuple[str, Call | None]:
        """Ring every noun of a <Dial> at once; the first who accepts is bridged.

        Gives Twilio's word for how it ended and the leg that was bridged, if any.
        """
        legs = [
            (self._leg(parent, noun, dial), noun.get("url") or "")
            for noun in dial
            if noun.tag in ("Client", "Number")
        ]
        accepted = {asyncio.create_task(self._ring(leg, url)): leg for leg, url in legs}
        gone = asyncio.create_task(_until_hang_up(parent))
        waiting: set[asyncio.Task[Any]] = {*accepted, gone}
        bridged: Call | None = None
        while waiting - {gone} and bridged is None:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if gone in done:
                break
            bridged = next(
                (accepted[each] for each in done if each in accepted and each.result()), None
            )
        for task, leg in accepted.items():
            if leg is not bridged:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self._end(leg, "no-answer" if not leg.is_over else leg.status)
        if gone.done():
            if bridged is not None:
                await self._end(bridged, "completed")
            raise HungUp
        if bridged is None:
            gone.cancel()
            return "no-answer", None
        await self._bridge(parent, bridged, gone)
        return "completed", bridged

    def _leg(self, parent: Call, noun: ElementTree.Element, dial: ElementTree.Element) -> Call:
        address = (noun.text or "").strip() or "".join(noun.itertext()).strip()
        to = f"client:{address}" if noun.tag == "Client" else address
        leg = self._new("outbound-dial", to, dial.get("callerId") or parent.sender, to)
        leg.parent = parent.sid
        leg.status = "ringing"
        leg.tell()
        self._told(leg)
        return leg

    async def _ring(self, leg: Call, url: str) -> bool:
        """Whether the leg was answered and, where there is a whisper, accepted."""
        if (await leg.acts.get()).kind != "answer":
            leg.status = "busy"
            return False
        leg.status = "in-progress"
        self._told(leg)
        if not url:
            return True
        try:
            await Interpreter(self, leg).run(url)
        except HungUp:
            leg.status = "completed"
            return False
        return True

    async def _bridge(self, one: Call, other: Call, gone: "asyncio.Task[None]") -> None:
        one.bridged_to, other.bridged_to = other.sid, one.sid
        one.hear("bridge", other.recipient)
        other.hear("bridge", one.person)
        left = asyncio.create_task(_until_hang_up(other))
        await asyncio.wait({gone, left}, return_when=asyncio.FIRST_COMPLETED)
        one.bridged_to = other.bridged_to = ""
        left.cancel()
        await self._end(other, "completed")
        if gone.done():
            raise HungUp
        gone.cancel()

    async def wait_in_queue(self, call: Call, name: str) -> str:
        """Wait in a queue until somebody takes the call; raises HungUp."""
        taken: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(name, []).append((call, taken))
        call.hear("pause", f"queue {name}")
        gone = asyncio.create_task(_until_hang_up(call))
        both: set[asyncio.Future[Any]] = {taken, gone}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        self._queues[name] = [each for each in self._queues[name] if each[0] is not call]
        if gone.done():
            raise HungUp
        gone.cancel()
        return taken.result()

    async def relay(self, call: Call, relay: ElementTree.Element) -> dict[str, str]:
        """<ConversationRelay>: a scripted peer plays it, the call waits for its end."""
        call.hear("bridge", relay.get("url", ""))
        act = await call.acts.get()
        if act.kind == "hang_up":
            raise HungUp
        return {"SessionStatus": "ended", "HandoffData": act.text}

    async def _inbound(self, call: Call) -> None:
        call.status = "in-progress"
        self._told(call)
        await Interpreter(self, call).run(self.config.voice_url)

    async def _outbound(self, call: Call, form: Mapping[str, str]) -> None:
        await self._report(call, "initiated")
        answers = self._answers.get(call.person, "person")
        if answers == "failed":
            await self._end(call, "failed")
            return
        call.status = "ringing"
        call.tell()
        self._told(call)
        await self._report(call, "ringing")
        if answers in ("busy", "no-answer"):
            await self._end(call, answers)
            return
        if answers != "machine" and (await call.acts.get()).kind != "answer":
            await self._end(call, "busy")
            return
        call.status = "in-progress"
        self._told(call)
        await self._report(call, "answered")
        if answers == "machine":
            call.acts.put_nowait(Act("say", _GREETING, confidence=0.8))
        if call.machine_callback:
            self._in_background(self._detect(call, answers))
        if form.get("Twiml"):
            await Interpreter(self, call).carry_out(form["Twiml"], "")
        else:
            await Interpreter(self, call).run(form["Url"])

    async def _detect(self, call: Call, answers: Answers) -> None:
        word = {"machine": "machine_start", "unknown": "unknown"}.get(answers, "human")
        call.answered_by = word
        await self.line.report(
            call, call.machine_callback, AnsweredBy=word, MachineDetectionDuration="2100"
        )

    async def _redirected(self, call: Call, form: Mapping[str, str]) -> None:
        interpreter = Interpreter(self, call)
        if form.get("Twiml"):
            following = await interpreter.carry_out(form["Twiml"], "")
            if following is not None:
                await interpreter.run(following.url, **following.told)
        else:
            await interpreter.run(form["Url"])

    def _start(self, call: Call, work: Any) -> None:
        async def until_its_end() -> None:
            try:
                await work
            except HungUp:
                pass
            except asyncio.CancelledError:
                return
            if not call.is_over:
                await self._end(call, "completed")

        call.task = self._in_background(until_its_end())

    async def _end(self, call: Call, status: Any) -> None:
        call.status = status
        call.question, call.bridged_to = None, ""
        while not call.acts.empty():
            call.acts.get_nowait()
        call.tell()
        self._told(call)
        await self._report(call, "completed")

    async def _report(self, call: Call, event: str) -> None:
        if call.status_callback and event in call.status_events:
            call.sequence += 1
            told = {
                "SequenceNumber": str(call.sequence - 1),
                "CallbackSource": "call-progress-events",
            }
            if event == "completed":
                told["CallDuration"] = "30" if call.status == "completed" else "0"
            await self.line.report(call, call.status_callback, **told)

    def _new(self, direction: Any, person: str, sender: str, recipient: str) -> Call:
        call = Call(new_sid(), direction, person, sender, recipient, self.config.now())
        self._calls[call.sid] = call
        return call

    def _told(self, call: Call) -> None:
        self._broadcast.tell(Event("call", call.as_json(len(call.heard))))

    def _in_background(self, work: Any) -> "asyncio.Task[Any]":
        task: asyncio.Task[Any] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def clear(self) -> None:
        """Hang up everything and forget it."""
        for task in self._tasks:
            task.cancel()
        self._calls.clear()
        self._answers.clear()
        self._queues.clear()

    async def aclose(self) -> None:
        """Hang up everything and close the connections."""
        tasks = tuple(self._tasks)
        self.clear()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.line.aclose()


async def _until_hang_up(call: Call) -> None:
    while (await call.acts.get()).kind != "hang_up":
        # whatever else is said on a bridged line is between the two
        pass
