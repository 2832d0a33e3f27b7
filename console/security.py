"""What every answer of the desk tells the browser not to do. Pure."""

from typing import Final

from starlette.responses import Response

# No inline script or style, nothing from elsewhere, never inside a frame.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A received file, opened on its own, may run nothing at all.
FILE_POLICY: Final = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def protect(response: Response) -> Response:
    """The same answer with the headers that are missing."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
