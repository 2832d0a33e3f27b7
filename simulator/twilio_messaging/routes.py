"""The paths of api.twilio.com and content.twilio.com, below one base URL."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from simulator.config import SimulatorConfig
from simulator.faults import Faults, SendFault
from simulator.media import MediaStore
from simulator.sending import with_faults
from simulator.twilio_messaging.errors import (
    TwilioRefusal,
    bad_request,
    not_authenticated,
    not_found,
)
from simulator.twilio_messaging.messages import TwilioMessaging
from simulator.twilio_messaging.resources import (
    content_json,
    content_page,
    message_json,
    message_page,
    select,
)


def proof_of_account(config: SimulatorConfig) -> Callable[[Request], None]:
    """A dependency that lets in only who knows the account's SID and token."""

    def authenticated(request: Request) -> None:
        expected = f"{config.twilio_account_sid}:{config.twilio_auth_token}"
        if not hmac.compare_digest(_credentials(request).encode(), expected.encode()):
            raise not_authenticated()
        sid = request.path_params.get("account_sid", config.twilio_account_sid)
        if sid != config.twilio_account_sid:
            raise not_authenticated()

    return authenticated


def twilio_router(
    config: SimulatorConfig, twilio: TwilioMessaging, media: MediaStore, faults: Faults
) -> APIRouter:
    """Routes of the Messages resource, its media, and the Content API."""
    authenticated = proof_of_account(config)
    router = APIRouter(prefix="/twilio")
    _add_messages(router, config, twilio, faults, authenticated)
    _add_media(router, config, media, authenticated)
    _add_contents(router, config, twilio, authenticated)
    return router


def _credentials(request: Request) -> str:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _add_messages(
    router: APIRouter,
    config: SimulatorConfig,
    twilio: TwilioMessaging,
    faults: Faults,
    authenticated: Any,
) -> None:
    account = config.twilio_account_sid
    path = "/2010-04-01/Accounts/{account_sid}/Messages"

    @router.post(f"{path}.json", dependencies=[Depends(authenticated)])
    async def create(request: Request) -> Response:
        form = await request.form()

        def send(undelivered: SendFault | None) -> Response:
            message = twilio.create(_texts(form), [str(u) for u in form.getlist("MediaUrl")])
            if undelivered is not None:
                twilio.refuse_delivery(message, undelivered)
            return JSONResponse(message_json(message, account), status_code=201)

        def refuse(fault: SendFault) -> Response:
            raise TwilioRefusal(fault.http_status, fault.code, fault.message)

        return await with_faults(faults, "whatsapp", send, refuse)

    @router.get(f"{path}.json", dependencies=[Depends(authenticated)])
    async def listed(request: Request) -> dict[str, Any]:
        query = dict(request.query_params)
        return message_page(select(twilio.newest_first(), query), query, account)

    @router.get(path + "/{sid}.json", dependencies=[Depends(authenticated)])
    async def fetched(sid: str) -> dict[str, Any]:
        return message_json(twilio.get(sid), account)


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _add_media(
    router: APIRouter, config: SimulatorConfig, media: MediaStore, authenticated: Any
) -> None:
    @router.get(
        "/2010-04-01/Accounts/{account_sid}/Messages/{sid}/Media/{media_sid}",
        dependencies=[Depends(authenticated)],
    )
    async def redirected(request: Request, media_sid: str) -> RedirectResponse:
        # Twilio authenticates here and sends the caller on to an address that needs no password.
        if media.find(media_sid) is None:
            raise not_found(request.url.path)
        return RedirectResponse(f"{config.own_url}/twilio/stored-media/{media_sid}", 307)

    @router.get("/stored-media/{media_sid}")
    async def downloaded(request: Request, media_sid: str) -> Response:
        file = media.find(media_sid)
        if file is None:
            raise not_found(request.url.path)
        return Response(file.content, media_type=file.content_type)


def _add_contents(
    router: APIRouter, config: SimulatorConfig, twilio: TwilioMessaging, authenticated: Any
) -> None:
    account, base = config.twilio_account_sid, f"{config.own_url}/twilio"
    proven = [Depends(authenticated)]

    @router.post("/v1/Content", status_code=201, dependencies=proven)
    async def create(request: Request) -> dict[str, Any]:
        body = await _json_object(request)
        content = twilio.contents.create(body, config.now().isoformat())
        return content_json(content, account, base)

    @router.get("/v1/Content", dependencies=proven)
    async def listed() -> dict[str, Any]:
        return content_page(twilio.contents.all(), account, base)

    @router.get("/v1/Content/{sid}", dependencies=proven)
    async def fetched(sid: str) -> dict[str, Any]:
        return content_json(twilio.contents.get(sid), account, base)

    @router.delete("/v1/Content/{sid}", status_code=204, dependencies=proven)
    async def removed(sid: str) -> None:
        twilio.contents.remove(sid)

    @router.post("/v1/Content/{sid}/ApprovalRequests/whatsapp", dependencies=proven)
    async def approved(request: Request, sid: str) -> JSONResponse:
        body = await _json_object(request)
        content = twilio.contents.get(sid)
        content.approved = True
        return JSONResponse({**_approval(body), "status": "received"}, status_code=201)

    @router.get("/v1/Content/{sid}/ApprovalRequests", dependencies=proven)
    async def approval(sid: str) -> dict[str, Any]:
        content = twilio.contents.get(sid)
        status = "approved" if content.approved else "unsubmitted"
        return {
            "sid": sid,
            "account_sid": account,
            "whatsapp": {**_approval({"name": content.friendly_name}), "status": status},
            "url": f"{base}/v1/Content/{sid}/ApprovalRequests",
        }


async def _json_object(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise bad_request(20001, "The request body is not valid JSON") from error
    if not isinstance(body, dict):
        raise bad_request(20001, "The request body is not a JSON object")
    return body


def _approval(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": str(body.get("name", "")),
        "category": str(body.get("category", "UTILITY")),
        "allow_category_change": bool(body.get("allow_category_change", True)),
        "content_type": "twilio/text",
        "rejection_reason": "",
    }
