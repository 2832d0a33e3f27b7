"""Logging in and out."""

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acuerdo.platform.errors import BadCredentials
from doors.console import login_redirect
from doors.console.errors import DeskRoute, problem_of
from doors.console.rendering import page
from doors.console.sessions import (
    LOGIN_COOKIE,
    SESSION_COOKIE,
    FormUser,
    OurLoginForm,
    SessionToken,
    forget,
    remember,
)
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


@router.get("/login")
async def login_page(request: Request, core: TheCore) -> Response:
    """Show the form to log in."""
    return _login_form(request, core, login_redirect.safe(request.query_params.get("next", "")))


@router.post("/login", dependencies=[OurLoginForm])
async def log_in(
    request: Request,
    core: TheCore,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    back: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Begin a session, or show the form again with what is wrong. Raises PageExpired."""
    try:
        source = None if request.client is None else request.client.host
        new = await core.staff.log_in(login, password, source=source)
    except BadCredentials as error:
        return _login_form(request, core, login_redirect.safe(back), login=login, error=error)
    response = RedirectResponse(login_redirect.safe(back), HTTPStatus.SEE_OTHER)
    remember(response, SESSION_COOKIE, new.token, core.settings)
    forget(response, LOGIN_COOKIE, core.settings)
    return response


@router.post("/logout")
async def log_out(core: TheCore, _: FormUser, token: SessionToken) -> Response:
    """End the session."""
    await core.staff.log_out(token)
    response = RedirectResponse(login_redirect.LOGIN, HTTPStatus.SEE_OTHER)
    forget(response, SESSION_COOKIE, core.settings)
    return response


def _login_form(
    request: Request,
    core: TheCore,
    back: str,
    *,
    login: str = "",
    error: BadCredentials | None = None,
) -> Response:
    token = secrets.token_urlsafe(32)
    problem = None if error is None else problem_of(error)
    response = page(
        request,
        "login",
        status=HTTPStatus.OK if problem is None else problem.status,
        csrf_token=token,
        next=back,
        login=login,
        problem=None if problem is None else problem.words,
    )
    remember(response, LOGIN_COOKIE, token, core.settings)
    return response
