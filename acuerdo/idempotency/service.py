"""One answer for one request, by the Idempotency-Key that its caller gave it.

Source: IETF draft "The Idempotency-Key HTTP Header Field".
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from acuerdo.idempotency import repository
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import (
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    RequestInProgress,
)

_LONGEST_KEY: Final = 200
# Who has not answered by then has died over it.
_AT_MOST: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request was answered: an HTTP status and plain data."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """A request to be answered once: who asks for what, under which name, with what contents.

    Without a `key` every sending is a request of its own.
    """

    caller: str
    operation: str
    key: str | None
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The use case of answering once."""

    db: Database
    clock: Clock

    async def once(self, request: Request, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """Answer a request, or give the answer that it had before.

        Raises IdempotencyKeyReused where it asked something else then, RequestInProgress while it
        is being answered, and what `act` raises, after which it may be sent again.
        """
        if request.key is None:
            return await act()
        if not (request.key.isprintable() and 0 < len(request.key) <= _LONGEST_KEY):
            raise IdempotencyKeyInvalid
        name = (request.caller[:80], request.operation, request.key)
        before = await self._before(name, request.fingerprint)
        if before is not None:
            return before
        answer: Answer | None = None
        try:
            answer = await act()
        finally:
            async with self.db.transaction() as session:
                if answer is None:
                    await repository.forget(session, name)
                else:
                    await repository.record_answer(session, name, answer.status, answer.body)
        return answer

    async def _before(self, name: repository.Name, fingerprint: bytes) -> Answer | None:
        now = self.clock.now()
        async with self.db.transaction() as session:
            if await repository.begin(session, name, fingerprint, now):
                return None
            found = await repository.lock(session, name)
            if found is None:
                raise RequestInProgress
            if found.fingerprint != fingerprint:
                raise IdempotencyKeyReused
            if found.status is not None and found.answer is not None:
                return Answer(found.status, found.answer)
            if now - found.started_at < _AT_MOST:
                raise RequestInProgress
            found.started_at = now
            return None
