"""Reading bodies no further than they may be long."""

from http import HTTPStatus

from starlette.requests import Request

from doors.api.problems import ApiError


async def body_within(request: Request, limit: int) -> bytes:
    """The body of at most `limit` bytes; 413 beyond, whatever length was announced."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ApiError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "The body is too large."
            )
    return bytes(body)
