"""Rendering: templates, how values are written in them, and answers made of pages or parts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from acuerdo.values.countries import Country
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money
from console.words import WORDS

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
_MONTHS: Final = [
    "ene",
    "feb",
    "mar",
    "abr",
    "may",
    "jun",
    "jul",
    "ago",
    "sep",
    "oct",
    "nov",
    "dic",
]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is kept up to date; `mark` changes exactly when its HTML does."""

    id: str
    html: Markup
    mark: str


def page(request: Request, template: str, *, status: int = HTTPStatus.OK, **shown: Any) -> Response:
    """A whole page."""
    html = _TEMPLATES.get_template(f"{template}.html").render(request=request, **shown)
    return HTMLResponse(html, status)


def part(name: str, **shown: Any) -> Part:
    """A part of a page, from the template of its name."""
    html = _TEMPLATES.get_template(f"parts/{name}.html").render(**shown)
    return Part(name, Markup(html), hashlib.sha256(html.encode()).hexdigest()[:16])  # noqa: S704


def changed(parts: Iterable[Part], seen: Iterable[str]) -> Response:
    """The parts that the page does not show yet, each with its place; 204 where there is none."""
    known = frozenset(seen)
    fresh = [each for each in parts if f"{each.id}.{each.mark}" not in known]
    if not fresh:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return HTMLResponse(_TEMPLATES.get_template("changed.html").render(parts=fresh))


def error_page(request: Request, words: str, status: HTTPStatus) -> Response:
    """A page that says what is wrong and what to do next."""
    return page(request, "error", status=status, sentence=WORDS["error"][words])


def error_notice(request: Request, words: str, status: HTTPStatus) -> Response:
    """The same as a notice inside the page that asked."""
    html = _TEMPLATES.get_template("notice.html").render(sentence=WORDS["error"][words])
    return HTMLResponse(html, status)


def static_url(name: str) -> str:
    """The address of a file of ours; it changes with the file, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/desk/static/{name}?v={digest}"


def _money(amount: Money, country: Country) -> str:
    return amount.text(country)


def _units(amount: Decimal, currency: str, country: Country) -> str:
    return Money.rounded(amount, currency).text(country)


def _hour(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%H:%M}"


def _day(day: date, today: date) -> str:
    if day == today:
        return "hoy"
    if day == today - timedelta(days=1):
        return "ayer"
    return say_date(day, today).removeprefix("el ")


def _by_day(day: date, today: date) -> str:
    named = {today: "hoy", today + timedelta(days=1): "mañana"}
    return named.get(day) or say_date(day, today)


def _short_day(day: date, today: date) -> str:
    written = f"{day.day} {_MONTHS[day.month - 1]}"
    return written if day.year == today.year else f"{written} {day.year}"


def _moment(at: datetime, timezone: str, now: datetime) -> str:
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"hoy, {local:%H:%M}"
    return f"{_short_day(local.date(), today)}, {local:%H:%M}"


def _local_day(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()


def _since(at: datetime, now: datetime) -> str:
    minutes = max(0, int((now - at).total_seconds())) // 60
    if minutes < 1:
        return "menos de 1 min"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    days = minutes // (24 * 60)
    return "1 día" if days == 1 else f"{days} días"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates" / "desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"words": WORDS, "static_url": static_url}
    environment.filters |= {
        "money": _money,
        "units": _units,
        "hour": _hour,
        "day": _day,
        "by_day": _by_day,
        "short_day": _short_day,
        "moment": _moment,
        "local_day": _local_day,
        "since": _since,
        "initials": _initials,
    }
    return environment


_TEMPLATES: Final = _environment()
