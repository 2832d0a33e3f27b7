"""One persona's conversation through the simulator's doors."""

import re
import time
from dataclasses import dataclass, field
from typing import Final

from quality.evaluation.debtors.persona import Persona, Voice
from quality.evaluation.debtors.rules import Told
from quality.phone import Heard, Phone

MOST_TURNS: Final = 18
_PATIENCE_SECONDS: Final = 12
_LOOK_SECONDS: Final = 4
# What a person sees that they are asked, by the words of the last question in a message.
_QUESTIONS: Final = {
    "name": r"¿Hablo con|¿Es usted|¿Usted es",
    "who": r"¿Conoce a|¿Sabe quién es",
    "proof": r"últimos 4 dígitos",
    "birth": r"fecha de nacimiento",
    "debt": r"¿De cuál hablamos|¿Cuál de esas cuentas",
    "amount": r"¿Qué monto|¿Cuánto le anoto|solo la cantidad|¿Cuánto podría pagar|¿Qué cantidad",
    "which": r"¿quiso decir|¿Cuál de los dos|Para no equivocarme: ¿es",
    "day": r"¿Qué día lo pagaría|¿Para qué fecha|Dígame solo el día",
    "confirm": r"¿Lo confirmo\?|¿Le anoto entonces|¿Está de acuerdo\?",
    "change": r"¿qué cambiamos|¿Qué prefiere cambiar",
    "choice": r"¿Cuál le acomoda\?|¿Con cuál se queda|el número de la opción",
    "day_paid": r"¿Qué día hizo el pago|¿Recuerda qué día pagó",
    "sum_paid": r"¿Cuánto pagó\?|¿De cuánto fue el pago",
    "photo": r"foto del comprobante|el comprobante\? Una foto",
    "reason": r"¿Qué es lo que no está bien|¿qué parte no reconoce",
    "hour": r"¿Qué día y a qué hora|¿Cuándo le busco|¿Cuándo se le encuentra",
    "meant": r"¿Se refiere a alguna|¿qué quiso decir\?",
    "again": r"¿Me lo dice|¿Es algo de esto",
}


@dataclass
class Talk:
    """A conversation in progress, on the phone of one persona."""

    persona: Persona
    voice: Voice
    phone: Phone
    last4: str
    told: list[Told] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _proven: bool = False
    _wanted: bool = False

    @property
    def turns(self) -> int:
        """How often the persona said something."""
        return sum(1 for line in self.lines if line.startswith("->"))

    def hold(self) -> None:
        """Talk until the persona is done, nobody answers any more, or it goes on for too long."""
        words: str | None = self.voice.word("opens", last4=self.last4)
        while words is not None and self.turns < MOST_TURNS:
            self._say(words)
            heard = self._hear()
            if heard is None:
                return
            text = heard.text
            self.told.append(Told(text, heard.titles, words, self._proven, _asked(text)))
            self.lines.append(f"<- {self.told[-1].shown}")
            words = self._next(self.told[-1])

    def _next(self, told: Told) -> str | None:
        asked = told.asked
        if asked is not None and self.voice.knows(asked):
            return self._answer(asked, told)
        if asked == "meant":
            return self._meant(told)
        if not self._wanted and asked not in ("name", "proof", "birth"):
            self._wanted = True
            return self.voice.word("wants")
        if asked is not None and self.voice.knows("insists"):
            return self.voice.word("insists")
        return self.voice.once("asides") or self.voice.once("bye")

    def _answer(self, asked: str, told: Told) -> str:
        words = self.voice.word(asked, last4=self.last4)
        if asked == "proof" and self.last4 in words:
            self._proven = True
        return words

    def _meant(self, told: Told) -> str:
        """The reading that fits what they want, where it is offered; else in other words."""
        for title in self.persona.says.get("means", ()):
            if title.strip("[]") in told.titles:
                return title
        return self.voice.word("insists" if self.voice.knows("insists") else "wants")

    def _say(self, words: str) -> None:
        press = re.fullmatch(r"\[(.+)\]", words)
        last = self.told[-1] if self.told else None
        self.lines.append(f"-> {words}")
        if press is not None and last is not None and press.group(1) in last.titles:
            self.phone.act("press", title=press.group(1))
        else:
            self.phone.writes(words if press is None else press.group(1))

    def _hear(self) -> Heard | None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            heard = self.phone.awaits(_LOOK_SECONDS)
            if heard is not None:
                return heard
            if self._is_with_people():
                return None
        return None

    def _is_with_people(self) -> bool:
        """Whether the last message said that a person goes on."""
        return (
            bool(self.told)
            and re.search(
                r"persona (?:del equipo|especializada)|no le volveremos", self.told[-1].text
            )
            is not None
        )


def _asked(text: str) -> str | None:
    """The question that stands last in a message."""
    places = {
        name: [match.start() for match in re.finditer(pattern, text)]
        for name, pattern in _QUESTIONS.items()
    }
    asked = {name: max(at) for name, at in places.items() if at}
    return max(asked, key=asked.__getitem__) if asked else None
