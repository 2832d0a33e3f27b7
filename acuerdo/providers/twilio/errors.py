"""What Twilio's refusals mean: try again, never again, our mistake, or nobody knows. Pure."""

import json
from typing import Final

from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)

# Source: Twilio's error dictionary, one page a code.
INVALID_TO: Final = "21211"
UNSUBSCRIBED: Final = "21610"
TO_NOT_FOUND: Final = "63003"
INVALID_RECIPIENT: Final = "63024"
OUTSIDE_WINDOW: Final = "63016"
RATE_LIMITED: Final = "63018"
TOO_MANY_REQUESTS: Final = "20429"
CONTENT_SID_INVALID: Final = "21655"
CONTENT_VARIABLES_INVALID: Final = "21656"

UNREACHABLE: Final = frozenset({INVALID_TO, UNSUBSCRIBED, TO_NOT_FOUND, INVALID_RECIPIENT})
CONTENT_UNUSABLE: Final = frozenset({CONTENT_SID_INVALID, CONTENT_VARIABLES_INVALID})
_REFUSED: Final = UNREACHABLE | {OUTSIDE_WINDOW}
_LATER: Final = frozenset({RATE_LIMITED, TOO_MANY_REQUESTS})


def error_for(
    status: int, body: str, *, retry_after: str | None, is_repeatable: bool
) -> ProviderError:
    """The error of an answer that is not a success.

    `is_repeatable`: the request changes nothing, so that a server error leaves no doubt. Of the
    server errors only 503 says that nothing was begun.
    """
    code = _code_in(body)
    explanation = f"Twilio answered {status}"
    if status in (429, 503) or code in _LATER:
        return ProviderUnavailable(
            explanation, provider_code=code, retry_after_seconds=_seconds(retry_after)
        )
    if status >= 500:
        kind = ProviderUnavailable if is_repeatable else OutcomeUnknown
        return kind(explanation, provider_code=code)
    if code in _REFUSED:
        return ProviderRefused(explanation, provider_code=code, unreachable=code in UNREACHABLE)
    return ProviderMisused(explanation, provider_code=code or str(status))


def _code_in(body: str) -> str | None:
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    code = answer.get("code") if isinstance(answer, dict) else None
    return str(code) if isinstance(code, int | str) else None


def _seconds(header: str | None) -> float | None:
    # the other form of the header, a date, is not used by Twilio
    return float(header) if header and header.isascii() and header.isdigit() else None
