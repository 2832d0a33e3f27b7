"""What a request that begins something is called by its caller, and its one answer."""

import hashlib
from typing import Annotated

from fastapi import Header
from starlette.responses import JSONResponse

from acuerdo.idempotency.service import Answer

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A name of the request: sent again, it is answered and not done again.",
    ),
]
_FIRST_ERROR = 400


def fingerprint(content: bytes) -> bytes:
    """Return what a request is known again by."""
    return hashlib.sha256(content).digest()


def problem_or_answer(answer: Answer) -> JSONResponse:
    """Return an answer as it was given first; a refusal as a problem document."""
    wrong = answer.status >= _FIRST_ERROR
    media_type = "application/problem+json" if wrong else "application/json"
    return JSONResponse(answer.body, status_code=answer.status, media_type=media_type)
