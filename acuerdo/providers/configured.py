"""The providers for which the settings hold an account; a new one gets its line here."""

from acuerdo.calls.ports import Softphones
from acuerdo.contact.ports import Sender, Telephone
from acuerdo.payments.ports import PaymentGateway
from acuerdo.platform.settings import GatewaySettings, Settings
from acuerdo.providers.sandbox_gateway.gateway import SandboxGateway
from acuerdo.providers.telegram.bot import TelegramBot
from acuerdo.providers.twilio.softphone import TwilioSoftphones
from acuerdo.providers.twilio.voice import TwilioTelephone
from acuerdo.providers.twilio.whatsapp import TwilioWhatsApp
from acuerdo.values.channels import Channel


def channels(settings: Settings) -> dict[Channel, Sender]:
    """The channels for which there is an account, and a sender of ours where one needs it."""
    found: dict[Channel, Sender] = {}
    if settings.twilio.account_sid and settings.twilio.whatsapp_from:
        found[Channel.WHATSAPP] = TwilioWhatsApp(settings.twilio, settings.base_url)
    bot = telegram(settings)
    if bot is not None:
        found[Channel.TELEGRAM] = bot
    return found


def telephone(settings: Settings) -> Telephone | None:
    """The telephone, where there is an account with a number."""
    if not settings.twilio.account_sid or not settings.twilio.voice_from:
        return None
    return TwilioTelephone(settings.twilio, settings.voice, settings.base_url)


def softphones(settings: Settings) -> Softphones | None:
    """The agents' softphones, where there is an account for them."""
    return TwilioSoftphones(settings.twilio) if settings.twilio.account_sid else None


def telegram(settings: Settings) -> TelegramBot | None:
    """The Telegram bot, where there is one."""
    if not settings.telegram.token.get_secret_value():
        return None
    return TelegramBot(settings.telegram)


def gateways(settings: GatewaySettings) -> dict[str, PaymentGateway]:
    """The payment gateways for which there is an account."""
    if settings.name == "none":
        return {}
    return {
        SandboxGateway.name: SandboxGateway(
            settings.base_url,
            settings.secret.get_secret_value(),
            timeout_seconds=settings.timeout_seconds,
        )
    }
