"""What the exchange knows of a call: who, how far, what was said, what is being asked."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Status = Literal[
    "queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"
]
OVER: frozenset[str] = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
ActKind = Literal["answer", "say", "press", "silence", "hang_up", "decline"]


@dataclass(frozen=True)
class Act:
    """One thing that whoever holds the telephone does; a recognition may be unsure of words."""

    kind: ActKind
    text: str = ""
    digits: str = ""
    confidence: float | None = 0.95


@dataclass(frozen=True)
class Heard:
    """One thing that was heard on the line: words, a sound, or the provider's own error voice."""

    seq: int
    kind: Literal["say", "play", "pause", "error", "bridge", "record"]
    text: str
    voice: str = ""
    language: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the control API shows it."""
        return vars(self)


@dataclass(frozen=True)
class Document:
    """One document that the product answered, with what Twilio would refuse in it."""

    url: str
    body: str
    faults: tuple[str, ...]
    took_ms: float

    def as_json(self) -> dict[str, Any]:
        """As the control API shows it."""
        return {**vars(self), "faults": list(self.faults), "took_ms": round(self.took_ms, 1)}


@dataclass(frozen=True)
class Question:
    """An open <Gather>: what the page shows, what the person may do."""

    language: str
    num_digits: int
    finish_on_key: str
    timeout_s: int


@dataclass
class Recording:
    """A recording of a call; the moments in which it ran are what matters."""

    sid: str
    status: str = "in-progress"


@dataclass
class Call:
    """One leg. `person` is the number of the human side, whoever dialled."""

    sid: str
    direction: Literal["inbound", "outbound-api", "outbound-dial"]
    person: str
    sender: str
    recipient: str
    started_at: datetime
    status: Status = "queued"
    parent: str = ""
    answered_by: str | None = None
    status_callback: str = ""
    status_events: tuple[str, ...] = ()
    machine_callback: str = ""
    heard: list[Heard] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    question: Question | None = None
    bridged_to: str = ""
    sequence: int = 0
    acts: "asyncio.Queue[Act]" = field(default_factory=asyncio.Queue)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    @property
    def is_over(self) -> bool:
        """Whether nobody is on the line any more."""
        return self.status in OVER

    @property
    def waits(self) -> bool:
        """Whether the person can act now: nothing is being said or fetched."""
        rings = self.status == "ringing" and self.direction != "inbound"
        return self.is_over or rings or self.question is not None or bool(self.bridged_to)

    def hear(self, kind: Any, text: str, voice: str = "", language: str = "") -> None:
        """Let the person hear something."""
        self.heard.append(Heard(len(self.heard) + 1, kind, text, voice, language))
        self.tell()

    def tell(self) -> None:
        """Wake whoever waits for a change."""
        self.changed.set()
        self.changed = asyncio.Event()

    def as_json(self, after: int = 0) -> dict[str, Any]:
        """As the control API shows it; what was heard after a sequence number."""
        return {
            "sid": self.sid,
            "direction": self.direction,
            "person": self.person,
            "from": self.sender,
            "to": self.recipient,
            "status": self.status,
            "answered_by": self.answered_by,
            "waits": self.waits,
            "bridged_to": self.bridged_to,
            "question": None if self.question is None else vars(self.question),
            "recordings": [vars(each) for each in self.recordings],
            "heard": [each.as_json() for each in self.heard if each.seq > after],
        }


def new_sid(kind: str = "CA") -> str:
    """A new name as Twilio gives them."""
    return kind + secrets.token_hex(16)
