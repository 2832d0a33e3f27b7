"""Puts the stand-ins together as one web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from simulator.config import SimulatorConfig
from simulator.control.payments import payments_router
from simulator.control.routes import control_router
from simulator.gateway import errors as gateway_errors
from simulator.gateway.pages import pages_router
from simulator.gateway.routes import gateway_router
from simulator.page.routes import page_router
from simulator.simulator import Simulator
from simulator.telegram import errors as telegram_errors
from simulator.telegram.routes import telegram_router
from simulator.telephone.routes import telephone_router
from simulator.twilio_messaging import errors as twilio_errors
from simulator.twilio_messaging.routes import proof_of_account, twilio_router

_HERE = Path(__file__).parent


def create_simulator(config: SimulatorConfig) -> FastAPI:
    """Build the simulator, to be served alone or mounted by the product at `own_url`.

    `app.state.simulator` is the `Simulator` behind it. An application that mounts this one has
    to await `app.state.simulator.aclose()` when it stops: mounted applications are not told.
    """
    simulator = Simulator(config)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await simulator.aclose()

    app = FastAPI(title="Acuerdo: simulador", docs_url="/control/docs", lifespan=lifespan)
    app.state.simulator = simulator
    templates = Jinja2Templates(_HERE / "templates")
    app.include_router(twilio_router(config, simulator.twilio, simulator.media, simulator.faults))
    app.include_router(
        telegram_router(config, simulator.telegram, simulator.media, simulator.faults)
    )
    app.include_router(gateway_router(config, simulator.gateway))
    app.include_router(pages_router(simulator.gateway, templates))
    app.include_router(telephone_router(config, simulator.telephone, proof_of_account(config)))
    app.include_router(control_router(simulator))
    app.include_router(payments_router(simulator.gateway))
    app.include_router(page_router(config, templates))
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.add_exception_handler(twilio_errors.TwilioRefusal, twilio_errors.answer_refusal)
    app.add_exception_handler(telegram_errors.TelegramRefusal, telegram_errors.answer_refusal)
    app.add_exception_handler(gateway_errors.GatewayRefusal, gateway_errors.answer_refusal)
    return app
