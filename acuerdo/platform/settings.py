"""Everything that can be configured; nobody else reads the environment."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from acuerdo.platform import safety
from acuerdo.platform.safety import Secret, Surroundings
from acuerdo.values.scope import CreditorScope

DEVELOPMENT_SECRET = "development-only-secret-key-change-me"  # noqa: S105 - refused in production
BETWEEN_FAULTS = " | "
ROOT = Path(__file__).resolve().parents[2]


class ApiSettings(BaseModel):
    """The REST door: who may call it, and whose debtors each caller may reach.

    `creditors`: "erp:banco|luz-norte, crm:banco" by the caller's name, external ids
    percent-encoded where they hold one of `%,:|`. Who is not named there reaches all.
    `requests_per_minute`: of each caller.
    """

    keys: SecretStr = SecretStr("")
    creditors: str = ""
    requests_per_minute: int = Field(default=600, gt=0)

    @property
    def by_key(self) -> dict[str, str]:
        """Names of the callers by their key."""
        pairs = (pair.partition(":") for pair in self.keys.get_secret_value().split(","))
        # an empty key would let in everybody who sends none
        return {key.strip(): name.strip() for name, _, key in pairs if key.strip()}

    @property
    def scope_by_name(self) -> dict[str, CreditorScope]:
        """Scopes of the callers that have one."""
        pairs = (pair.partition(":") for pair in self.creditors.split(","))
        return {
            name.strip(): CreditorScope.of(
                unquote(each.strip()) for each in ids.split("|") if each.strip()
            )
            for name, _, ids in pairs
            if name.strip()
        }

    @model_validator(mode="after")
    def _refuse_a_scope_of_no_one(self) -> Self:
        # a mistyped name would leave the key that was meant without a limit
        unknown = sorted(self.scope_by_name.keys() - set(self.by_key.values()))
        if unknown:
            raise ValueError(f"ACUERDO_API__CREDITORS names no key: {', '.join(unknown)}")
        return self


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
    actions_port: int = Field(default=5055, ge=1, le=65_535)
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
    verified_longest_minutes: int = Field(default=240, gt=0)
    carried_proof_minutes: int = Field(default=10, gt=0)
    lock_out_minutes: int = Field(default=60, gt=0)
    both_factors_days: int = Field(default=30, ge=0)
    alarm_failures_an_hour: int = Field(default=30, gt=0)


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
    session_hours_at_most: int = Field(default=12, gt=0)
    trusted_proxies: str = "127.0.0.1"


class MediaSettings(BaseModel):
    """Files that people send: how many, how large, and how much of the disk stays free."""

    largest_bytes: int = Field(default=16 * 1024 * 1024, gt=0)
    sender_files_a_day: int = Field(default=50, gt=0)
    sender_bytes_a_day: int = Field(default=100 * 1024 * 1024, gt=0)
    free_bytes: int = Field(default=1024 * 1024 * 1024, ge=0)


class RetentionSettings(BaseModel):
    """After how long something is deleted; 0: never. That it was deleted stays recorded."""

    media_days: int = Field(default=365, ge=0)
    message_days: int = Field(default=0, ge=0)
    external_event_days: int = Field(default=30, ge=0)
    message_body_hours: int = Field(default=24, ge=0)
    answered_request_days: int = Field(default=7, ge=0)
    portfolio_import_days: int = Field(default=90, ge=0)


class AuditSettings(BaseModel):
    """The ledger: where its head is noted outside the database, and when old keys were in use."""

    anchor_file: Path | None = None
    previous_key_ends: str = Field(default="", pattern=r"^[0-9, ]*$")

    @cached_property
    def ends_of_previous_keys(self) -> tuple[int, ...]:
        """The last positions that the previous keys sealed, in their order."""
        return tuple(int(each) for each in self.previous_key_ends.split(",") if each.strip())


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
    database_owner_url: str = ""
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
    media: MediaSettings = MediaSettings()
    retention: RetentionSettings = RetentionSettings()
    audit: AuditSettings = AuditSettings()
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
    def _refuse_an_unsafe_installation(self) -> Self:
        found = self._surroundings()
        if self.env == "production":
            faults = safety.production_faults(found)
        else:
            faults = safety.development_faults(found)
        if faults:
            raise ValueError(BETWEEN_FAULTS.join(faults))
        return self

    def _surroundings(self) -> Surroundings:
        accounts = {
            "ACUERDO_TWILIO__BASE_URL": (self.twilio.account_sid, self.twilio.base_url),
            "ACUERDO_TELEGRAM__BASE_URL": (
                self.telegram.token.get_secret_value(),
                self.telegram.base_url,
            ),
            # the sandbox moves no money, wherever it stands
            "ACUERDO_GATEWAY__BASE_URL": (
                "" if self.gateway.name == "sandbox" else self.gateway.base_url,
                self.gateway.base_url,
            ),
        }
        return Surroundings(
            public_url=self.public_url,
            redis_url=self.redis_url,
            database_urls={
                "ACUERDO_DATABASE_URL": self.database_url,
                "ACUERDO_DATABASE_OWNER_URL": self.database_owner_url,
            },
            secrets=tuple(self._secrets()),
            missing=tuple(self._missing()),
            accounts={name: url for name, (account, url) in accounts.items() if account},
            is_clock_set=self.clock_start is not None,
            is_gateway_simulated=self.gateway.name == "sandbox",
        )

    def _missing(self) -> Iterator[str]:
        needed = {
            "ACUERDO_SECRET_KEY": self.secret_key.get_secret_value(),
            "ACUERDO_ENGINE__SECRET": self.engine.secret.get_secret_value(),
            "ACUERDO_DATABASE_URL": self.database_url,
            "ACUERDO_REDIS_URL": self.redis_url,
        }
        if self.twilio.account_sid:
            needed["ACUERDO_TWILIO__AUTH_TOKEN"] = self.twilio.auth_token.get_secret_value()
        if self.telegram.token.get_secret_value():
            secret = self.telegram.webhook_secret.get_secret_value()
            needed["ACUERDO_TELEGRAM__WEBHOOK_SECRET"] = secret
        if self.gateway.name != "none":
            needed["ACUERDO_GATEWAY__SECRET"] = self.gateway.secret.get_secret_value()
        return (name for name, text in needed.items() if not text.strip())

    def _secrets(self) -> Iterator[Secret]:
        """Every secret that is set, whatever field it stands in: a new one is held to the rules."""
        yield from _secrets_in(self, "ACUERDO_")
        for key in self.previous_secret_keys:
            yield Secret(
                "ACUERDO_PREVIOUS_SECRET_KEYS", key.get_secret_value(), safety.SHORTEST_MASTER_KEY
            )
        for key_text in self.api.by_key:
            yield Secret("ACUERDO_API__KEYS", key_text)

    @property
    def base_url(self) -> str:
        """Where providers and browsers reach this installation, without a final slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def media_folder(self) -> Path:
        """Where received files are kept."""
        return self.media_dir or self.run_dir / "media"

    @property
    def anchor_file(self) -> Path:
        """Where the ledger's head is noted, one line each time."""
        if self.audit.anchor_file is not None:
            return self.audit.anchor_file
        # another database is another ledger; who connects, and how, does not matter
        server = urlsplit(self.database_url)
        of = f"{server.hostname}:{server.port}{server.path}?{server.query}"
        name = hashlib.sha256(of.encode()).hexdigest()[:12]
        return self.run_dir / "anchors" / f"{name}.log"

    @property
    def in_development(self) -> bool:
        """Whether the simulator and the demonstration data are allowed."""
        return self.env == "development"


def _secrets_in(model: BaseModel, prefix: str) -> Iterator[Secret]:
    for name, value in model:
        variable = prefix + name.upper()
        if isinstance(value, BaseModel):
            yield from _secrets_in(value, f"{variable}__")
        elif isinstance(value, SecretStr) and variable != "ACUERDO_API__KEYS":
            shortest = (
                safety.SHORTEST_MASTER_KEY
                if variable == "ACUERDO_SECRET_KEY"
                else safety.SHORTEST_SECRET
            )
            if text := value.get_secret_value():
                yield Secret(variable, text, shortest)


def database_url_for_sqlalchemy(url: str) -> str:
    """A PostgreSQL URL as SQLAlchemy wants it, with the psycopg 3 driver named."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
