"""The door of the engine: `POST /webhooks/acuerdo/turn` and `GET /webhooks/acuerdo/health`."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from rasa_server.action_endpoint import SECRET_HEADER
from rasa_server.contract import parse_turn
from rasa_server.errors import EngineMisconfigured, EngineNotReady, TurnError, Unauthorised
from rasa_server.logs import quieten
from rasa_server.startup import Engine, assemble

DEFAULT_TURN_TIMEOUT_SECONDS = 25.0
STOPPING_SECONDS = 10.0

logger = logging.getLogger(__name__)


class TurnChannel(InputChannel):
    """Rasa's side of the engine contract.

    Configured in `credentials.yml`: `secret` (needed), `fact_slots` (facts that are also set as
    slots), `turn_timeout_seconds`. The caller proves itself with the header
    `X-Acuerdo-Engine-Secret`; health needs no proof and says nothing about anybody.
    """

    def __init__(
        self,
        secret: str,
        fact_slots: list[str] | None = None,
        turn_timeout_seconds: float = DEFAULT_TURN_TIMEOUT_SECONDS,
    ) -> None:
        if not isinstance(secret, str) or not secret.strip():
            raise EngineMisconfigured("credentials.yml: the turn channel has no secret")
        self._secret = secret.encode()
        self._fact_slots = list(fact_slots or [])
        self._turn_timeout_seconds = float(turn_timeout_seconds)

    @classmethod
    def name(cls) -> str:
        """Gives the channel's name, and its place under `/webhooks/`."""
        return "acuerdo"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnChannel:
        """Gives the channel that `credentials.yml` describes; refused without a secret."""
        quieten()
        return cls(**(credentials or {"secret": ""}))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Gives the routes, and what must happen before the first turn and after the last."""
        blueprint = Blueprint("acuerdo_turn")

        @blueprint.post("/turn")
        async def take_turn(request: Request) -> HTTPResponse:
            self._prove(request)
            turn = parse_turn(request.body)
            answer = await _engine_of(request).turns.take(turn)
            return json(answer.as_json())

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            engine = _engine_of(request)
            await engine.tracker_store.records.ping()
            return json({"status": "ready", **engine.parts})

        # Rasa loads the model before the server starts, but after the listeners of blueprints.
        @blueprint.listener("after_server_start")
        async def start(app: Sanic, _: Any) -> None:
            app.ctx.engine = assemble(app.ctx.agent, self._fact_slots, self._turn_timeout_seconds)
            logger.info("engine ready: %s", app.ctx.engine.parts)

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, _: Any) -> None:
            engine: Engine | None = getattr(app.ctx, "engine", None)
            if engine is not None:
                await engine.close(STOPPING_SECONDS)

        @blueprint.exception(TurnError)
        async def explain(_: Request, error: TurnError) -> HTTPResponse:
            return json({"code": error.code, "detail": error.detail}, status=error.status)

        return blueprint

    def _prove(self, request: Request) -> None:
        offered = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(offered, self._secret):
            raise Unauthorised("the shared secret is missing or wrong")


def _engine_of(request: Request) -> Engine:
    engine: Engine | None = getattr(request.app.ctx, "engine", None)
    if engine is None:
        raise EngineNotReady("the model is being loaded")
    return engine
