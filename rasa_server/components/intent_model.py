"""A linear intent model over words and pieces of words, calibrated, kept in plain files.

TF-IDF of words and of characters inside words, a linear support vector machine, and a softmax that
turns its scores into probabilities. How sharp the softmax is was fitted on utterances that are
neither trained on nor evaluated (docs/adr/0030), so "0.8" is right about four times in five.
Nothing here knows Rasa: the command line parses with it alone.

A trained model is a folder with `model.json` (intents, what the domain says of them, terms,
settings) and `weights.npz` (numbers only). Neither can carry code, unlike a pickle.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from rasa_server.components.intent_facts import IntentFacts
from rasa_server.components.normalise import as_it_sounds, normalise

NOT_UNDERSTOOD = "nlu_fallback"
DESCRIPTION = "model.json"
NUMBERS = "weights.npz"
_LEAST_INTENTS = 3
_LEAST_EXAMPLES = 2


@dataclass(frozen=True)
class IntentSettings:
    """What training depends on besides the examples.

    `threshold` is the probability below which a message counts as not understood; `penalty` is
    the support vector machine's C; word and character n-grams run from 1 to their maximum;
    `sharpness` is what scores are multiplied by before they become probabilities.
    """

    threshold: float = 0.35
    sharpness: float = 5.6
    penalty: float = 1.0
    word_ngrams: int = 2
    character_ngrams: int = 5
    seed: int = 20261121


@dataclass(frozen=True)
class Understood:
    """The intent of a message, and the real intents from the likeliest to the least likely.

    `intent` is `nlu_fallback` when none is likely enough; `confidence` is always that of the
    likeliest. `also` are the other intents that parts of the message surely have.
    """

    intent: str
    confidence: float
    ranking: list[tuple[str, float]]
    also: tuple[str, ...] = ()


class IntentModel:
    """A trained model; make one with `train` or `load`."""

    def __init__(
        self,
        settings: IntentSettings,
        intents: Sequence[str],
        spaces: Sequence[_Terms],
        bias: Any,
        domain_intents: Sequence[str | dict[str, Any]] = (),
    ) -> None:
        self.facts = IntentFacts.of(domain_intents)
        self._domain_intents = list(domain_intents)
        self._settings = settings
        self._intents = list(intents)
        self._spaces = list(spaces)
        self._bias = bias

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        settings: IntentSettings,
        domain_intents: Sequence[str | dict[str, Any]] = (),
    ) -> IntentModel:
        """Learns from one intent per text; the same examples always give the same model.

        `domain_intents` are the intents as they stand in the domain, with what is known of each.
        Needs at least three intents with two texts each; `ValueError` otherwise.
        """
        labels = np.asarray(intents)
        names, counts = np.unique(labels, return_counts=True)
        if len(names) < _LEAST_INTENTS or counts.min() < _LEAST_EXAMPLES:
            raise ValueError("too few intents, or too few examples of one")
        vectorizers = _vectorizers(settings)
        views = _views(texts)
        features = hstack(
            [v.fit_transform(view) for v, view in zip(vectorizers, views, strict=True)],
            format="csr",
        )
        machine = LinearSVC(C=settings.penalty, random_state=settings.seed).fit(features, labels)
        widths = np.cumsum([len(v.vocabulary_) for v in vectorizers])
        weights = np.split(machine.coef_.T, widths[:-1])
        spaces = [
            _Terms(v, [str(t) for t in v.get_feature_names_out()], v.idf_, w)
            for v, w in zip(vectorizers, weights, strict=True)
        ]
        return cls(
            settings, [str(name) for name in names], spaces, machine.intercept_, domain_intents
        )

    @property
    def threshold(self) -> float:
        """The probability below which a message counts as not understood."""
        return self._settings.threshold

    def understand(self, text: str) -> Understood:
        """Gives what the text means; one in which nothing can be compared is not understood."""
        views = _views([text])
        scores = sum(space.scores(view[0]) for space, view in zip(self._spaces, views, strict=True))
        probabilities = _softmax((scores + self._bias) * self._settings.sharpness)
        order = np.argsort(-probabilities, kind="stable")
        ranking = [(self._intents[at], float(probabilities[at])) for at in order]
        likeliest, confidence = ranking[0]
        clear = bool(views[0][0]) and confidence >= self._settings.threshold
        return Understood(likeliest if clear else NOT_UNDERSTOOD, confidence, ranking)

    def save(self, folder: Path) -> None:
        """Writes the model into an existing folder."""
        description = {
            "settings": asdict(self._settings),
            "intents": self._intents,
            "domain_intents": self._domain_intents,
            "terms": [space.terms for space in self._spaces],
        }
        (folder / DESCRIPTION).write_text(json.dumps(description), encoding="utf-8")
        numbers = {"bias": self._bias}
        for at, space in enumerate(self._spaces):
            numbers[f"idf_{at}"], numbers[f"weights_{at}"] = space.idf, space.weights
        np.savez(folder / NUMBERS, **numbers)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Reads what `save` wrote; `OSError`, `ValueError` or `KeyError` if it is not all there."""
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        settings = IntentSettings(**description["settings"])
        with np.load(folder / NUMBERS, allow_pickle=False) as numbers:
            spaces = [
                _Terms(vectorizer, terms, numbers[f"idf_{at}"], numbers[f"weights_{at}"])
                for at, (vectorizer, terms) in enumerate(
                    zip(_vectorizers(settings), description["terms"], strict=True)
                )
            ]
            return cls(
                settings,
                description["intents"],
                spaces,
                numbers["bias"],
                description["domain_intents"],
            )


class _Terms:
    """One kind of terms (words, or pieces of words) with what each counts for every intent.

    Computes what the vectorizer and the machine would, for a single text: scikit-learn spends ten
    times as long on checking a matrix of one row.
    """

    def __init__(
        self, vectorizer: TfidfVectorizer, terms: list[str], idf: Any, weights: Any
    ) -> None:
        self.terms = terms
        self.idf = np.asarray(idf, dtype=np.float32)
        self.weights = np.ascontiguousarray(weights, dtype=np.float32)  # a row per term
        self._analyse = vectorizer.build_analyzer()
        self._rows = {term: row for row, term in enumerate(terms)}

    def scores(self, text: str) -> Any:
        """Gives what the text's terms add to the score of each intent."""
        counts = Counter(self._analyse(text))
        known = [
            (row, n) for term, n in counts.items() if (row := self._rows.get(term)) is not None
        ]
        if not known:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        rows, times = np.array([row for row, _ in known]), np.array([n for _, n in known])
        values = (1.0 + np.log(times)) * self.idf[rows]
        return (values / np.linalg.norm(values)) @ self.weights[rows]


def _softmax(scores: Any) -> Any:
    """Probabilities that add up to 1."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def _views(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Gives the texts as words are compared, and as pieces of words are: by their sound."""
    words = [normalise(text) for text in texts]
    return words, [as_it_sounds(text) for text in words]


def _vectorizers(settings: IntentSettings) -> list[TfidfVectorizer]:
    common = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
    return [
        TfidfVectorizer(
            token_pattern=r"\S+",  # noqa: S106 - normalised text is made of tokens already
            ngram_range=(1, settings.word_ngrams),
            **common,
        ),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, settings.character_ngrams), **common),
    ]
