"""The paths of api.telegram.org: methods of the bot and download of files."""

import hmac
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from simulator.config import SimulatorConfig
from simulator.faults import Faults, SendFault
from simulator.media import MediaStore
from simulator.sending import with_faults
from simulator.telegram.bot import TelegramBot
from simulator.telegram.errors import TelegramRefusal, bad_request, blocked

_FILE_LIMIT_BYTES = 20 * 1024 * 1024
_TOO_MANY_REQUESTS = 429

Method = Callable[[Mapping[str, Any]], Any]


def telegram_router(
    config: SimulatorConfig, bot: TelegramBot, media: MediaStore, faults: Faults
) -> APIRouter:
    """Routes of the Bot API."""
    router = APIRouter(prefix="/telegram")
    methods = _methods(bot, media)

    def check_token(token: str) -> None:
        if not hmac.compare_digest(token.encode(), config.telegram_token.encode()):
            raise TelegramRefusal(401, "Unauthorized")

    @router.api_route("/bot{token}/{method}", methods=["GET", "POST"])
    async def call(request: Request, token: str, method: str) -> Response:
        check_token(token)
        params = await _params(request)
        if method.lower() == "sendmessage":
            return await _send(bot, faults, params)
        if method.lower() not in methods:
            raise TelegramRefusal(404, "Not Found: method not found")
        return _done(methods[method.lower()](params))

    @router.get("/file/bot{token}/{path:path}")
    async def download(token: str, path: str) -> Response:
        check_token(token)
        file = media.find(path.rpartition("/")[2].partition(".")[0])
        if file is None:
            raise TelegramRefusal(404, "Not Found")
        return Response(file.content, media_type=file.content_type)

    return router


async def _params(request: Request) -> dict[str, Any]:
    params: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body = await request.json()
        return {**params, **body} if isinstance(body, dict) else params
    return {**params, **await request.form()}


async def _send(bot: TelegramBot, faults: Faults, params: Mapping[str, Any]) -> Response:
    def send(undelivered: SendFault | None) -> Response:
        if undelivered is not None:
            # Telegram reports nothing afterwards: not delivered means blocked, at once.
            raise blocked()
        return _done(bot.send_message(params))

    def refuse(fault: SendFault) -> Response:
        flooded = fault.http_status == _TOO_MANY_REQUESTS
        raise TelegramRefusal(
            fault.http_status, fault.message, fault.retry_after_s if flooded else 0
        )

    return await with_faults(faults, "telegram", send, refuse)


def _done(result: Any) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})


def _methods(bot: TelegramBot, media: MediaStore) -> dict[str, Method]:
    def set_webhook(params: Mapping[str, Any]) -> bool:
        bot.set_webhook(str(params.get("url", "")), str(params.get("secret_token", "")))
        return True

    def webhook_info(_: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "url": bot.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": 0,
        }

    def delete_webhook(_: Mapping[str, Any]) -> bool:
        bot.set_webhook("", "")
        return True

    def get_file(params: Mapping[str, Any]) -> dict[str, Any]:
        file = media.find(str(params.get("file_id", "")))
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.content) > _FILE_LIMIT_BYTES:
            raise bad_request("file is too big")
        folder = file.content_type.partition("/")[0]
        extension = file.filename.rpartition(".")[2]
        return {
            "file_id": file.id,
            "file_unique_id": file.id[:16],
            "file_size": len(file.content),
            "file_path": f"{folder}/{file.id}.{extension}",
        }

    return {
        "getme": lambda _: bot.me,
        "setwebhook": set_webhook,
        "getwebhookinfo": webhook_info,
        "deletewebhook": delete_webhook,
        "answercallbackquery": bot.answer_query,
        "editmessagereplymarkup": bot.edit_markup,
        "sendchataction": bot.typing,
        "getfile": get_file,
    }
