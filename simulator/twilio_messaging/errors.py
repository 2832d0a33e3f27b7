"""Refusals in the words and shape of Twilio."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse


class TwilioRefusal(Exception):
    """Twilio answers a request with an error status, a code and a message."""

    def __init__(self, http_status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code
        self.message = message

    def as_json(self) -> dict[str, Any]:
        """The body of Twilio's error answers."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.http_status,
        }


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    """Turn a refusal into Twilio's answer."""
    assert isinstance(refusal, TwilioRefusal)  # noqa: S101 - registered for this type only
    return JSONResponse(refusal.as_json(), status_code=refusal.http_status)


def not_authenticated() -> TwilioRefusal:
    """Wrong or missing account SID and auth token."""
    return TwilioRefusal(401, 20003, "Authenticate")


def not_found(path: str) -> TwilioRefusal:
    """There is no such resource."""
    return TwilioRefusal(404, 20404, f"The requested resource {path} was not found")


def bad_request(code: int, message: str) -> TwilioRefusal:
    """A parameter that Twilio does not accept."""
    return TwilioRefusal(400, code, message)
