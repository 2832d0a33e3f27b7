"""What may go wrong on purpose between the product and its providers."""

from dataclasses import dataclass, field
from typing import Literal

from simulator.chats import Channel

SendOutcome = Literal["refuse", "undelivered", "drop", "lose"]


@dataclass
class SendFault:
    """What happens to the next `times` sends on a channel (None: on any).

    refuse: answered with `http_status`, provider `code` and `message`, nothing is stored.
    undelivered: accepted, then reported as failed with `code`.
    drop: stored and delivered, but the connection breaks before the answer is complete.
    lose: the connection breaks and nothing is stored.
    """

    outcome: SendOutcome
    times: int = 1
    channel: Channel | None = None
    http_status: int = 503
    code: int = 20500
    message: str = "Internal Server Error"
    retry_after_s: int = 1


@dataclass
class Faults:
    """Everything that is switched on now. Durations in milliseconds.

    `webhook_copies` posts each webhook so many times at once; with `shuffle_window_ms` webhooks
    are collected that long and then posted in random order; `hold_webhooks` keeps them until
    they are released; `status_order` "reversed" reports read before sent.
    """

    sends: list[SendFault] = field(default_factory=list)
    send_delay_ms: int = 0
    webhook_copies: int = 1
    shuffle_window_ms: int = 0
    hold_webhooks: bool = False
    status_order: Literal["normal", "reversed"] = "normal"

    def take(self, channel: Channel) -> SendFault | None:
        """The fault for a send that is happening now, if any; it counts as used."""
        for fault in self.sends:
            if fault.channel in (None, channel):
                fault.times -= 1
                if fault.times <= 0:
                    self.sends.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Switch everything off."""
        self.__dict__.update(vars(Faults()))


@dataclass
class Pace:
    """The rhythm of the providers. Durations in milliseconds.

    `statuses` are reported for each message sent over Twilio, each after `status_delay_ms`;
    `retry_delay_ms` doubles with every attempt.
    """

    statuses: tuple[str, ...]
    status_delay_ms: int
    retry_delay_ms: int
