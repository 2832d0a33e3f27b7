"""What the REST door answers."""

from typing import Any

import httpx


def problem(answer: httpx.Response) -> dict[str, Any]:
    """The problem document (RFC 9457) of an answer."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code", "detail"} <= body.keys()
    assert body["status"] == answer.status_code
    return body
