"""The chat bot's doors: webhooks of WhatsApp and Telegram, parsed and handed to the core."""

from fastapi import APIRouter

from bot import telegram, whatsapp

router = APIRouter()
router.include_router(whatsapp.router)
router.include_router(telegram.router)
