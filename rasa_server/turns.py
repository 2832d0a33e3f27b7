"""Turns as the caller sees them: one at a time per conversation, each run once, none left half."""

from __future__ import annotations

import asyncio
import logging
import time

from rasa.core.lock_store import LockStore

from rasa_server.contract import Answer, TurnRequest
from rasa_server.dialogue import Dialogue
from rasa_server.errors import EngineNotReady, TurnError, TurnFailed, TurnTimeout
from rasa_server.logs import log_turn, where_raised
from rasa_server.tracker_store import ShortLivedTrackerStore

logger = logging.getLogger(__name__)


class Turns:
    """Runs turns to their end, whether or not anybody still waits for the answer."""

    def __init__(
        self,
        dialogue: Dialogue,
        tracker_store: ShortLivedTrackerStore,
        lock_store: LockStore,
        timeout_seconds: float,
    ) -> None:
        self._dialogue = dialogue
        self._tracker_store = tracker_store
        self._lock_store = lock_store
        self._timeout_seconds = timeout_seconds
        self._running: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._stopping = False

    async def take(self, request: TurnRequest) -> Answer:
        """Gives the answer to the request.

        A turn that already ran is answered from memory, and one that is running is joined. If the
        caller hangs up or the time is over (`TurnTimeout`), the turn still runs to its end and is
        saved. Any other `TurnError` leaves the conversation as it was before the turn.
        """
        key = (request.conversation, request.message_id)
        task = self._running.get(key)
        if task is None:
            if self._stopping:
                raise EngineNotReady("the engine is stopping")
            task = asyncio.create_task(self._run(request))
            self._running[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        try:
            return await asyncio.wait_for(asyncio.shield(task), self._timeout_seconds)
        except asyncio.TimeoutError:
            raise TurnTimeout("the turn is still running") from None

    async def finish(self, within_seconds: float) -> None:
        """Takes no more turns and waits for those that run, as long as `within_seconds`."""
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running.values(), timeout=within_seconds)

    def _forget(self, key: tuple[str, str], task: asyncio.Task[Answer]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # nobody may be waiting any more, and it was logged

    async def _run(self, request: TurnRequest) -> Answer:
        begun = time.perf_counter()
        outcome = "ok"
        try:
            async with self._lock_store.lock(request.conversation):
                return await self._answer(request)
        except TurnError as error:
            outcome = error.code
            logger.warning("turn failed: %s: %s", error.code, error.detail)
            raise
        except Exception as error:  # the outermost handler of a turn
            outcome = TurnFailed.code
            logger.error("turn failed: %s", where_raised(error))
            raise TurnFailed(f"the turn broke ({type(error).__name__})") from error
        finally:
            log_turn(outcome, time.perf_counter() - begun)

    async def _answer(self, request: TurnRequest) -> Answer:
        conversation = await self._tracker_store.load(request.conversation)
        known = conversation.answers.get(request.message_id)
        if known is not None:
            return known
        answer = await self._dialogue.take_turn(conversation.tracker, request)
        conversation.remember(request.message_id, answer)
        await self._tracker_store.store(conversation)
        return answer
