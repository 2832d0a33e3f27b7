"""Applies the switched-on faults to a request that sends something to a person."""

import asyncio
from collections.abc import Callable

from starlette.responses import Response

from simulator.chats import Channel
from simulator.dropped import DroppedConnection
from simulator.faults import Faults, SendFault


async def with_faults(
    faults: Faults,
    channel: Channel,
    send: Callable[[SendFault | None], Response],
    refuse: Callable[[SendFault], Response],
) -> Response:
    """Answer a send: delayed, refused, broken off or well, as the faults say.

    `send` stores the message and builds the good answer; it is given the fault when the message
    is to be accepted and then reported as not delivered.
    """
    if faults.send_delay_ms:
        await asyncio.sleep(faults.send_delay_ms / 1000)
    fault = faults.take(channel)
    if fault is None:
        return send(None)
    if fault.outcome == "refuse":
        return refuse(fault)
    if fault.outcome == "undelivered":
        return send(fault)
    if fault.outcome == "drop":
        send(None)
    return DroppedConnection()
