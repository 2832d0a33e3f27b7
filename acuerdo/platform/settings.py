"""Everything that can be configured; nobody else reads the environment."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEVELOPMENT_SECRET = "development-only-secret-key-change-me"  # noqa: S105 - refused in production
SHORTEST_SECRET_KEY = 32
ROOT = Path(__file__).resolve().parents[2]


class ApiSettings(BaseModel):
    """The REST door: who may call it."""

    keys: SecretStr = SecretStr("")

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Names of the callers by their key."""
        pairs = (pair.partition(":") for pair in self.keys.get_secret_value().split(","))
        # an empty key would let in everybody who sends none
        return {key.strip(): name.strip() for name, _, key in pairs if key.strip()}


class TwilioSettings(BaseModel):
    """The Twilio account; `base_url` points the SDK at a stand-in."""

    account_sid: str = ""
    auth_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    api_key_sid: str = ""
    api_key_secret: SecretStr = SecretStr("")
    whatsapp_from: str = ""
    voice_from: str = ""
    base_url: str = ""
    interactive: bool = True
    timeout_seconds: float = Field(default=10, gt=0)


class TelegramSettings(BaseModel):
    """The Telegram bot; `base_url` points the library at a stand-in."""

    token: SecretStr = SecretStr("")
    webhook_secret: SecretStr = SecretStr("")
    username: str = ""
    base_url: str = ""
    timeout_seconds: float = Field(default=10, gt=0)


class GatewaySettings(BaseModel):
    """The payment gateway in use: `sandbox` speaks to the simulator."""

    name: Literal["sandbox", "none"] = "none"
    secret: SecretStr = SecretStr("")
    base_url: str = ""
    timeout_seconds: float = Field(default=10, gt=0)


class EngineSettings(BaseModel):
    """The dialogue engine and how patient we are with it."""

    url: str = "http://127.0.0.1:5005"
    actions_url: str = ""
    secret: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=8, gt=0)
    apologise_after_seconds: float = Field(default=20, ge=0)
    give_up_after_seconds: float = Field(default=900, gt=0)


class ConversationSettings(BaseModel):
    """How a conversation flows."""

    burst_window_seconds: float = Field(default=1.0, ge=0)
    fragment_window_seconds: float = Field(default=3.0, ge=0)
    idle_minutes: int = Field(default=24 * 60, gt=0)
    verified_minutes: int = Field(default=30, gt=0)
    carried_proof_minutes: int = Field(default=10, gt=0)
    lock_out_minutes: int = Field(default=60, gt=0)


class VoiceSettings(BaseModel):
    """Telephone calls: patience, limits, and what a country's law asks of a caller id.

    `numbers` gives a caller id by country ("CL:+56600..., MX:+52...").
    """

    transport: Literal["gather", "relay"] = "gather"
    filler_after_seconds: float = Field(default=2.5, gt=0)
    wait_seconds: float = Field(default=6, gt=0, le=12)
    give_up_after_seconds: float = Field(default=20, gt=0)
    low_confidence: float = Field(default=0.5, ge=0, le=1)
    most_turns: int = Field(default=60, gt=0)
    most_seconds: int = Field(default=900, gt=0)
    ring_seconds: int = Field(default=25, ge=5, le=600)
    neural: bool = True
    recording: bool = False
    voicemail: Literal["silent", "neutral"] = "silent"
    numbers: str = ""

    @cached_property
    def number_by_country(self) -> dict[str, str]:
        """Caller ids by ISO country."""
        pairs = (pair.partition(":") for pair in self.numbers.split(","))
        return {code.strip(): number.strip() for code, _, number in pairs if number.strip()}


class ContactSettings(BaseModel):
    """By which rules people are contacted: the law's alone, or the stricter ones of the house."""

    profile: Literal["law", "house"] = "house"


class DeskSettings(BaseModel):
    """The agents' desk."""

    session_minutes: int = Field(default=8 * 60, gt=0)


class WorkerSettings(BaseModel):
    """The worker that runs jobs."""

    concurrency: int = Field(default=20, gt=0)
    heartbeat_seconds: float = Field(default=1.0, gt=0)
    stalled_after_seconds: float = Field(default=5.0, gt=0)


class Settings(BaseSettings):
    """The product's settings, from variables that begin with `ACUERDO_` and from `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="ACUERDO_",
        env_nested_delimiter="__",
        env_file=".env",
        extra="ignore",
        frozen=True,
        # what is wrong is said without the values: they hold passwords
        hide_input_in_errors=True,
    )

    env: Literal["development", "production"] = "development"
    database_url: str = ""
    redis_url: str = ""
    port: int = 8000
    public_url: str = ""
    run_dir: Path = ROOT / ".run"
    model_path: Path = ROOT / "models" / "acuerdo.tar.gz"
    clock_start: datetime | None = None
    clock_epoch: float | None = None
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    previous_secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    media_dir: Path | None = None
    max_webhook_bytes: int = Field(default=262_144, gt=0)

    api: ApiSettings = ApiSettings()
    twilio: TwilioSettings = TwilioSettings()
    telegram: TelegramSettings = TelegramSettings()
    gateway: GatewaySettings = GatewaySettings()
    engine: EngineSettings = EngineSettings()
    conversation: ConversationSettings = ConversationSettings()
    voice: VoiceSettings = VoiceSettings()
    contact: ContactSettings = ContactSettings()
    desk: DeskSettings = DeskSettings()
    worker: WorkerSettings = WorkerSettings()

    @model_validator(mode="before")
    @classmethod
    def _split_previous_keys(cls, values: dict[str, object]) -> dict[str, object]:
        previous = values.get("previous_secret_keys")
        if isinstance(previous, str):
            parts = (part.strip() for part in previous.split(","))
            values["previous_secret_keys"] = tuple(SecretStr(part) for part in parts if part)
        return values

    @model_validator(mode="after")
    def _refuse_an_unsafe_production(self) -> Self:
        if self.env == "production":
            wrong = [line for line, found in self._production_faults().items() if found]
            if wrong:
                raise ValueError("not fit for production: " + "; ".join(wrong))
        return self

    def _production_faults(self) -> dict[str, bool]:
        telegram_unsigned = (
            bool(self.telegram.token.get_secret_value())
            and not self.telegram.webhook_secret.get_secret_value()
        )
        twilio_unsigned = (
            bool(self.twilio.account_sid) and not self.twilio.auth_token.get_secret_value()
        )
        return {
            "ACUERDO_SECRET_KEY is the development one": (
                self.secret_key.get_secret_value() == DEVELOPMENT_SECRET
            ),
            f"ACUERDO_SECRET_KEY has fewer than {SHORTEST_SECRET_KEY} characters": (
                len(self.secret_key.get_secret_value()) < SHORTEST_SECRET_KEY
            ),
            "ACUERDO_ENGINE__SECRET is empty": not self.engine.secret.get_secret_value(),
            "ACUERDO_DATABASE_URL is empty": not self.database_url,
            "ACUERDO_REDIS_URL is empty": not self.redis_url,
            "ACUERDO_PUBLIC_URL must begin with https://": not self.public_url.startswith(
                "https://"
            ),
            "ACUERDO_CLOCK_START is set": self.clock_start is not None,
            "ACUERDO_GATEWAY__NAME is the sandbox": self.gateway.name == "sandbox",
            "ACUERDO_TELEGRAM__WEBHOOK_SECRET is empty": telegram_unsigned,
            "ACUERDO_TWILIO__AUTH_TOKEN is empty": twilio_unsigned,
        }

    @property
    def base_url(self) -> str:
        """Where providers and browsers reach this installation, without a final slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def media_folder(self) -> Path:
        """Where received files are kept."""
        return self.media_dir or self.run_dir / "media"

    @property
    def in_development(self) -> bool:
        """Whether the simulator and the demonstration data are allowed."""
        return self.env == "development"


def database_url_for_sqlalchemy(url: str) -> str:
    """A PostgreSQL URL as SQLAlchemy wants it, with the psycopg 3 driver named."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
