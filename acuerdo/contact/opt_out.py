"""What people have opted out of and not taken back. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from acuerdo.values.channels import Channel
from acuerdo.values.requests import Scope


class ConsentSource(StrEnum):
    """Where a consent or its withdrawal comes from."""

    PORTFOLIO = "portfolio"
    KEYWORD = "keyword"
    WORDS = "words"
    AGENT = "agent"
    DEEP_LINK = "deep_link"


class ConsentFact(Protocol):
    """One consent or withdrawal, as it was recorded."""

    @property
    def given(self) -> bool:
        """Given, or withdrawn."""
        ...

    @property
    def channel(self) -> Channel:
        """The channel on which it was said."""
        ...

    @property
    def scope(self) -> Scope:
        """How far it reaches."""
        ...

    @property
    def source(self) -> ConsentSource:
        """Who says so."""
        ...


@dataclass(frozen=True, slots=True)
class OptOuts:
    """What a person has refused and not taken back."""

    channels: frozenset[Channel] = frozenset()
    workplace: bool = False

    def cover(self, channel: Channel, *, workplace: bool) -> bool:
        """Whether an address on a channel may not be used."""
        return channel in self.channels or (workplace and self.workplace)


def opt_outs_in(facts: Iterable[ConsentFact]) -> OptOuts:
    """What stands refused after a person's consents and withdrawals, the oldest first.

    A portfolio takes nothing back: only the person does, for the channel they say it on.
    """
    channels: set[Channel] = set()
    workplace = False
    for fact in facts:
        if fact.given:
            if fact.source is not ConsentSource.PORTFOLIO:
                channels.discard(fact.channel)
        elif fact.scope is Scope.ALL:
            channels |= set(Channel)
        elif fact.scope is Scope.CHANNEL:
            channels.add(fact.channel)
        else:
            workplace = True
    return OptOuts(frozenset(channels), workplace)
