"""The REST door of a whole core on a real database; nothing outside of it exists."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

import doors.api
import doors.problems
import doors.webhooks.payments
from acuerdo.bootstrap import Acuerdo, build
from acuerdo.platform.settings import Settings
from quality.clock import START

API_KEY = "an-api-key"
GATEWAY_SECRET = "a gateway's secret"
ENGINE_SECRET = "the engine's secret"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test machine: no engine and no Redis answer."""
    return Settings.model_validate(
        {
            "database_url": database_url,
            "redis_url": f"unix://{tmp_path}/nobody.sock",
            "run_dir": tmp_path,
            "clock_start": START,
            "api": {"keys": f"erp:{API_KEY},crm:another"},
            "gateway": {"name": "sandbox", "secret": GATEWAY_SECRET, "base_url": "http://x"},
            "engine": {"url": "http://127.0.0.1:1", "secret": ENGINE_SECRET},
        }
    )


@pytest.fixture
async def core(settings: Settings) -> AsyncIterator[Acuerdo]:
    """The core, open."""
    core = build(settings)
    await core.open()
    yield core
    await core.close()


@pytest.fixture
def app(core: Acuerdo) -> FastAPI:
    """The doors of other systems and of the engine."""
    app = FastAPI()
    app.state.acuerdo = core
    doors.problems.install(app)
    for router in (doors.api.router, doors.webhooks.payments.router):
        app.include_router(router)
    return app


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A caller without a key."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api.example") as client:
        yield client


@pytest.fixture
def erp(stranger: httpx.AsyncClient) -> httpx.AsyncClient:
    """A caller with its key."""
    stranger.headers["Authorization"] = f"Bearer {API_KEY}"
    return stranger
