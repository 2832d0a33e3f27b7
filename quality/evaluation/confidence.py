"""Whether the model's confidence can be believed, and where to set the threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from quality.evaluation.intents import Heard, Share

_BINS = 10
_FACTORS = tuple(step / 20 for step in range(6, 61))
# An intent that is not among the five likeliest has at most this probability.
_UNLIKELY = 1e-4
_THRESHOLDS = (0.0, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is at least `low` and below `high`."""

    low: float
    high: float
    said: float
    right: Share


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What a threshold costs, as shares of all utterances.

    `asked_again` lie below it, `wrong` lie above it and are wrong, `needlessly_asked` lie below it
    though they are right, and `rescued` are those asked again whose intent is one of the two
    likeliest, which the assistant offers as choices.
    """

    threshold: float
    asked_again: Share
    wrong: Share
    needlessly_asked: Share
    rescued: Share


def calibration(results: Sequence[Heard]) -> list[Bin]:
    """What the model says and how often it is right, by tenths of confidence; none empty."""
    bins = []
    for number in range(_BINS):
        inside = [each for each in results if _bin(each.confidence) == number]
        if inside:
            said = sum(each.confidence for each in inside) / len(inside)
            right = Share(sum(each.right for each in inside), len(inside))
            bins.append(Bin(number / _BINS, (number + 1) / _BINS, said, right))
    return bins


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance between what is said and what is right, weighted by the bins' sizes."""
    total = sum(each.right.whole for each in bins)
    return sum(abs(b.said - b.right.value) * b.right.whole for b in bins) / total if total else 0.0


def best_factor(results: Sequence[Heard]) -> float:
    """What the model's `sharpness` should be multiplied by for these utterances (0.3 to 3).

    The factor under which the labels are likeliest. Results without probabilities are left out.
    """
    known = [each for each in results if each.shares]
    return min(_FACTORS, key=lambda factor: sum(_surprise(each, factor) for each in known))


def _surprise(heard: Heard, factor: float) -> float:
    shares = dict(zip(heard.ranking, heard.shares, strict=True))
    powers = {name: max(share, _UNLIKELY) ** factor for name, share in shares.items()}
    meant = powers.get(heard.said.intent, _UNLIKELY**factor)
    return -log(meant / sum(powers.values()))


def trade_offs(results: Sequence[Heard]) -> list[TradeOff]:
    """The cost of each threshold, the lowest first."""
    return [_trade_off(results, threshold) for threshold in _THRESHOLDS]


def _trade_off(results: Sequence[Heard], threshold: float) -> TradeOff:
    below = [each for each in results if each.confidence < threshold]
    wrong = sum(not each.right for each in results if each.confidence >= threshold)
    rescued = sum(each.said.intent in each.ranking[:2] for each in below)
    return TradeOff(
        threshold=threshold,
        asked_again=Share(len(below), len(results)),
        wrong=Share(wrong, len(results)),
        needlessly_asked=Share(sum(each.right for each in below), len(results)),
        rescued=Share(rescued, len(below)),
    )


def _bin(confidence: float) -> int:
    return min(int(confidence * _BINS), _BINS - 1)
