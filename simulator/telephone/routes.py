"""The Calls resource of api.twilio.com, and what a person does with a telephone."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from simulator.config import SimulatorConfig
from simulator.telephone.calls import Act, ActKind, Call, Recording
from simulator.telephone.exchange import Answers, Exchange, Refused

_MOST_SECONDS = 60.0
_ROOT = "/2010-04-01/Accounts/{account_sid}/Calls"


class ActBody(BaseModel):
    """One act of a person; gives what was heard up to the next question, or the end."""

    kind: ActKind
    text: str = ""
    digits: str = ""
    confidence: float | None = 0.95
    wait: bool = True


class DialBody(BaseModel):
    """A person dials the product."""

    address: str
    wait: bool = True


class ReplayBody(BaseModel):
    """A request about a call that is made once more."""

    url: str


class AnswersBody(BaseModel):
    """What happens when an address is called."""

    address: str
    answers: Answers


def telephone_router(config: SimulatorConfig, exchange: Exchange, authenticated: Any) -> APIRouter:
    """Routes of both sides."""
    router = APIRouter()
    _add_rest(router, config, exchange, [Depends(authenticated)])
    _add_recordings(router, config, exchange, [Depends(authenticated)])
    _add_control(router, exchange)
    _add_experiments(router, exchange)
    return router


def _add_rest(
    router: APIRouter, config: SimulatorConfig, exchange: Exchange, proven: list[Any]
) -> None:
    account = config.twilio_account_sid

    @router.post(f"/twilio{_ROOT}.json", dependencies=proven)
    async def create(request: Request) -> Response:
        form = await request.form()
        events = tuple(str(each) for each in form.getlist("StatusCallbackEvent"))
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            call = exchange.place(texts, events)
        except Refused as refusal:
            return _refusal(refusal)
        return JSONResponse(_resource(call, account), status_code=201)

    @router.get(f"/twilio{_ROOT}" + "/{sid}.json", dependencies=proven)
    async def fetched(sid: str) -> Response:
        call = exchange.get(sid)
        if call is None:
            return _refusal(Refused(404, 20404, f"The requested resource {sid} was not found"))
        return JSONResponse(_resource(call, account))

    @router.post(f"/twilio{_ROOT}" + "/{sid}.json", dependencies=proven)
    async def updated(request: Request, sid: str) -> Response:
        form = await request.form()
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            return JSONResponse(_resource(await exchange.update(sid, texts), account))
        except Refused as refusal:
            return _refusal(refusal)


def _add_recordings(
    router: APIRouter, config: SimulatorConfig, exchange: Exchange, proven: list[Any]
) -> None:
    account = config.twilio_account_sid

    @router.post(f"/twilio{_ROOT}" + "/{sid}/Recordings.json", dependencies=proven)
    async def recorded(sid: str) -> Response:
        try:
            call, recording = exchange.record(sid)
        except Refused as refusal:
            return _refusal(refusal)
        return JSONResponse(_recording(call, recording, account), status_code=201)

    @router.post(f"/twilio{_ROOT}" + "/{sid}/Recordings/{recording_sid}.json", dependencies=proven)
    async def recording_changed(request: Request, sid: str, recording_sid: str) -> Response:
        call = exchange.get(sid)
        if call is None or not call.recordings:
            return _refusal(Refused(404, 20404, "The requested resource was not found"))
        recording = call.recordings[-1]
        recording.status = str((await request.form()).get("Status", "in-progress"))
        call.hear("record", recording.status)
        return JSONResponse(_recording(call, recording, account))


def _add_control(router: APIRouter, exchange: Exchange) -> None:
    @router.post("/control/calls")
    async def dial(body: DialBody) -> dict[str, Any]:
        call = exchange.dial_product(body.address)
        if body.wait:
            await exchange.settled(call)
        return call.as_json()

    @router.get("/control/calls")
    async def listed(person: str = "", going_on: bool = False) -> list[dict[str, Any]]:
        return [
            call.as_json()
            for call in exchange.calls()
            if person in ("", call.person) and not (going_on and call.is_over)
        ]

    @router.get("/control/calls/{sid}")
    async def shown(sid: str, after: int = 0) -> dict[str, Any]:
        return _found(exchange, sid).as_json(after)

    @router.get("/control/calls/{sid}/documents")
    async def documents(sid: str) -> list[dict[str, Any]]:
        return [each.as_json() for each in _found(exchange, sid).documents]

    @router.post("/control/calls/{sid}/acts")
    async def act(sid: str, body: Annotated[ActBody, Body()]) -> dict[str, Any]:
        call = _found(exchange, sid)
        if call.is_over:
            raise HTTPException(409, "the call is over")
        before = len(call.heard)
        exchange.act(call, Act(body.kind, body.text, body.digits, body.confidence))
        if body.wait:
            await exchange.settled(call, timeout_s=_MOST_SECONDS)
        return call.as_json(before)


def _add_experiments(router: APIRouter, exchange: Exchange) -> None:
    @router.post("/control/calls/{sid}/replays")
    async def replay(sid: str, body: ReplayBody) -> dict[str, Any]:
        return await exchange.replay(sid, body.url)

    @router.put("/control/telephones", status_code=204)
    async def answers(body: AnswersBody) -> None:
        exchange.will_answer(body.address, body.answers)


def _found(exchange: Exchange, sid: str) -> Call:
    call = exchange.get(sid)
    if call is None:
        raise HTTPException(404, "there is no such call")
    return call


def _resource(call: Call, account: str) -> dict[str, Any]:
    return {
        "sid": call.sid,
        "account_sid": account,
        "from": call.sender,
        "to": call.recipient,
        "status": call.status,
        "direction": call.direction,
        "answered_by": call.answered_by,
        "api_version": "2010-04-01",
        "date_created": call.started_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "uri": f"/2010-04-01/Accounts/{account}/Calls/{call.sid}.json",
    }


def _recording(call: Call, recording: Recording, account: str) -> dict[str, Any]:
    return {
        "sid": recording.sid,
        "call_sid": call.sid,
        "account_sid": account,
        "status": recording.status,
    }


def _refusal(refusal: Refused) -> JSONResponse:
    body = {"code": refusal.code, "message": refusal.message, "status": refusal.status}
    return JSONResponse(body, status_code=refusal.status)
