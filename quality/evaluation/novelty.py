"""How far an utterance is from everything the model was trained on.

People who write evaluation and training think of the same sentences. What a model makes of the
lines least like any known one says more about tomorrow's debtors than the average does.
"""

from collections.abc import Iterable, Sequence

from quality.evaluation.intents import Heard, Share, accuracy
from quality.evaluation.leak import normalised, signature

# Shares of trigrams in common with the nearest training line; each band starts where one ends.
BANDS = ((0.0, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.65), (0.65, 1.01))


def nearness(texts: Iterable[str], known: Iterable[str]) -> list[float]:
    """For each text, the trigrams it shares with its nearest known text (Jaccard, from 0 to 1)."""
    signed = {signature(normalised(text)) for text in known}
    sized = [(each, each.bit_count()) for each in signed]
    return [_nearest(signature(normalised(text)), sized) for text in texts]


def by_band(results: Sequence[Heard], near: Sequence[float]) -> dict[str, Share]:
    """The accuracy of each band of nearness, the most novel first."""
    return {
        f"{low:.2f}-{min(high, 1.0):.2f}": accuracy(
            [each for each, value in zip(results, near, strict=True) if low <= value < high]
        )
        for low, high in BANDS
    }


def _nearest(own: int, sized: Sequence[tuple[int, int]]) -> float:
    size = own.bit_count()
    best = 0.0
    for other, others in sized:
        shared = (own & other).bit_count()
        if shared > best * (size + others - shared):
            best = shared / (size + others - shared)
    return best
