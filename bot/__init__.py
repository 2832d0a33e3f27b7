"""The text doors: webhooks of WhatsApp and Telegram; signatures; nothing else."""

from fastapi import APIRouter

from bot import telegram, whatsapp

router = APIRouter()
router.include_router(whatsapp.router)
router.include_router(telegram.router)
