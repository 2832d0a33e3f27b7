"""Which intents the trained model hears, and how sure it is."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from quality.evaluation.cases import ROOT, Utterance

# Of the standard normal distribution: 95 % of it lies within.
_Z = 1.96


class ModelDidNotAnswer(RuntimeError):
    """The command failed or answered fewer lines than it was asked."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance with what the model made of it. `confidence` is from 0 to 1.

    `ranking` are the likeliest intents, `shares` their probabilities.
    """

    said: Utterance
    intent: str
    confidence: float
    ranking: tuple[str, ...]
    shares: tuple[float, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the model heard what the label says."""
        return self.intent == self.said.intent


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with the range a larger set of the same kind would lie in (95 %)."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """From 0 to 1; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        reach = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return middle - reach, middle + reach


@dataclass(frozen=True, slots=True)
class IntentScore:
    """How often an intent is heard when meant (recall) and meant when heard (precision)."""

    intent: str
    recall: Share
    precision: Share


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many utterances that meant one intent were heard as another."""

    meant: str
    heard: str
    count: int


def heard(cases: Sequence[Utterance]) -> list[Heard]:
    """All utterances through `acuerdo nlu parse`, at once; `ModelDidNotAnswer` if it fails."""
    lines = ({"text": case.text, "asked": case.asked} for case in cases)
    asked = "".join(json.dumps(line) + "\n" for line in lines)
    command = [sys.executable, "-m", "doors.cli", "nlu", "parse"]
    run = subprocess.run(  # noqa: S603 - our own command, no outside words in it
        command, input=asked, capture_output=True, text=True, cwd=ROOT, check=False
    )
    answers = [json.loads(line) for line in run.stdout.splitlines() if line]
    if run.returncode or len(answers) != len(cases):
        raise ModelDidNotAnswer(
            f"{len(answers)} of {len(cases)} answered, status {run.returncode}: {run.stderr[-800:]}"
        )
    return [
        Heard(
            said=case,
            intent=answer["intent"],
            confidence=answer["confidence"],
            ranking=tuple(each["intent"] for each in answer["ranking"]),
            shares=tuple(each["confidence"] for each in answer["ranking"]),
        )
        for case, answer in zip(cases, answers, strict=True)
    ]


def accuracy(results: Sequence[Heard]) -> Share:
    """How many were heard right."""
    return Share(sum(each.right for each in results), len(results))


def among_the_two_likeliest(results: Sequence[Heard]) -> Share:
    """How many would be right after asking back with the two likeliest readings as choices."""
    return Share(sum(each.said.intent in each.ranking[:2] for each in results), len(results))


def by(results: Sequence[Heard], part: Callable[[Utterance], str]) -> dict[str, Share]:
    """The accuracy of each part of the set, the largest part first."""
    parts: dict[str, list[Heard]] = defaultdict(list)
    for each in results:
        parts[part(each.said)].append(each)
    return {name: accuracy(parts[name]) for name in sorted(parts, key=lambda n: -len(parts[n]))}


def per_intent(results: Sequence[Heard]) -> list[IntentScore]:
    """The score of each intent of the set, the worst recall first."""
    meant = Counter(each.said.intent for each in results)
    answered = Counter(each.intent for each in results)
    right = Counter(each.intent for each in results if each.right)
    scores = [
        IntentScore(name, Share(right[name], meant[name]), Share(right[name], answered[name]))
        for name in meant
    ]
    return sorted(scores, key=lambda score: (score.recall.value, score.intent))


def mean_recall(scores: Sequence[IntentScore]) -> float:
    """The recall of the average intent, rare or frequent."""
    return sum(score.recall.value for score in scores) / len(scores) if scores else 0.0


def confusions(results: Sequence[Heard], most: int = 20) -> list[Confusion]:
    """The commonest pairs of meant and wrongly heard."""
    pairs = Counter((each.said.intent, each.intent) for each in results if not each.right)
    return [Confusion(meant, got, count) for (meant, got), count in pairs.most_common(most)]
