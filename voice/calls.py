"""Calls through Twilio: what it asks about a call, answered with TwiML."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.prompts import Wait
from acuerdo.calls.turns import FIRST_WORD
from acuerdo.providers.twilio import voice_inbound as twilio
from doors.http import TheCore
from doors.webhooks.twilio import TwilioForm
from voice import relay, twiml
from voice.errors import AGAIN, CallRoute, as_twiml
from voice.styles import style_of

router = APIRouter(prefix="/voice", route_class=CallRoute, include_in_schema=False)
_Number = Annotated[int, Query(alias="n", ge=0, le=10_000)]
_Again = Annotated[int, Query(alias=AGAIN, ge=0)]


@router.post("/inbound")
async def receive_call(core: TheCore, form: TwilioForm) -> Response:
    """Take a call that is made to us."""
    call_id = await core.calls.inbound.receive(twilio.call_sid(form), twilio.caller(form))
    if core.settings.voice.transport == "relay":
        style = style_of(core, (await core.calls.turns.view(call_id)).country)
        return relay.connect(core, call_id, style)
    return await _turn(core, call_id, 0, CallerInput(), 0)


@router.post("/calls/{call_id}/answered")
async def greet(core: TheCore, form: TwilioForm, call_id: UUID) -> Response:
    """Greet whoever, or whatever, picked up a call of ours."""
    await core.calls.dialling.answered(call_id, twilio.call_sid(form))
    style = style_of(core, (await core.calls.turns.view(call_id)).country)
    return as_twiml(twiml.first_word(style, f"{_here(core, call_id)}/turn?n={FIRST_WORD}"))


@router.post("/calls/{call_id}/amd")
async def note_amd(core: TheCore, form: TwilioForm, call_id: UUID) -> Response:
    """Twilio's guess at who picked up, while the call goes on."""
    word = twilio.answered_by(form)
    await core.calls.amd.record_amd(
        twilio.webhook_of(form, "amd"), call_id, word, is_machine=twilio.is_machine(word)
    )
    return Response(status_code=204)


def _here(core: Acuerdo, call_id: UUID) -> str:
    return f"{core.settings.base_url}/voice/calls/{call_id}"


@router.post("/calls/{call_id}/turn")
async def take_turn(
    core: TheCore, form: TwilioForm, call_id: UUID, number: _Number, again: _Again = 0
) -> Response:
    """Answer what was heard: words, keys or nothing."""
    heard = CallerInput(twilio.speech(form), twilio.digits(form), twilio.confidence(form))
    return await _turn(core, call_id, number, heard, again)


async def _turn(
    core: Acuerdo, call_id: UUID, number: int, heard: CallerInput, again: int
) -> Response:
    answer = await core.calls.turns.take_turn(call_id, number, heard)
    style, here = style_of(core, answer.country), _here(core, call_id)
    if isinstance(answer, Wait):
        url = f"{here}/turn?n={number}&{AGAIN}={again + 1}"
        return as_twiml(twiml.wait(style, answer.filler, url))
    next_url, transfer_url = f"{here}/turn?n={number + 1}", f"{here}/transfer"
    return as_twiml(twiml.render(answer, style, next_url=next_url, transfer_url=transfer_url))


@router.post("/calls/inbound/status")
async def note_status_by_sid(core: TheCore, form: TwilioForm) -> Response:
    """News of a call that somebody made to us: the number's own status callback."""
    call_id = await core.calls.inbound.find(twilio.call_sid(form))
    return await _status(core, call_id, form)


@router.post("/calls/{call_id}/status")
async def note_status(core: TheCore, form: TwilioForm, call_id: UUID) -> Response:
    """News of a call that we made."""
    return await _status(core, call_id, form)


async def _status(core: Acuerdo, call_id: UUID | None, form: dict[str, str]) -> Response:
    ended = twilio.result(form)
    webhook = twilio.webhook_of(form, "ended")
    if ended is not None and call_id is None:
        await core.external_events.store(webhook, "unknown_call")
    elif ended is not None and call_id is not None:
        await core.calls.hang_up.finish(call_id, ended, webhook=webhook)
    return Response(status_code=204)
