"""How the engine calls the action server: one kept connection, a secret, and no half answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from json import dumps as dump_json
from typing import Any

import aiohttp
import fastjsonschema
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from rasa_server.errors import ActionServerUnavailable, EngineMisconfigured

SECRET_HEADER = "X-Acuerdo-Engine-Secret"  # noqa: S105 - the header's name, not a secret
DEFAULT_TIMEOUT_SECONDS = 10.0
DEFAULT_CONNECT_TIMEOUT_SECONDS = 2.0

# Shorter than the 5 seconds after which uvicorn closes an idle connection, so that we close first.
IDLE_CONNECTION_SECONDS = 4.0
MAX_CONNECTIONS = 100

# Rasa knows more events. Those left out make a turn depend on something outside it (reminders,
# pauses, export to files) or would put words into the person's mouth.
_NAMED = {"type": "string", "minLength": 1}
_EVENTS: list[dict[str, Any]] = [
    {"properties": {"event": {"const": "slot"}, "name": _NAMED}, "required": ["name"]},
    {"properties": {"event": {"const": "followup"}, "name": _NAMED}, "required": ["name"]},
    {
        "properties": {"event": {"const": "active_loop"}, "name": {"type": ["string", "null"]}},
        "required": ["name"],
    },
    {
        "properties": {"event": {"const": "action_execution_rejected"}, "name": _NAMED},
        "required": ["name"],
    },
    {"properties": {"event": {"const": "reset_slots"}}},
]
_BUTTON = {
    "type": "object",
    "properties": {"title": _NAMED, "payload": _NAMED},
    "required": ["title", "payload"],
}
_RESPONSE = {
    "type": "object",
    "properties": {
        "text": {"type": ["string", "null"]},
        "response": {"type": ["string", "null"]},
        "buttons": {"type": ["array", "null"], "items": _BUTTON},
    },
}
_validate = fastjsonschema.compile(
    {
        "type": "object",
        "properties": {
            "events": {
                "type": "array",
                "items": {"type": "object", "required": ["event"], "oneOf": _EVENTS},
            },
            "responses": {"type": "array", "items": _RESPONSE},
        },
        "required": ["events", "responses"],
    }
)

_DROPPED = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


class ActionEndpoint(EndpointConfig):
    """The action server, as Rasa's actions expect it.

    Whatever goes wrong is `ActionServerUnavailable`, except that an action may reject to run (400
    with its name, Rasa's convention), which is `ClientResponseError` and Rasa's to handle.
    """

    def __init__(
        self,
        url: str | None = None,
        headers: dict[str, str] | None = None,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        connect_timeout_seconds: float = DEFAULT_CONNECT_TIMEOUT_SECONDS,
    ) -> None:
        super().__init__(url=url, headers=headers)
        if not url or not self.headers.get(SECRET_HEADER):
            raise EngineMisconfigured(f"action_endpoint needs a url and a header {SECRET_HEADER}")
        self._timeout = aiohttp.ClientTimeout(
            total=float(timeout_seconds), sock_connect=float(connect_timeout_seconds)
        )
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    def from_config(cls, config: EndpointConfig | None) -> ActionEndpoint:
        """Makes the endpoint that `endpoints.yml` describes; refused if missing or incomplete."""
        if config is None:
            raise EngineMisconfigured("endpoints.yml has no action_endpoint")
        return cls(config.url, config.headers, **config.kwargs)

    async def request(self, json: Any = None, **_: Any) -> dict[str, Any]:
        """Posts one action call and gives back the action's events and responses."""
        body = dump_json(json, separators=(",", ":")).encode()
        connection = _Connection()
        try:
            status, answer = await self._post(body, connection)
        except _DROPPED as error:
            # The server may close an idle connection in the moment we use it. A fresh one is
            # tried once; should the action have run after all, it runs again with the same
            # message id, as it does whenever a turn is repeated.
            if not connection.reused:
                raise _unreachable(error) from error
            status, answer = await self._post_again(body)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise _unreachable(error) from error
        return _understood(status, answer)

    async def close(self) -> None:
        """Closes the kept connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post_again(self, body: bytes) -> tuple[int, bytes]:
        try:
            return await self._post(body, _Connection())
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise _unreachable(error) from error

    async def _post(self, body: bytes, connection: _Connection) -> tuple[int, bytes]:
        if self._session is None:
            self._session = self._open_session()
        async with self._session.post(
            self.url, data=body, allow_redirects=False, trace_request_ctx=connection
        ) as response:
            return response.status, await response.read()

    def _open_session(self) -> aiohttp.ClientSession:
        tracing: Any = aiohttp.TraceConfig()  # its own annotations of callbacks are not usable
        tracing.on_connection_reuseconn.append(_note_reuse)
        return aiohttp.ClientSession(
            headers={"Content-Type": "application/json", **self.headers},
            timeout=self._timeout,
            connector=aiohttp.TCPConnector(
                limit=MAX_CONNECTIONS, keepalive_timeout=IDLE_CONNECTION_SECONDS
            ),
            trace_configs=[tracing],
        )


@dataclass
class _Connection:
    """Whether a request went out on a connection that had been kept open."""

    reused: bool = False


async def _note_reuse(_: aiohttp.ClientSession, context: Any, __: Any) -> None:
    context.trace_request_ctx.reused = True


def _unreachable(error: BaseException) -> ActionServerUnavailable:
    return ActionServerUnavailable(f"the action server did not answer ({type(error).__name__})")


def _understood(status: int, answer: bytes) -> dict[str, Any]:
    try:
        body = json.loads(answer)
    except ValueError:
        body = None
    if status == HTTPStatus.BAD_REQUEST and isinstance(body, dict) and "action_name" in body:
        raise ClientResponseError(status, "rejected", answer.decode())
    if status != HTTPStatus.OK:
        raise ActionServerUnavailable(f"the action server answered {status}")
    try:
        _validate(body)
    except fastjsonschema.JsonSchemaValueException as error:
        # The message would hold the value; the path says enough.
        raise ActionServerUnavailable(f"the action's answer is wrong at {error.name}") from None
    return body  # type: ignore[no-any-return]  # validated above
