"""What operators and orchestrators ask."""

import asyncio
from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from acuerdo.bootstrap import Acuerdo
from doors.http import TheCore

router = APIRouter(tags=["operation"])
_FRESH_SECONDS: Final = 2.0
_WAITING = Gauge("acuerdo_conversations_waiting", "Conversations that wait for a person")
_PROOFS_FAILED = Gauge("acuerdo_identity_failures_hour", "Failed proofs in the last hour")
_READY = Gauge("acuerdo_part_ready", "Whether a part answers", ["part"])


@router.get("/health/live", summary="The process answers")
async def live() -> dict[str, str]:
    """Answer, and ask nothing of any other part."""
    return {"status": "alive"}


@router.get("/health/ready", summary="Every part answers")
async def ready(request: Request, core: TheCore) -> JSONResponse:
    """Return which parts answer; 503 where one does not."""
    parts = await _readiness_of(request).parts(core)
    status = 200 if all(parts.values()) else 503
    return JSONResponse({"ready": status == 200, "parts": dict(parts)}, status_code=status)


@router.get("/metrics", summary="Figures for Prometheus")
async def metrics(request: Request, core: TheCore) -> Response:
    """Return the figures of this process, of the desk's queue and of the parts."""
    readiness = _readiness_of(request)
    parts = await readiness.parts(core)
    for part, answers in parts.items():
        _READY.labels(part).set(answers)
    _WAITING.set(readiness.waiting)
    _PROOFS_FAILED.set(readiness.failed_proofs)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class Readiness:
    """Which parts answer, asked at most once in two seconds however many want to know."""

    def __init__(self) -> None:
        self._asking = asyncio.Lock()
        self._parts: Mapping[str, bool] = {}
        self._waiting = self._failed_proofs = 0
        self._fresh_until = 0.0

    async def parts(self, core: Acuerdo) -> Mapping[str, bool]:
        """Return whether each part answers, as it was at most two seconds ago."""
        now = asyncio.get_running_loop().time
        async with self._asking:
            if now() >= self._fresh_until:
                database, redis, engine = await asyncio.gather(
                    _database(core),
                    core.outside.announcements.reachable(),
                    core.outside.engine.ready(),
                )
                self._parts = {"database": database, "redis": redis, "engine": engine}
                if database:
                    self._waiting = await core.views.desk.waiting_count()
                    self._failed_proofs = await core.conversations.identity.failures_lately()
                self._fresh_until = now() + _FRESH_SECONDS
        return self._parts

    @property
    def waiting(self) -> int:
        """How many conversations waited for a person then."""
        return self._waiting

    @property
    def failed_proofs(self) -> int:
        """How many proofs of identity failed in the hour before."""
        return self._failed_proofs


def _readiness_of(request: Request) -> Readiness:
    """Return the readiness of this process, made at the first question."""
    state = request.app.state
    if not hasattr(state, "readiness"):
        state.readiness = Readiness()
    readiness: Readiness = state.readiness
    return readiness


async def _database(core: TheCore) -> bool:
    try:
        async with core.db.engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
