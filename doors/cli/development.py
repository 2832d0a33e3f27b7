"""The web application of development: the product, and beside it the simulator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from acuerdo.bootstrap import build
from acuerdo.platform import logging
from acuerdo.platform.settings import Settings
from acuerdo.staff import demonstration_logins
from doors.cli import demonstration
from doors.limits import BodyLimit
from doors.web import with_doors
from simulator.app import create_simulator

_TEMPLATES: Final = Jinja2Templates(Path(__file__).parent / "templates")


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the product with the simulator under `/simulator` and links to all of it under `/`."""
    settings = settings or Settings()
    logging.configure(settings.log_level, process="web")
    core = build(demonstration.with_simulator(settings))
    simulator = create_simulator(
        replace(
            demonstration.simulator_config(core.settings),
            directory=demonstration.DemoDirectory(core),
            now=core.outside.clock.now,
        )
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await simulator.state.simulator.aclose()

    front = APIRouter(lifespan=lifespan, include_in_schema=False)
    front.add_api_route("/", front_page, response_class=HTMLResponse)
    # files that a simulated person sends
    app = with_doors(core, front, {"/simulator": BodyLimit(32 * 1024 * 1024, 30)})
    app.mount("/simulator", simulator)
    return app


async def front_page() -> HTMLResponse:
    """Show the links, the logins and the key of the demonstration."""
    page = _TEMPLATES.get_template("landing.html")
    return HTMLResponse(
        page.render(
            logins=[login for login, _, _ in demonstration_logins.LOGINS],
            password=demonstration_logins.PASSWORD,
            api_key=demonstration.API_KEY,
        )
    )
