"""What operators and orchestrators ask."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from doors.http import TheCore

router = APIRouter(tags=["operation"])
_WAITING = Gauge("acuerdo_conversations_waiting", "Conversations that wait for a person")
_PROOFS_FAILED = Gauge("acuerdo_identity_failures_hour", "Failed proofs in the last hour")
_READY = Gauge("acuerdo_part_ready", "Whether a part answers", ["part"])


@router.get("/health/live", summary="The process answers")
async def live() -> dict[str, str]:
    """Answer, and ask nothing of any other part."""
    return {"status": "alive"}


@router.get("/health/ready", summary="Every part answers")
async def ready(core: TheCore) -> JSONResponse:
    """Return which parts answer; 503 where one does not."""
    parts = await _parts(core)
    status = 200 if all(parts.values()) else 503
    return JSONResponse({"ready": status == 200, "parts": parts}, status_code=status)


@router.get("/metrics", summary="Figures for Prometheus")
async def metrics(core: TheCore) -> Response:
    """Return the figures of this process, of the desk's queue and of the parts."""
    parts = await _parts(core)
    for part, answers in parts.items():
        _READY.labels(part).set(answers)
    if parts["database"]:
        _WAITING.set(await core.views.desk.waiting_count())
        _PROOFS_FAILED.set(await core.conversations.identity.failures_lately())
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _parts(core: TheCore) -> dict[str, bool]:
    return {
        "database": await _database(core),
        "redis": await core.outside.announcements.reachable(),
        "engine": await core.outside.engine.ready(),
    }


async def _database(core: TheCore) -> bool:
    try:
        async with core.db.engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
