"""Who a simulated debtor is, read from `evaluation/personas`."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

_FOLDER: Final = Path(__file__).resolve().parent.parent / "personas"
_NEIGHBOURS: Final = {
    "a": "s",
    "e": "r",
    "i": "u",
    "o": "i",
    "n": "m",
    "s": "a",
    "t": "y",
    "r": "t",
}
_SOUNDS_LIKE: Final = (("qu", "k"), ("v", "b"), ("z", "s"), ("ll", "y"), ("h", ""))
_LEAST_LETTERS: Final = 4


@dataclass(frozen=True)
class Persona:
    """One person as data.

    `says` gives the wordings by need: `opens`, `wants` and `insists`, `asides` (said once each when
    nothing was asked), and the answers by the question's name (`name`, `proof`, `amount`...). A
    wording in brackets presses the button of that title. `ends` are the outcomes that are right;
    `records` what must stand in the file at the end (counts, `amount`, `weekday` from 0);
    `proves` whether they are the debtor.
    """

    id: str
    country: str
    name: str
    proves: bool
    debts: tuple[dict[str, Any], ...]
    policy: dict[str, Any]
    habits: tuple[str, ...]
    says: dict[str, list[str]]
    ends: tuple[str, ...]
    records: dict[str, Any]


def personas() -> list[Persona]:
    """All of them, in the order of their ids; KeyError where one lacks what it needs."""
    usual = yaml.safe_load((_FOLDER / "usual.yml").read_text("utf-8"))
    people = yaml.safe_load((_FOLDER / "people.yml").read_text("utf-8"))
    return sorted((_read(each, usual) for each in people), key=lambda persona: persona.id)


def _read(about: dict[str, Any], usual: dict[str, Any]) -> Persona:
    of_country = usual["countries"][about["country"]]
    return Persona(
        id=about["id"],
        country=about["country"],
        name=about["name"],
        proves=about.get("proves", True),
        debts=tuple(about.get("debts") or [about.get("debt") or of_country]),
        policy=_policy(of_country) | about.get("policy", {}),
        habits=tuple(about.get("habits", ())),
        says=usual["says"] | about["says"],
        ends=tuple(about["ends"]),
        records=about.get("records", {}),
    )


def _policy(of_country: dict[str, str]) -> dict[str, Any]:
    """What the creditors of a country allow: no discount, ten days, six instalments."""
    return {
        "verification": {"factors": ["document_last4"], "max_attempts": 3},
        "promise": {"max_days": 10, "min_amount": of_country["promise"], "max_open": 1},
        "plan": {
            "max_instalments": 6,
            "min_instalment": of_country["instalment"],
            "frequencies": ["weekly", "fortnightly", "monthly"],
            "min_down_payment_percent": 0,
            "max_first_payment_days": 15,
        },
        "settlement": {"max_discount_percent": 0, "valid_days": 5},
    }


@dataclass
class Voice:
    """How a persona words things: every wording once before one comes again, in their spelling."""

    persona: Persona
    seed: int
    _left: dict[str, list[str]] = field(default_factory=dict)
    _said: dict[str, int] = field(default_factory=dict)
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(f"{self.seed}/{self.persona.id}")  # noqa: S311 - no secret

    def knows(self, need: str) -> bool:
        """Whether the persona has something to say for a need."""
        return bool(self.persona.says.get(need))

    def once(self, need: str) -> str | None:
        """The next wording of what is said once each, in the order it stands; None after all."""
        said = self._said.get(need, 0)
        wordings = self.persona.says.get(need, [])
        self._said[need] = said + 1
        return self._spelt(wordings[said]) if said < len(wordings) else None

    def word(self, need: str, **values: str) -> str:
        """The next wording for a need, spelt as they spell."""
        if not self._left.get(need):
            wordings = list(self.persona.says[need])
            self._random.shuffle(wordings)
            self._left[need] = wordings
        wording = self._left[need].pop()
        if wording.startswith("["):
            return wording
        spelt = wording if "{" in wording else self._spelt(wording)
        return spelt.format(**values)

    def _spelt(self, text: str) -> str:
        for habit in self.persona.habits:
            text = _HABITS[habit](text, self._random)
        return text


def _typos(text: str, draw: random.Random) -> str:
    return " ".join(_mistyped(text.split(" "), draw))


def _mistyped(words: list[str], draw: random.Random) -> Iterator[str]:
    for word in words:
        slip = word.isalpha() and len(word) > _LEAST_LETTERS and draw.random() < 0.12
        at = draw.randrange(1, len(word) - 1) if slip else 0
        kind = draw.choice(("drop", "swap", "near"))
        if not slip:
            yield word
        elif kind == "drop":
            yield word[:at] + word[at + 1 :]
        elif kind == "swap":
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            yield word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]


def _plain(text: str, _: random.Random) -> str:
    spread = unicodedata.normalize("NFD", text)
    return "".join(each for each in spread if not unicodedata.combining(each)).lower()


def _shouted(text: str, draw: random.Random) -> str:
    return text.upper() + "!" * draw.randint(0, 3)


def _spoken(text: str, draw: random.Random) -> str:
    bare = "".join(" " if each in ".,;:!?¿¡" else each for each in text).lower()
    filler = draw.choice(("este ", "pues ", "mire ", "eh ", ""))
    return " ".join((filler + bare).split())


def _by_ear(text: str, draw: random.Random) -> str:
    for written, heard in _SOUNDS_LIKE:
        if draw.random() < 0.4:
            text = text.replace(written, heard)
    return text


def _with_emoji(text: str, draw: random.Random) -> str:
    return f"{text} {draw.choice(('🙏', '😅', '😔', '👍', '🙂'))}" if draw.random() < 0.5 else text


_HABITS: Final = {
    "typos": _typos,
    "no accents": _plain,
    "shouts": _shouted,
    "speaks": _spoken,
    "by ear": _by_ear,
    "emoji": _with_emoji,
}
