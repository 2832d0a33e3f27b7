"""What the stand-ins have to know about the product and about themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from simulator.directory import Directory, nobody

SignatureAlgorithm = Literal["HMAC_SHA1", "HMAC_SHA256"]


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class SimulatorConfig:
    """Addresses, credentials and rhythm of the stand-ins. No value here is a real secret.

    `public_url` is the base of the product's webhooks as providers know it (signatures are made
    for it), `own_url` the base under which the stand-ins are reachable. `deliver_url`, when set,
    is where webhooks for `public_url` are really posted (a proxy or a port of this machine).
    `twilio_inbound_url` may carry Twilio's retry fragment (`#rc=3&rp=5xx,ct,rt`); empty means the
    product's usual path. `twilio_shared_key` signs HMAC-SHA256; empty means the auth token.
    """

    public_url: str = "http://127.0.0.1:8000"
    own_url: str = "http://127.0.0.1:8000/simulator"
    deliver_url: str = ""
    twilio_account_sid: str = "AC" + "0" * 32
    twilio_auth_token: str = "simulated-auth-token"  # noqa: S105 - a stand-in has no secrets
    twilio_whatsapp_from: str = "whatsapp:+15005550006"
    twilio_voice_from: str = "+15005550010"
    twilio_voice_numbers: str = "CL:+56600500010"
    twilio_inbound_url: str = ""
    twilio_shared_key: str = ""
    twilio_signature: SignatureAlgorithm = "HMAC_SHA1"
    telegram_token: str = "100200300:simulated-telegram-token"  # noqa: S105
    telegram_webhook_secret: str = "simulated-telegram-secret"  # noqa: S105
    telegram_username: str = "acuerdo_demo_bot"
    telegram_messages_per_second: int = 30
    gateway_secret: str = "simulated-gateway-secret"  # noqa: S105
    directory: Directory = nobody
    statuses: tuple[str, ...] = ("queued", "sent", "delivered", "read")
    status_delay_ms: int = 30
    retry_delay_ms: int = 250
    now: Callable[[], datetime] = wall_clock

    @property
    def whatsapp_sender(self) -> str:
        """The product's WhatsApp sender with its channel prefix."""
        sender = self.twilio_whatsapp_from
        return sender if sender.startswith("whatsapp:") else f"whatsapp:{sender}"

    @property
    def inbound_url(self) -> str:
        """Where Twilio posts inbound messages, fragment included."""
        return self.twilio_inbound_url or f"{self.public_url}/webhooks/twilio/whatsapp"

    @property
    def voice_url(self) -> str:
        """Where Twilio asks what to do with a call to the product's number."""
        return f"{self.public_url}/voice/inbound"

    @property
    def voice_status_url(self) -> str:
        """Where Twilio reports the end of a call to the product's number."""
        return f"{self.public_url}/voice/calls/inbound/status"

    @property
    def telegram_url(self) -> str:
        """Where Telegram posts updates until the product says otherwise with setWebhook."""
        return f"{self.public_url}/webhooks/telegram"

    @property
    def payments_url(self) -> str:
        """Where the gateway posts payment events."""
        return f"{self.public_url}/webhooks/payments/sandbox"

    def reachable(self, url: str) -> str:
        """Translate a URL of the product as providers know it into where to post it."""
        if self.deliver_url and url.startswith(self.public_url):
            return self.deliver_url + url[len(self.public_url) :]
        return url

    def belongs_to_product(self, url: str) -> bool:
        """Whether a callback URL is the product's: the stand-ins never call anybody else."""
        return url.startswith((f"{self.public_url}/", f"{self.public_url}?"))
