"""What every answer of the desk tells the browser not to do."""

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
# What Twilio's softphone needs beyond it: its signalling, its events, its sounds.
# Source: Twilio, "Voice JavaScript SDK: content security policy".
_SOFTPHONE: Final = {
    "connect-src 'self'": "connect-src 'self' wss://*.twilio.com https://*.twilio.com",
    "media-src 'self'": "media-src 'self' mediastream: https://media.twiliocdn.com "
    "https://sdk.twilio.com",
}
# A received file, opened on its own, may run nothing at all.
FILE_POLICY: Final = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def softphone_policy() -> str:
    """Return the policy of the softphone, the one page that speaks with a provider by itself."""
    policy = _POLICY
    for strict, wider in _SOFTPHONE.items():
        policy = policy.replace(strict, wider)
    return policy


def protect(response: Response) -> Response:
    """Add the headers that a response lacks, and return it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
