"""ConversationRelay: the same call as a stream, so that people can speak into what they hear.

The other transport beside `voice.calls`: what is answered is decided in the core. A stream that
breaks is taken up again by the request that follows it, and after some tries the call goes on turn
by turn.
"""

import asyncio
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from acuerdo.bootstrap import Acuerdo
from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import CallDirection
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then, Wait
from acuerdo.calls.turns import FIRST_WORD
from acuerdo.platform.errors import AcuerdoError, CallEnded, NotFound
from acuerdo.platform.logging import get_logger
from doors.http import TheCore
from doors.webhooks.twilio import TwilioForm, is_signed
from voice import relay_messages, twiml
from voice.errors import CallRoute, as_twiml
from voice.relay_messages import Interrupted, Key, Setup, Trouble, Words
from voice.speech import seconds_to_say, spoken
from voice.styles import style_of
from voice.twiml import Style

router = APIRouter(prefix="/voice/calls/{call_id}", route_class=CallRoute, include_in_schema=False)
# After the last word of ours, and after a key that may have another one coming.
_SILENCE_SECONDS: Final = 7
_NEXT_KEY_SECONDS: Final = 3
_MOST_STREAMS: Final = 3
_FORBIDDEN: Final = 4403
_TROUBLE: Final = 1011
_GONE: Final = 1005
_log = get_logger()


def relay_url(core: Acuerdo, call_id: UUID) -> str:
    """Where the provider opens the stream; it knows secure addresses only."""
    return f"wss://{core.settings.base_url.partition('://')[2]}/voice/calls/{call_id}/relay"


def connect(core: Acuerdo, call_id: UUID, style: Style, streams: int = 1) -> Response:
    """Go on, or begin, as a stream."""
    after = f"{core.settings.base_url}/voice/calls/{call_id}/relayed?streams={streams}"
    return as_twiml(twiml.connect_relay(style, relay_url(core, call_id), after_url=after))


@router.post("/relayed")
async def after_stream(
    core: TheCore, form: TwilioForm, call_id: UUID, streams: Annotated[int, Query(ge=0)] = 1
) -> Response:
    """A stream has ended: put through, broken, or over."""
    here = f"{core.settings.base_url}/voice/calls/{call_id}"
    if relay_messages.handed_off(form):
        return as_twiml(twiml.go_on(f"{here}/transfer"))
    view = await core.calls.turns.view(call_id)
    if form.get("SessionStatus") != "failed":
        return as_twiml(twiml.hang_up())
    style = style_of(core, view.country)
    if streams < _MOST_STREAMS:
        return connect(core, call_id, style, streams + 1)
    number = await core.calls.turns.next_number(call_id)
    return as_twiml(twiml.wait(style, phrase("filler"), f"{here}/turn?n={number}"))


@router.websocket("/relay")
async def stream(websocket: WebSocket, core: TheCore, call_id: UUID) -> None:
    """One stream of one call."""
    if not is_signed(websocket, core.settings, relay_url(core, call_id)):
        await websocket.close(_FORBIDDEN)
        return
    await websocket.accept()
    try:
        await _Stream(core, call_id, websocket).run()
    except (CallEnded, NotFound, WebSocketDisconnect):
        pass
    except AcuerdoError as error:
        # the provider asks what to do now, and the call goes on
        _log.warning("stream_in_trouble", call=str(call_id), code=error.code)
        if websocket.application_state is WebSocketState.CONNECTED:
            await websocket.close(_TROUBLE)


class _Stream:
    """Listens and speaks until the call ends or the stream does."""

    def __init__(self, core: Acuerdo, call_id: UUID, websocket: WebSocket) -> None:
        self._core = core
        self._call_id = call_id
        self._websocket = websocket
        self._prompt = Prompt((phrase("open_question"),))
        self._saying_seconds = 0.0

    async def run(self) -> None:
        """From the setup to the end."""
        if not isinstance(relay_messages.parse(await self._received()), Setup):
            return
        view = await self._core.calls.turns.view(self._call_id)
        style = style_of(self._core, view.country)
        number = await self._core.calls.turns.next_number(self._call_id)
        goes_on = True
        if view.question is not None:
            await self._say(view.question, style)
        elif view.direction is CallDirection.OUTBOUND:
            await self._say(Prompt((phrase("greeting"),)), style)
            number = max(number, FIRST_WORD)
        else:
            goes_on, number = await self._turn(number, CallerInput()), number + 1
        while goes_on:
            heard = await self._listen()
            goes_on, number = await self._turn(number, heard), number + 1

    async def _received(self) -> str:
        """Give what comes next as text; what is no text says nothing."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", _GONE))
        return message.get("text") or ""

    async def _turn(self, number: int, heard: CallerInput) -> bool:
        """Answer one thing that was heard; whether the call goes on."""
        while isinstance(
            answer := await self._core.calls.turns.take_turn(self._call_id, number, heard), Wait
        ):
            await self._websocket.send_text(relay_messages.text(answer.filler))
        await self._say(answer, style_of(self._core, answer.country))
        if answer.then is Then.LISTEN:
            return True
        transfer = answer.then is Then.TRANSFER
        await self._websocket.send_text(
            relay_messages.end(relay_messages.TRANSFER if transfer else "")
        )
        return False

    async def _say(self, prompt: Prompt, style: Style) -> None:
        self._prompt, self._saying_seconds = prompt, 0.0
        for words in (*prompt.texts, prompt.help):
            if words:
                said = spoken(words, style.country)
                self._saying_seconds += seconds_to_say(said)
                await self._websocket.send_text(relay_messages.text(said))

    async def _listen(self) -> CallerInput:
        """The next thing that is heard: words to their end, keys to theirs, or nothing."""
        words, pressed = "", ""
        patience = self._saying_seconds + _SILENCE_SECONDS
        while True:
            try:
                async with asyncio.timeout(_NEXT_KEY_SECONDS if pressed else patience):
                    news = relay_messages.parse(await self._received())
            except TimeoutError:
                return CallerInput(speech=words, digits=pressed)
            match news:
                case Words(text=more, last=last):
                    words = f"{words} {more}".strip()
                    if last and words:
                        return CallerInput(speech=words.removesuffix("."))
                case Key(digit=digit):
                    pressed += digit
                    if relay_messages.is_complete(pressed, self._prompt):
                        return CallerInput(digits=pressed)
                case Interrupted(heard=heard):
                    patience = _SILENCE_SECONDS
                    await self._core.calls.turns.note_interruption(self._call_id, heard)
                case Trouble():
                    _log.error("relay_refused_a_message", call=str(self._call_id))
                case _:
                    pass
