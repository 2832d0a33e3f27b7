"""Rendering: templates, how values are written in them, and answers made of pages or parts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from acuerdo.staff.permissions import Permission
from acuerdo.values.text import upright
from acuerdo.views.dossier.sections import DOSSIER_WORDS
from acuerdo.wording.words import WORDS
from doors.console.filters import FILTERS

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is kept up to date; `mark` changes exactly when its HTML does."""

    id: str
    html: Markup
    mark: str


def page(request: Request, template: str, *, status: int = HTTPStatus.OK, **shown: Any) -> Response:
    """Render a whole page."""
    html = _TEMPLATES.get_template(f"{template}.html").render(request=request, **shown)
    return HTMLResponse(html, status)


def part(name: str, **shown: Any) -> Part:
    """Render a part of a page, from the template of its name."""
    html = _TEMPLATES.get_template(f"parts/{name}.html").render(**shown)
    return Part(name, Markup(html), hashlib.sha256(html.encode()).hexdigest()[:16])  # noqa: S704


def changed(parts: Iterable[Part], seen: Iterable[str]) -> Response:
    """Return the parts that the page does not show yet, each with its place; 204 without any."""
    known = frozenset(seen)
    fresh = [each for each in parts if f"{each.id}.{each.mark}" not in known]
    if not fresh:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return HTMLResponse(_TEMPLATES.get_template("changed.html").render(parts=fresh))


def error_page(request: Request, words: str, status: HTTPStatus) -> Response:
    """Render a page that says what is wrong and what to do next."""
    return page(request, "error", status=status, sentence=WORDS["error"][words])


def error_notice(request: Request, words: str, status: HTTPStatus) -> Response:
    """Render what is wrong as a notice inside the page that asked."""
    html = _TEMPLATES.get_template("notice.html").render(sentence=WORDS["error"][words])
    return HTMLResponse(html, status)


def static_url(name: str) -> str:
    """Return the address of a file of ours; it changes with the file, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/desk/static/{name}?v={digest}"


def _shown(value: Any) -> Any:
    """Show a text so that it turns nothing around it: not even one that a person wrote."""
    return upright(value) if type(value) is str else value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates" / "desk"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "words": WORDS,
        "said": DOSSIER_WORDS,
        "permissions": Permission,
        "static_url": static_url,
    }
    environment.filters |= FILTERS
    return environment


_TEMPLATES: Final = _environment()
