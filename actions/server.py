"""Serves the actions to the engine with rasa-sdk's own executor."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ValidationError
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection
from starlette.responses import JSONResponse

from actions import catalogue
from acuerdo.bootstrap import Acuerdo
from acuerdo.providers.rasa.secret import SECRET_HEADER, secret_is_valid
from doors.http import TheCore, body_within
from doors.limits import USUAL

router = APIRouter(prefix="/internal", include_in_schema=False)


class _CalledTracker(BaseModel):
    """What an action reads of a conversation."""

    sender_id: UUID
    slots: dict[str, Any]
    latest_message: dict[str, Any]
    events: list[dict[str, Any]]
    active_loop: dict[str, Any] | None = None


class _ActionCall(BaseModel):
    """A call of an action, by Rasa's action protocol."""

    next_action: str
    tracker: _CalledTracker


async def _executor(request: Request, core: TheCore) -> ActionExecutor:
    """Return the actions of this process, made at the first call.

    Raises HTTPException 403 for a caller that does not know the engine's secret.
    """
    secret = core.settings.engine.secret.get_secret_value()
    if not secret_is_valid(request.headers.get(SECRET_HEADER), secret):
        raise HTTPException(HTTPStatus.FORBIDDEN, "Only the engine runs actions.")
    state = request.app.state
    if not hasattr(state, "action_executor"):
        state.action_executor = new_executor(core)
    executor: ActionExecutor = state.action_executor
    return executor


def new_executor(core: Acuerdo) -> ActionExecutor:
    """Return an executor that knows every action of ours."""
    executor = ActionExecutor()
    for action in catalogue.all_actions(core):
        executor.register_action(action)
    return executor


@router.post("/actions")
async def run_action(
    request: Request, executor: Annotated[ActionExecutor, Depends(_executor)]
) -> JSONResponse:
    """Run one action; the answers are those of Rasa's action protocol."""
    try:
        call: Any = orjson.loads(await body_within(request, USUAL.most_bytes))
    except orjson.JSONDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from error
    name = call.get("next_action") if isinstance(call, dict) else None
    if not isinstance(name, str):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body is not a call of an action.")
    if name not in executor.actions:
        return JSONResponse({"action_name": name, "error": "unknown action"}, status_code=404)
    try:
        _ActionCall.model_validate(call)
    except ValidationError as error:
        words = "The call is not one of Rasa's protocol."
        raise HTTPException(HTTPStatus.BAD_REQUEST, words) from error
    try:
        result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        return JSONResponse({"action_name": name, "error": rejection.message}, status_code=400)
    return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})
