"""What the sandbox gateway posts, and how it signs."""

import hashlib
import hmac
import json
from typing import Any
from uuid import uuid4

from quality.clock import START
from tests.integration.doors.api.conftest import GATEWAY_SECRET

PATH = "/webhooks/payments/sandbox"


def an_event(**changes: Any) -> bytes:
    """A payment that succeeded."""
    data = {
        "payment_id": f"pay-{uuid4()}",
        "reference": str(uuid4()),
        "amount": "120.50",
        "currency": "PEN",
        "paid_at": START.isoformat(),
    }
    return json.dumps({"type": "payment.succeeded", "data": data | changes}).encode()


def signed(body: bytes, *, secret: str = GATEWAY_SECRET, age: float = 0) -> dict[str, str]:
    """The header with which the gateway signs; the age in seconds."""
    stamp = str(int(START.timestamp() - age))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Sandbox-Signature": f"t={stamp},v1={digest}"}
