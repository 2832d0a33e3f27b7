"""Events of the sandbox gateway, whole or with something in them changed."""

import json
from typing import Any

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import GatewayEvent
from acuerdo.providers.sandbox_gateway.inbound import parse_event

DROPPED = object()


def an_event(**changes: Any) -> dict[str, Any]:
    """A payment of 120.50 soles that succeeded."""
    data = {
        "payment_id": "pay-1",
        "reference": "0b2fd6de-6e64-4a5b-9cc7-5b5bb4b4b6d5",
        "amount": "120.50",
        "currency": "PEN",
        "paid_at": "2026-11-23T15:00:00+00:00",
    }
    kind = changes.pop("type", "payment.succeeded")
    return {"type": kind, "data": {**data, **changes}}


def read(**changes: Any) -> GatewayEvent | Stray:
    """What is read of the payment, with something changed; DROPPED takes a field away."""
    event_id, created_at = changes.pop("id", None), changes.pop("created_at", None)
    event = an_event(**changes)
    data = {name: value for name, value in event["data"].items() if value is not DROPPED}
    outer = {"id": event_id, "created_at": created_at}
    return parse_event(json.dumps(event | outer | {"data": data}).encode())


def news(**changes: Any) -> GatewayEvent:
    """The news that is read of a changed payment."""
    found = read(**changes)
    assert isinstance(found, GatewayEvent), found
    return found
