"""The secret that the engine and the product prove themselves to each other with. Pure."""

import hmac
from typing import Final

SECRET_HEADER: Final = "X-Acuerdo-Engine-Secret"  # noqa: S105 - the header's name


def secret_is_valid(given: str | None, secret: str) -> bool:
    """Whether the header holds our secret; never where no secret is configured."""
    return bool(secret) and hmac.compare_digest(secret.encode(), (given or "").encode())
