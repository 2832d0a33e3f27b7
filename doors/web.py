"""The web applications: every HTTP door on one port, and the engine's actions on another."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.responses import RedirectResponse

import actions
import bot
import doors.api
import doors.console
import doors.problems
import doors.webhooks.payments
import voice
from acuerdo.bootstrap import Acuerdo, build
from acuerdo.platform import logging
from acuerdo.platform.settings import Settings
from doors.headers import BrowserHeaders
from doors.limits import LIMITS, BodyLimit, BodyLimits

_front = APIRouter(include_in_schema=False)


@_front.get("/")
async def front_page() -> RedirectResponse:
    """Lead to the desk."""
    return RedirectResponse("/desk")


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the product's application on the configured servers; what uvicorn runs."""
    settings = settings or Settings()
    logging.configure(settings.log_level, process="web")
    return with_doors(build(settings), _front)


def with_actions(core: Acuerdo) -> FastAPI:
    """Return the application of the engine's actions alone, in a process of their own.

    What the engine asks is read in Spanish word by word: no caller, webhook or desk waits for that.
    """
    app = FastAPI(title="Acuerdo: actions", openapi_url=None, lifespan=_open_while_served(core))
    app.state.acuerdo = core
    doors.problems.install(app)
    app.include_router(actions.router)
    app.add_api_route("/health/live", doors.api.live)
    app.add_middleware(BodyLimits)
    return app


def _open_while_served(core: Acuerdo) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await core.open()
        yield
        await core.close()

    return lifespan


def with_doors(
    core: Acuerdo, front: APIRouter, more_limits: Mapping[str, BodyLimit] | None = None
) -> FastAPI:
    """Return an application with every door of a core, which it opens and closes.

    `front` answers `/`; what its lifespan began has ended before the core is closed.
    `more_limits`: of what is mounted beside the doors.
    """

    app = FastAPI(
        title="Acuerdo",
        summary="REST API for ERP, CRM and payment gateways",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_open_while_served(core),
    )
    app.state.acuerdo = core
    doors.problems.install(app)
    for router in (
        front,
        bot.router,
        voice.router,
        doors.api.router,
        doors.webhooks.payments.router,
        doors.console.router,
    ):
        app.include_router(router)
    doors.api.mount(app)
    doors.console.mount(app)
    app.add_middleware(BodyLimits, limits={**LIMITS, **(more_limits or {})})
    app.add_middleware(BrowserHeaders, is_https=core.settings.base_url.startswith("https://"))
    return app
