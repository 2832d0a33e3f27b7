"""Who is at the browser: the session's cookie, and the token that every form must carry."""

import secrets
from typing import Annotated, Final

from fastapi import Cookie, Depends, Form, Header
from starlette.responses import Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.errors import NotAllowed
from acuerdo.platform.settings import Settings
from acuerdo.staff.models import Role
from acuerdo.staff.service import SignedIn
from doors.console.dependencies import TheCore
from doors.console.errors import LoginRequired, PageExpired

SESSION_COOKIE: Final = "acuerdo_desk"
# Before there is a session, the login form proves itself with a cookie of its own.
LOGIN_COOKIE: Final = "acuerdo_desk_login"

_Token = Annotated[str, Cookie(alias=SESSION_COOKIE)]


async def _signed_in(core: Acuerdo, token: str, *, active: bool) -> SignedIn:
    found = await core.staff.session(token, active=active) if token else None
    if found is None:
        raise LoginRequired
    return found


async def _at_work(core: TheCore, token: _Token = "") -> SignedIn:
    """The person who does something here. Raises LoginRequired."""
    return await _signed_in(core, token, active=True)


async def _watching(core: TheCore, token: _Token = "") -> SignedIn:
    """The person whose page asks by itself; that does not make the session last longer."""
    return await _signed_in(core, token, active=False)


async def _acting(
    me: Annotated[SignedIn, Depends(_at_work)],
    csrf_token: Annotated[str, Form()] = "",
    x_csrf_token: Annotated[str, Header()] = "",
) -> SignedIn:
    """The person who sends a form of ours. Raises LoginRequired or PageExpired."""
    if not _same(x_csrf_token or csrf_token, me.csrf_token):
        raise PageExpired
    return me


async def _managing(me: Annotated[SignedIn, Depends(_at_work)]) -> SignedIn:
    """The manager who looks. Raises LoginRequired or NotAllowed."""
    return _manager(me)


async def _deciding(me: Annotated[SignedIn, Depends(_acting)]) -> SignedIn:
    """The manager who sends a form of ours. Raises LoginRequired, PageExpired or NotAllowed."""
    return _manager(me)


def _manager(me: SignedIn) -> SignedIn:
    if me.role is not Role.MANAGER:
        raise NotAllowed
    return me


async def _login_form(
    csrf_token: Annotated[str, Form()] = "",
    expected: Annotated[str, Cookie(alias=LOGIN_COOKIE)] = "",
) -> None:
    """Proves that our own login page was sent. Raises PageExpired."""
    if not expected or not _same(csrf_token, expected):
        raise PageExpired


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


AtWork = Annotated[SignedIn, Depends(_at_work)]
Watching = Annotated[SignedIn, Depends(_watching)]
Managing = Annotated[SignedIn, Depends(_managing)]
Deciding = Annotated[SignedIn, Depends(_deciding)]
Acting = Annotated[SignedIn, Depends(_acting)]
OurLoginForm = Depends(_login_form)
SessionToken = _Token


def remember(response: Response, cookie: str, value: str, settings: Settings) -> None:
    """Let the browser keep a value until it is closed; scripts cannot read it."""
    response.set_cookie(
        cookie,
        value,
        path="/desk",
        secure=settings.base_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, cookie: str) -> None:
    """Let the browser drop a value."""
    response.delete_cookie(cookie, path="/desk")
