"""A body is read as far as a door allows it, whatever its sender announces."""

from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request

from doors.http import BodyTooLarge, body_within

LIMIT = 10


class Sender:
    """Sends a body in pieces, perhaps announced, and remembers how many pieces were taken."""

    def __init__(self, pieces: list[bytes], announced: str | None = None) -> None:
        self._pieces = self._given(pieces)
        self._announced = announced
        self.taken = 0

    async def _given(self, pieces: list[bytes]) -> AsyncIterator[dict[str, object]]:
        for piece in pieces:
            self.taken += 1
            yield {"type": "http.request", "body": piece, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    @property
    def request(self) -> Request:
        headers = [] if self._announced is None else [(b"content-length", self._announced.encode())]
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
        return Request(scope, self._pieces.__anext__)


@pytest.mark.parametrize("pieces", [[], [b"x"], [b"x" * LIMIT], [b"x" * 4, b"x" * 6]])
async def test_what_is_within_the_limit_is_read(pieces: list[bytes]) -> None:
    assert await body_within(Sender(pieces).request, LIMIT) == b"".join(pieces)


async def test_what_announces_too_much_is_not_begun() -> None:
    sender = Sender([b"x"], announced=str(LIMIT + 1))
    with pytest.raises(BodyTooLarge):
        await body_within(sender.request, LIMIT)
    assert sender.taken == 0


@pytest.mark.parametrize("announced", [None, "", "1", "-1", "abc", "1_0", "²"])
async def test_what_announces_nothing_or_a_lie_is_read_no_further_than_the_limit(
    announced: str | None,
) -> None:
    sender = Sender([b"x" * 4] * 100, announced)
    with pytest.raises(BodyTooLarge):
        await body_within(sender.request, LIMIT)
    assert sender.taken == 3
