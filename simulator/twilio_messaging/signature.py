"""Signs webhooks as Twilio does."""

import base64
import hmac
from collections.abc import Sequence
from hashlib import sha1, sha256

from simulator.config import SignatureAlgorithm

_HASHES = {"HMAC_SHA1": sha1, "HMAC_SHA256": sha256}
SIGNATURE = "X-Twilio-Signature"
SIGNATURE_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"


def sign(
    url: str, params: Sequence[tuple[str, str]], secret: str, algorithm: SignatureAlgorithm
) -> str:
    """The base64 HMAC of the URL followed by the sorted, distinct names and values.

    Source: Twilio, "Validating signatures"; twilio-python's RequestValidator.
    """
    text = url + "".join(name + value for name, value in sorted(set(params)))
    digest = hmac.new(secret.encode(), text.encode(), _HASHES[algorithm]).digest()
    return base64.b64encode(digest).decode()


def signature_headers(
    url: str, params: Sequence[tuple[str, str]], secret: str, algorithm: SignatureAlgorithm
) -> dict[str, str]:
    """The headers that prove who posts; with HMAC-SHA256 they name the shared key too."""
    headers = {SIGNATURE: sign(url, params, secret, algorithm)}
    if algorithm == "HMAC_SHA256":
        headers[SIGNATURE_SETTINGS] = f"key=webhooks_sharedkey_simulated,algorithm={algorithm}"
    return headers
