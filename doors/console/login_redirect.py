"""Where to go after logging in: only to pages of the desk. Pure."""

import re
from typing import Final
from urllib.parse import urlencode, urlsplit

DESK: Final = "/desk"
LOGIN: Final = "/desk/login"
# a backslash or a second slash would let a browser read a host into it
_LOCAL: Final = re.compile(r"/desk(/[A-Za-z0-9][A-Za-z0-9_-]*)*/?(\?[A-Za-z0-9_=&-]*)?")


def safe(wanted: str) -> str:
    """Return the wanted page where it is one of the desk's, otherwise the first page."""
    if not _LOCAL.fullmatch(wanted) or wanted.startswith(LOGIN):
        return DESK
    return wanted


def of_url(url: str) -> str:
    """Return the page of a browser's address, made safe."""
    parts = urlsplit(url)
    return safe(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def login_url(back: str) -> str:
    """Return the address of the login page that leads back to a page."""
    return LOGIN if back == DESK else f"{LOGIN}?{urlencode({'next': back})}"
