"""Registers this installation with Telegram."""

from acuerdo.platform.errors import ProviderMisused
from acuerdo.platform.settings import Settings
from acuerdo.providers.configured import telegram


async def set_webhook(settings: Settings) -> str:
    """Register our webhook with its secret and return its URL.

    Raises ProviderMisused where a setting is missing or Telegram refuses, ProviderUnavailable where
    it cannot be reached. Doing it again changes nothing.
    """
    bot = telegram(settings)
    secret = settings.telegram.webhook_secret.get_secret_value()
    if bot is None or not secret:
        raise ProviderMisused(
            "set ACUERDO_TELEGRAM__TOKEN and ACUERDO_TELEGRAM__WEBHOOK_SECRET first"
        )
    url = f"{settings.base_url}/webhooks/telegram"
    try:
        await bot.set_webhook(url, secret)
    finally:
        await bot.close()
    return url
