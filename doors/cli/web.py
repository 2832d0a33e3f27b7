"""The web process: every HTTP door on one port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

import actions
import bot
import doors.api.cases
import doors.api.docs
import doors.api.operation
import doors.api.payments
import doors.api.problems
import doors.api.v1
import doors.console
import voice
from acuerdo.bootstrap import Acuerdo, build
from acuerdo.platform import logging
from acuerdo.platform.settings import Settings
from doors.cli import demonstration
from simulator.app import create_simulator

_TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The product's web application on the configured servers; what uvicorn runs."""
    settings = settings or Settings()
    logging.configure(settings.log_level, process="web")
    settings = demonstration.with_simulator(settings)
    core = build(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await core.open()
        yield
        simulator = getattr(app.state, "simulator", None)
        if simulator is not None:
            await simulator.aclose()
        await core.close()

    app = FastAPI(
        title="Acuerdo",
        summary="REST API for ERP, CRM and payment gateways",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.acuerdo = core
    doors.api.problems.install(app)
    for router in (
        bot.router,
        voice.router,
        doors.api.v1.router,
        doors.api.cases.router,
        doors.api.payments.router,
        doors.api.operation.router,
        actions.router,
        doors.console.router,
    ):
        app.include_router(router)
    doors.api.docs.mount(app)
    doors.console.mount(app)
    _add_landing(app, core)
    if settings.in_development:
        _mount_simulator(app, core)
    return app


def _add_landing(app: FastAPI, core: Acuerdo) -> None:
    """`/`: the doors of a demonstration; in production the desk."""

    async def landing() -> Response:
        if not core.settings.in_development:
            return RedirectResponse("/desk")
        page = _TEMPLATES.get_template("landing.html")
        return HTMLResponse(
            page.render(
                logins=[login for login, _, _ in demonstration.LOGINS],
                password=demonstration.PASSWORD,
                api_key=demonstration.API_KEY,
            )
        )

    app.add_api_route("/", landing, include_in_schema=False, response_class=HTMLResponse)


def _mount_simulator(app: FastAPI, core: Acuerdo) -> None:
    config = replace(
        demonstration.simulator_config(core.settings),
        directory=demonstration.DemoDirectory(core),
        now=core.outside.clock.now,
    )
    simulator = create_simulator(config)
    app.state.simulator = simulator.state.simulator
    app.mount("/simulator", simulator)
