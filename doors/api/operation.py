"""What operators and orchestrators ask."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from doors.api.access import Core

router = APIRouter(tags=["operation"])
_WAITING = Gauge("acuerdo_conversations_waiting", "Conversations that wait for a person")
_READY = Gauge("acuerdo_part_ready", "Whether a part answers", ["part"])


@router.get("/health/live", summary="The process answers")
async def live() -> dict[str, str]:
    """Nothing but that the process answers."""
    return {"status": "alive"}


@router.get("/health/ready", summary="Every part answers")
async def ready(core: Core) -> JSONResponse:
    """Which parts answer; 503 where one does not."""
    parts = await _parts(core)
    status = 200 if all(parts.values()) else 503
    return JSONResponse({"ready": status == 200, "parts": parts}, status_code=status)


@router.get("/metrics", summary="Figures for Prometheus")
async def metrics(core: Core) -> Response:
    """The figures of this process, the queue of the desk, the parts."""
    parts = await _parts(core)
    for part, answers in parts.items():
        _READY.labels(part).set(answers)
    if parts["database"]:
        _WAITING.set(await core.views.desk.waiting_count())
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _parts(core: Core) -> dict[str, bool]:
    return {
        "database": await _database(core),
        "redis": await core.outside.announcements.reachable(),
        "engine": await core.outside.engine.ready(),
    }


async def _database(core: Core) -> bool:
    try:
        async with core.db.engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
