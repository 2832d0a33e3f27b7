"""Who is at the browser: the session's cookie, and the token that every form must carry."""

import secrets
from typing import Annotated, Any, Final

from fastapi import Depends, Form, Header
from starlette.requests import Request
from starlette.responses import Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.errors import NotAllowed
from acuerdo.platform.settings import Settings
from acuerdo.staff.permissions import Permission
from acuerdo.staff.service import SignedIn
from doors.console.errors import LoginRequired, PageExpired
from doors.http import TheCore, uuid_in

SESSION_COOKIE: Final = "acuerdo_desk"
# Before there is a session, the login form proves itself with a cookie of its own.
LOGIN_COOKIE: Final = "acuerdo_desk_login"


def cookie_name(cookie: str, settings: Settings) -> str:
    """Return what the browser calls a cookie of ours.

    Over https no other host and no page without TLS can set one of that name: RFC 6265bis, section
    4.1.3.2. Plain http, as in development, knows no such promise.
    """
    return f"__Host-{cookie}" if _is_https(settings) else cookie


def _is_https(settings: Settings) -> bool:
    return settings.base_url.startswith("https://")


def _session_token(request: Request, core: TheCore) -> str:
    """Return the token in the session's cookie; empty where there is none."""
    return request.cookies.get(cookie_name(SESSION_COOKIE, core.settings), "")


_Token = Annotated[str, Depends(_session_token)]


async def _signed_in(core: Acuerdo, token: str, *, active: bool) -> SignedIn:
    found = await core.staff.session(token, active=active) if token else None
    if found is None:
        raise LoginRequired
    return found


async def _current_user(request: Request, core: TheCore, token: _Token) -> SignedIn:
    """Return the person of the session, which lasts on from now. Raises LoginRequired.

    Whoever may read the ledger sees on every page when proofs of identity fail in numbers.
    """
    me = await _signed_in(core, token, active=True)
    if me.may(Permission.READ_LEDGER):
        request.state.failed_proofs = await core.conversations.identity.alarming_failures()
    return me


async def _passive_user(core: TheCore, token: _Token) -> SignedIn:
    """Return the person of the session, which does not last longer when a page asks by itself.

    Raises LoginRequired.
    """
    return await _signed_in(core, token, active=False)


CurrentUser = Annotated[SignedIn, Depends(_current_user)]
PassiveUser = Annotated[SignedIn, Depends(_passive_user)]


async def _form_user(
    me: CurrentUser,
    csrf_token: Annotated[str, Form()] = "",
    x_csrf_token: Annotated[str, Header()] = "",
) -> SignedIn:
    """Return the person of the session that a form of ours belongs to.

    Raises LoginRequired or PageExpired."""
    if not _same(x_csrf_token or csrf_token, me.csrf_token):
        raise PageExpired
    return me


FormUser = Annotated[SignedIn, Depends(_form_user)]


async def within_reach(request: Request, core: TheCore, token: _Token) -> None:
    """Note a look at whom the path names. Raises NotFound where they are out of reach.

    It stands before every page, so that none can forget it; who is not logged in is told so later.
    """
    ids = {name: uuid_in(request, name) for name in ("conversation_id", "case_id", "message_id")}
    if not any(ids.values()):
        return
    me = await core.staff.session(token, active=False) if token else None
    if me is None:
        return
    reach, by = core.views.reach, f"desk:{me.login}"
    if (conversation_id := ids["conversation_id"]) is not None:
        await reach.conversation(conversation_id, me.scope, by=by)
    if (case_id := ids["case_id"]) is not None:
        await reach.case(case_id, me.scope, by=by)
    if (message_id := ids["message_id"]) is not None:
        await reach.message(message_id, me.scope, by=by)


def require(permission: Permission, *, form: bool = False) -> Any:
    """Return the dependency on a person who may do something, by a page or by a form of ours.

    It raises what CurrentUser or FormUser raises, and NotAllowed.
    """

    async def permitted(
        me: Annotated[SignedIn, Depends(_form_user if form else _current_user)],
    ) -> SignedIn:
        if not me.may(permission):
            raise NotAllowed
        return me

    return Depends(permitted)


async def _login_form(
    request: Request, core: TheCore, csrf_token: Annotated[str, Form()] = ""
) -> None:
    """Prove that our own login page was sent. Raises PageExpired."""
    expected = request.cookies.get(cookie_name(LOGIN_COOKIE, core.settings), "")
    if not expected or not _same(csrf_token, expected):
        raise PageExpired


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


OurLoginForm = Depends(_login_form)
SessionToken = _Token


def remember(response: Response, cookie: str, value: str, settings: Settings) -> None:
    """Let the browser keep a value until it is closed; scripts cannot read it."""
    response.set_cookie(
        cookie_name(cookie, settings),
        value,
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, cookie: str, settings: Settings) -> None:
    """Let the browser drop a value."""
    name = cookie_name(cookie, settings)
    response.delete_cookie(name, path="/", secure=_is_https(settings), httponly=True)
