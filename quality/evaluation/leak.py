"""No line of the evaluation may be known from training, not even with a letter changed.

Two texts are near-duplicates when, without case, accents, punctuation, emoji and repeated letters,
they are equal or `difflib` finds them alike by `LIMIT` or more. Only pairs of similar length that
share enough character trigrams are compared: others are not that much alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from math import ceil
from operator import or_
from pathlib import Path
from zlib import crc32

import yaml

from quality.evaluation.cases import ROOT

TRAINING = ROOT / "data" / "nlu"
LIMIT = 0.9
# A changed letter takes three trigrams with it, so texts alike by 0.9 may have lost many of them.
_LOST = 0.6
_BITS = 512
_MARKUP = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_ELONGATION = re.compile(r"(.)\1{2,}")
_NOT_A_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A line of the evaluation and the line of training it nearly is; `ratio` from 0.9 to 1."""

    text: str
    known: str
    ratio: float


def training(folder: Path = TRAINING) -> dict[str, list[str]]:
    """The training utterances of each intent, without entity markup."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in item:
                examples = item["examples"].splitlines()
                found[item["intent"]] += [
                    _MARKUP.sub(r"\1", line.removeprefix("- ").strip()) for line in examples if line
                ]
    return dict(found)


def normalised(text: str) -> str:
    """The text in small letters and digits, single spaces, no accents, no elongations."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    plain = _NOT_A_WORD.sub(" ", plain).strip()
    return _ELONGATION.sub(r"\1", plain) or text.strip()


def leaks(texts: Iterable[str], known: Iterable[str]) -> list[Leak]:
    """Every text that nearly is a known one, with the most alike of them."""
    index = _Index({normalised(text): text for text in known})
    return [leak for text in texts if (leak := index.nearest(text)) is not None]


class _Index:
    """Known texts by their length, each with a signature that tells quickly who is unlike it."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self._signed: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for plain in known:
            self._signed[len(plain)].append((signature(plain), plain))

    def nearest(self, text: str) -> Leak | None:
        plain = normalised(text)
        if plain in self._known:
            return Leak(text, self._known[plain], 1.0)
        ratio, other = max(
            ((_ratio(plain, other), other) for other in self._candidates(plain)),
            default=(0.0, ""),
        )
        return Leak(text, self._known[other], ratio) if ratio >= LIMIT else None

    def _candidates(self, plain: str) -> list[str]:
        own, length = signature(plain), len(plain)
        allowed = own.bit_count() * _LOST
        # Outside of these lengths `difflib` cannot reach the limit.
        shortest, longest = ceil(length * LIMIT / (2 - LIMIT)), int(length * (2 - LIMIT) / LIMIT)
        return [
            other
            for size in range(shortest, longest + 1)
            for known, other in self._signed.get(size, ())
            if (own & ~known).bit_count() <= allowed
        ]


def signature(plain: str) -> int:
    """One bit of many for each character trigram; two trigrams may share one."""
    padded = f" {plain} ".encode()
    return reduce(or_, (1 << crc32(padded[at : at + 3]) % _BITS for at in range(len(padded) - 2)))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIMIT else 0.0
