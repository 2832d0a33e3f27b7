"""Refusals of the gateway."""

from starlette.requests import Request
from starlette.responses import JSONResponse


class GatewayRefusal(Exception):
    """The gateway answers with an error status, a code and a message."""

    def __init__(self, http_status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code
        self.message = message


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    """Turn a refusal into the gateway's answer."""
    assert isinstance(refusal, GatewayRefusal)  # noqa: S101 - registered for this type only
    body = {"error": {"code": refusal.code, "message": refusal.message}}
    return JSONResponse(body, status_code=refusal.http_status)
