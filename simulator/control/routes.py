"""The paths of the control API."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, HTTPException
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from simulator.chats import Channel
from simulator.control.acts import carry_out
from simulator.control.requests import (
    CloseWindow,
    FaultsBody,
    Inbound,
    PaceBody,
    Release,
)
from simulator.faults import SendFault
from simulator.simulator import CannotBeDone, Simulator

_LONGEST_WAIT_S = 60.0


def control_router(simulator: Simulator) -> APIRouter:
    """Routes of the control API."""
    router = APIRouter(prefix="/control")
    _add_people(router, simulator)
    _add_inbox(router, simulator)
    _add_running(router, simulator)
    _add_faults(router, simulator)
    _add_webhooks(router, simulator)
    return router


def _add_people(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/people")
    async def people() -> list[dict[str, Any]]:
        return [
            {
                **asdict(person),
                "addresses": {
                    "whatsapp": person.phone,
                    "telegram": person.telegram_id,
                    "voice": person.addresses.get("voice", person.phone),
                },
            }
            for person in await simulator.people()
        ]

    @router.post("/inbound")
    async def inbound(act: Annotated[Inbound, Body()]) -> dict[str, Any]:
        if not act.wait:
            simulator.postman.in_background(carry_out(simulator, act))
            return {"message_id": "", "receipts": []}
        try:
            return (await carry_out(simulator, act)).as_json()
        except CannotBeDone as reason:
            raise HTTPException(409, str(reason)) from reason

    @router.post("/window", status_code=204)
    async def close_window(body: CloseWindow) -> None:
        simulator.twilio.close_window(body.address)


def _add_inbox(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/inbox")
    async def inbox(
        channel: Channel, address: str, after: int = 0, count: int = 0, timeout_s: float = 10.0
    ) -> list[dict[str, Any]]:
        if count:
            found = await simulator.wait_for(
                channel,
                address,
                after=after,
                count=count,
                timeout_s=min(timeout_s, _LONGEST_WAIT_S),
            )
        else:
            found = simulator.inbox(channel, address, after)
        return [message.as_json() for message in found]

    @router.get("/chat")
    async def chat(channel: Channel, address: str) -> list[dict[str, Any]]:
        return [message.as_json() for message in simulator.chats.chat(channel, address).messages]

    @router.get("/chats")
    async def chats() -> list[dict[str, Any]]:
        return [
            {
                "channel": chat.channel,
                "address": chat.address,
                "name": chat.name,
                "messages": len(chat.messages),
            }
            for chat in simulator.chats.chats()
            if chat.messages
        ]

    @router.get("/files/{file_id}")
    async def shown_file(file_id: str) -> Response:
        file = simulator.media.find(file_id)
        if file is None:
            raise HTTPException(404, "there is no such file")
        # Shown on the product's own origin: whatever was uploaded must not run there.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.content_type, headers=headers)


def _add_running(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/events")
    async def events(channel: Channel, address: str) -> EventSourceResponse:
        filed = simulator.chats.chat(channel, address).address

        async def stream() -> AsyncIterator[ServerSentEvent]:
            async for event in simulator.broadcast.listen(channel, filed):
                yield ServerSentEvent(orjson.dumps(event.data).decode(), event=event.name)

        return EventSourceResponse(stream(), ping=15)

    @router.post("/settle", status_code=204)
    async def settle() -> None:
        await simulator.settle()

    @router.post("/reset", status_code=204)
    async def reset() -> None:
        simulator.reset()


def _add_faults(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/faults")
    async def faults() -> dict[str, Any]:
        return {**asdict(simulator.faults), "held": simulator.postman.held}

    @router.patch("/faults")
    async def change_faults(body: FaultsBody) -> dict[str, Any]:
        changes = body.model_dump(exclude_none=True, exclude={"sends"})
        if body.sends is not None:
            changes["sends"] = [SendFault(**fault.model_dump()) for fault in body.sends]
        for name, value in changes.items():
            setattr(simulator.faults, name, value)
        return asdict(simulator.faults)

    @router.delete("/faults", status_code=204)
    async def clear_faults() -> None:
        simulator.faults.clear()

    @router.get("/pace")
    async def pace() -> dict[str, Any]:
        return {**asdict(simulator.pace), "signature": simulator.twilio.algorithm}

    @router.patch("/pace")
    async def change_pace(body: PaceBody) -> dict[str, Any]:
        changes = body.model_dump(exclude_none=True, exclude={"signature"})
        for name, value in changes.items():
            setattr(simulator.pace, name, value)
        if body.signature is not None:
            simulator.twilio.algorithm = body.signature
        return await pace()


def _add_webhooks(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/webhooks")
    async def webhooks() -> list[dict[str, Any]]:
        return simulator.postman.log()

    @router.post("/webhooks/release")
    async def release(body: Release) -> list[dict[str, Any]]:
        receipts = await simulator.postman.release(body.shuffled)
        return [receipt.as_json() for receipt in receipts]

    @router.post("/webhooks/{number}/replay")
    async def replay(number: int) -> dict[str, Any]:
        receipt = await simulator.postman.replay(number)
        if receipt is None:
            raise HTTPException(404, "this webhook is forgotten")
        return receipt.as_json()
