"""Proof that a webhook comes from Twilio. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    get_signature_algorithm,
)

SIGNATURE_HEADER: Final = "X-Twilio-Signature"
SETTINGS_HEADER: Final = "X-Twilio-Webhooks-Signature-Settings"


class _Form:
    """A form as the validator reads it: distinct names, each with all of its values."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._fields = fields

    def __iter__(self) -> Iterator[str]:
        return iter({name for name, _ in self._fields})

    def __bool__(self) -> bool:
        return bool(self._fields)

    def getlist(self, name: str) -> list[str]:
        """Every value under the name."""
        return [value for key, value in self._fields if key == name]


def signature_is_valid(
    url: str,
    fields: Sequence[tuple[str, str]],
    signature: str | None,
    settings: str | None,
    *,
    auth_token: str,
    signing_secret: str = "",
) -> bool:
    """Whether Twilio signed this form for this public URL (query included); never raises.

    `settings` is the header that names the algorithm: HMAC-SHA1 with the auth token where it is
    absent, HMAC-SHA256 with the shared key (the auth token where none is configured). Without a
    secret nothing is valid. Source: Twilio, "Webhooks security"; twilio-python 9.13.
    """
    algorithm = get_signature_algorithm(settings).upper()
    secrets = {HMAC_SHA1: auth_token, HMAC_SHA256: signing_secret or auth_token}
    secret = secrets.get(algorithm, "")
    if not signature or not secret:
        return False
    try:
        return bool(RequestValidator(secret).validate(url, _Form(fields), signature, algorithm))
    except ValueError:  # a URL or a text that cannot be signed at all
        return False
