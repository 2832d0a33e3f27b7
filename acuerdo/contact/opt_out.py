"""How people say that they want silence: the words that need no engine, and how far they reach.

Pure. One word inside a sentence is never taken for a keyword: that is for the classifier.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from acuerdo.language.spelling import fold
from acuerdo.values.channels import Channel


class Scope(StrEnum):
    """How far a refusal reaches: this channel, every channel, or the person's workplace."""

    CHANNEL = "channel"
    ALL = "all"
    WORKPLACE = "workplace"


class ConsentSource(StrEnum):
    """Where a consent or its withdrawal comes from."""

    PORTFOLIO = "portfolio"
    KEYWORD = "keyword"
    WORDS = "words"
    AGENT = "agent"
    DEEP_LINK = "deep_link"


# What carriers and chat programs have taught people to write, whole.
_KEYWORDS: Final = frozenset(
    (
        *("baja", "alto", "stop", "stopall", "unsubscribe", "basta", "la baja", "de baja"),
        *("dar de baja", "darme de baja", "dame de baja", "deme de baja", "denme de baja"),
        *("quiero darme de baja", "quiero la baja", "quiero baja", "pido la baja", "dar baja"),
        *("solicito la baja", "solicito baja", "baja total", "baja inmediata"),
        *("no contactar", "no molestar", "no mas mensajes", "cancelar suscripcion"),
    )
)
# Who is in the middle of something says so to leave it, and many say it for paying.
_ALSO_CANCELS: Final = frozenset(("cancelar", "cancel", "cancelar mensajes"))
_POLITE: Final = frozenset(
    ("por", "favor", "porfavor", "porfa", "porfis", "gracias", "ya", "pls", "please", "hola")
)
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9ñ]+")
_EVERYWHERE: Final = re.compile(
    r"\b(ningun\w* (medio|lado|canal|forma|manera|via|parte|numero|telefono)"
    r"|por (todos los medios|ninguna parte)|en ningun\w*|de ninguna (forma|manera)"
    r"|todos (los|mis) (medios|canales|numeros|telefonos)|baja total"
    r"|ni (por )?(llam|telef|whats|wasap|wsp|mensaj|corre|mail|email|sms|texto))"
)
_WORKPLACE: Final = re.compile(
    r"\b(trabajo|oficina|laburo|chamba|pega|empresa|negocio|centro laboral|mi jefe)\b"
)
_HERE: Final = re.compile(r"\b(est[ea] (es|numero|telefono|celular|linea)|aqui|aca)\b")


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


def is_opt_out(text: str, *, in_dialogue: bool) -> bool:
    """Whether a whole message is one of the known words for silence.

    `in_dialogue`: we have just answered this person; then "cancelar" is left to the classifier.
    """
    said = " ".join(word for word in _words(text) if word not in _POLITE)
    return said in _KEYWORDS or (said in _ALSO_CANCELS and not in_dialogue)


def scope_of(text: str) -> Scope:
    """How far a refusal reaches by its words; this channel where they do not say."""
    said = " ".join(_words(text))
    if _EVERYWHERE.search(said):
        return Scope.ALL
    return Scope.WORKPLACE if _WORKPLACE.search(said) else Scope.CHANNEL


def means_this_address(text: str) -> bool:
    """Whether somebody says that the address they write from is their workplace."""
    return _HERE.search(" ".join(_words(text))) is not None


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


def _words(text: str) -> list[str]:
    return _NOT_A_LETTER.sub(" ", fold(text)[0]).split()
