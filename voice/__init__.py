"""The telephone's door: calls as TwiML and as a stream, through Twilio."""

from fastapi import APIRouter

from voice import calls, relay, transfers

router = APIRouter()
router.include_router(calls.router)
router.include_router(transfers.router)
router.include_router(relay.router)
