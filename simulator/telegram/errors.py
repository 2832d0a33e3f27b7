"""Refusals in the words and shape of the Bot API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse


class TelegramRefusal(Exception):
    """The Bot API answers with an error code and a description; with 429 also how long to wait."""

    def __init__(self, error_code: int, description: str, retry_after_s: int = 0) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.retry_after_s = retry_after_s

    def as_json(self) -> dict[str, Any]:
        """The body of the Bot API's error answers."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.retry_after_s:
            body["parameters"] = {"retry_after": self.retry_after_s}
        return body


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    """Turn a refusal into the Bot API's answer."""
    assert isinstance(refusal, TelegramRefusal)  # noqa: S101 - registered for this type only
    return JSONResponse(refusal.as_json(), status_code=refusal.error_code)


def bad_request(what: str) -> TelegramRefusal:
    """A parameter that Telegram does not accept."""
    return TelegramRefusal(400, f"Bad Request: {what}")


def blocked() -> TelegramRefusal:
    """The person blocked the bot."""
    return TelegramRefusal(403, "Forbidden: bot was blocked by the user")


def too_many(retry_after_s: int) -> TelegramRefusal:
    """Too many messages in too short a time."""
    return TelegramRefusal(
        429, f"Too Many Requests: retry after {retry_after_s}", retry_after_s=retry_after_s
    )
