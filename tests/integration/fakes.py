"""What stands outside the core: an engine, channels and a gateway that do as they are told."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.ports import Button, Lookup, OutboundCall, OutboundMessage, Sent, Voicemail
from acuerdo.conversations.ports import EngineAnswer, EngineReply, Scalar
from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import CreatedLink, GatewayEvent, PaymentState
from acuerdo.platform.announcements import changed_in
from acuerdo.platform.errors import GatewayEventForged
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money
from tests.clock import FixedClock
from tests.integration.killing import Fate


def _step(fate: Fate | None) -> None:
    if fate is not None:
        fate.step()


@dataclass(frozen=True)
class Asked:
    """One call of the engine."""

    conversation: UUID
    turn: UUID
    text: str | None
    intent: str | None
    facts: Mapping[str, Scalar]


class FakeEngine:
    """Answers as scripted; a turn it has answered is answered again from memory.

    `carried_out` counts how often each turn had an effect, which is never more than once if the
    caller keeps to the contract. `during` runs inside a turn, as actions do.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.carried_out: Counter[UUID] = Counter()
        self.replies: tuple[EngineReply, ...] = (EngineReply("Hola, ¿en qué le ayudo?"),)
        self.failure: Exception | None = None
        self.during: Callable[[Asked], Awaitable[None]] | None = None
        self.fate: Fate | None = None
        self._memory: dict[UUID, EngineAnswer] = {}

    def says(self, *texts: str, buttons: tuple[Button, ...] = ()) -> None:
        """What it answers from now on; buttons under the last text."""
        plain = [EngineReply(text) for text in texts[:-1]]
        self.replies = (*plain, EngineReply(texts[-1], buttons))

    async def send(
        self,
        *,
        conversation: UUID,
        turn: UUID,
        text: str | None,
        intent: str | None,
        medium: str,
        facts: Mapping[str, Scalar],
    ) -> EngineAnswer:
        asked = Asked(conversation, turn, text, intent, facts)
        self.asked.append(asked)
        _step(self.fate)
        if self.failure is not None:
            raise self.failure
        if turn not in self._memory:
            if self.during is not None:
                await self.during(asked)
            self.carried_out[turn] += 1
            self._memory[turn] = EngineAnswer(self.replies, intent or "greet", 0.9)
        _step(self.fate)
        return self._memory[turn]

    async def ready(self) -> bool:
        return self.failure is None

    async def close(self) -> None:
        """Nothing to give back."""


@dataclass
class FakeChannel:
    """Takes messages, fails as it is told, and remembers what reached the person.

    `failures` are raised one for each call of `send`; those in `after` when the message has
    reached the person all the same. `answers` tells whether it can be asked what it has sent; with
    a `clock` it remembers when that was.
    """

    channel: Channel = Channel.WHATSAPP
    answers: bool = True
    sent: list[OutboundMessage] = field(default_factory=list)
    ids: dict[str, OutboundMessage] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    look_up_failures: list[Exception] = field(default_factory=list)
    looked_up: int = 0
    acknowledged: list[str] = field(default_factory=list)
    fate: Fate | None = None
    clock: FixedClock | None = None
    sent_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """What the person has read."""
        return [message.text for message in self.sent]

    async def send(self, message: OutboundMessage) -> Sent:
        _step(self.fate)
        if self.failures:
            raise self.failures.pop(0)
        provider_id = f"{self.channel.value}-{len(self.ids) + 1}"
        self.sent.append(message)
        self.ids[provider_id] = message
        if self.clock is not None:
            self.sent_at[provider_id] = self.clock.now()
        if self.after:
            raise self.after.pop(0)
        _step(self.fate)
        return Sent(provider_id)

    async def look_up(
        self, message: OutboundMessage, *, since: datetime, known: frozenset[str]
    ) -> Lookup:
        """What a provider can tell that knows addresses and texts and not our ids."""
        self.looked_up += 1
        _step(self.fate)
        if self.look_up_failures:
            raise self.look_up_failures.pop(0)
        if not self.answers:
            return Lookup(None, certain=False)
        for provider_id, sent in self.ids.items():
            if provider_id in self.sent_at and self.sent_at[provider_id] < since:
                continue
            same = sent.address == message.address and sent.text == message.text
            if same and provider_id not in known:
                return Lookup(Sent(provider_id))
        return Lookup(None)

    async def acknowledge(self, token: str) -> None:
        self.acknowledged.append(token)

    async def fetch_media(self, reference: str, *, max_bytes: int) -> tuple[bytes, str]:
        return b"a file", "image/jpeg"

    async def close(self) -> None:
        """Nothing to give back."""


@dataclass
class FakeTelephone:
    """Dials, fails as it is told, and remembers what it was asked for.

    `failures` are raised one for each call that is placed; those in `after` once it rings;
    `disobeys` are raised by what concerns a call that goes on.
    """

    number: str = "+5115550000"
    placed: list[OutboundCall] = field(default_factory=list)
    messages: list[Voicemail] = field(default_factory=list)
    hung_up: list[str] = field(default_factory=list)
    recorded: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    disobeys: list[Exception] = field(default_factory=list)
    fate: Fate | None = None

    async def place(self, call: OutboundCall) -> str:
        _step(self.fate)
        if self.failures:
            raise self.failures.pop(0)
        self.placed.append(call)
        if self.after:
            raise self.after.pop(0)
        _step(self.fate)
        return f"CA{len(self.placed)}"

    async def leave_message(self, voicemail: Voicemail) -> None:
        self._obey()
        self.messages.append(voicemail)
        _step(self.fate)

    async def hang_up(self, provider_id: str) -> None:
        self._obey()
        self.hung_up.append(provider_id)
        _step(self.fate)

    async def record(self, provider_id: str) -> None:
        self._obey()
        self.recorded.append((provider_id, "on"))

    async def pause_recording(self, provider_id: str, *, paused: bool) -> None:
        self._obey()
        self.recorded.append((provider_id, "paused" if paused else "on"))

    def _obey(self) -> None:
        _step(self.fate)
        if self.disobeys:
            raise self.disobeys.pop(0)

    async def close(self) -> None:
        """Nothing to give back."""


class FakeGateway:
    """Makes links and remembers them by their reference."""

    name = "sandbox"

    def __init__(self) -> None:
        self.made: dict[UUID, Money] = {}
        self.calls = 0
        self.reads = True
        self.failure: Exception | None = None

    async def create_link(self, reference: UUID, amount: Money, description: str) -> CreatedLink:
        self.calls += 1
        if self.failure is not None:
            raise self.failure
        self.made[reference] = amount
        return CreatedLink(f"link-{reference}", f"https://pay.example/{reference}", None)

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        if headers.get("signed") != "yes":
            raise GatewayEventForged

    def parse(self, body: bytes) -> GatewayEvent | Stray:
        """An event as `posted` writes it."""
        if not self.reads:
            return Stray("not_as_described")
        try:
            said = json.loads(body)
            amount = Money.of(said["amount"], said["currency"])
        except (ValueError, KeyError, TypeError):
            return Stray("not_as_described")
        return GatewayEvent(
            self.name,
            said["event_id"],
            said["payment_id"],
            said["movement_id"],
            said["reference"],
            amount,
            datetime.fromisoformat(said["moved_at"]),
            PaymentState(said["state"]),
        )

    def posted(self, news: GatewayEvent) -> bytes:
        """The body that says an event."""
        said = asdict(news) | {
            "amount": news.amount.plain(),
            "currency": news.amount.currency,
            "moved_at": news.moved_at.isoformat(),
        }
        return json.dumps(said).encode()

    async def close(self) -> None:
        """Nothing to give back."""


class FakeAnnouncements:
    """Remembers which conversations were said to have changed."""

    def __init__(self) -> None:
        self.announced: list[UUID] = []

    async def publish(self, session: AsyncSession) -> None:
        self.announced.extend(changed_in(session))

    async def close(self) -> None:
        """Nothing to give back."""
