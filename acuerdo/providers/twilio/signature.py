"""Proof that a webhook comes from Twilio. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import parse_qsl

from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    get_signature_algorithm,
)

SIGNATURE_HEADER: Final = "X-Twilio-Signature"
SETTINGS_HEADER: Final = "X-Twilio-Webhooks-Signature-Settings"


# Twilio's own forms have some forty fields; a location or ten files make some thirty more.
MAX_FIELDS: Final = 200
# What base64 makes of the 20 or 32 bytes of a digest.
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=", re.ASCII)


class UnreadableForm(ValueError):
    """The body is not a form of at most `MAX_FIELDS` fields, so nobody has signed it."""


def parse_form(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form's body, in their order.

    Raises UnreadableForm where there are more than `MAX_FIELDS`, before any is read: what reading
    costs hangs on the length of the body alone.
    """
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError as error:
        raise UnreadableForm from error


def may_be_signature(signature: str | None) -> bool:
    """Tell whether a header has the shape of a signature; any other is worth reading no body."""
    return signature is not None and _SIGNATURE.fullmatch(signature) is not None


class _Form:
    """A form as the validator reads it: distinct names, each with all of its values."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __bool__(self) -> bool:
        return bool(self._values)

    def getlist(self, name: str) -> list[str]:
        """Every value under the name."""
        return self._values[name]


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
    if signature is None or not may_be_signature(signature) or not secret:
        return False
    if len(fields) > MAX_FIELDS:
        return False
    try:
        return bool(RequestValidator(secret).validate(url, _Form(fields), signature, algorithm))
    except ValueError:  # a URL or a text that cannot be signed at all
        return False
