"""The figures as a page of text for people and as JSON for machines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quality.evaluation import confidence, entities, intents, novelty
from quality.evaluation.debtors.run import Talked
from quality.evaluation.entities import Read
from quality.evaluation.intents import Heard, Share
from quality.evaluation.leak import Leak


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything measured in one run.

    `held_out` are the utterances that only the model's sharpness is fitted on; `answers` are
    judged after their question, `unasked` are the same without it.
    """

    utterances: Sequence[Heard]
    expressions: Sequence[Read]
    leaks: Sequence[Leak]
    unknown_intents: Sequence[str]
    nearness: Sequence[float]
    held_out: Sequence[Heard] = ()
    answers: Sequence[Heard] = ()
    unasked: Sequence[Heard] = ()
    debtors: Sequence[Talked] = ()

    @property
    def honest(self) -> bool:
        """Whether no line is known from training and every label is an intent that exists."""
        return not self.leaks and not self.unknown_intents


def as_text(findings: Findings) -> str:
    """The page that `python -m evaluation` prints."""
    parts = [_honesty(findings)]
    if findings.utterances:
        parts += [_overall(findings.utterances), _novelty(findings)]
        parts.append(_parts(findings.utterances))
        parts += [_intents(findings.utterances), _confusions(findings.utterances)]
        parts += [_calibration(findings), _thresholds(findings.utterances)]
    if findings.answers:
        parts.append(_answers(findings))
    if findings.expressions:
        parts.append(_entities(findings.expressions))
    if findings.debtors:
        parts.append(_debtors(findings.debtors))
    return "\n\n".join(parts) + "\n"


def as_json(findings: Findings) -> dict[str, Any]:
    """The same figures, and every mistake, as plain values."""
    return {
        "honest": findings.honest,
        "leaks": [{"text": e.text, "known": e.known, "ratio": e.ratio} for e in findings.leaks],
        "unknown_intents": list(findings.unknown_intents),
        "intents": _intents_json(findings.utterances),
        "by_nearness": _shares(novelty.by_band(findings.utterances, findings.nearness)),
        "answers": {
            "asked": _share(intents.accuracy(findings.answers)),
            "unasked": _share(intents.accuracy(findings.unasked)),
        },
        "entities": _entities_json(findings.expressions),
        "debtors": [
            {
                "id": each.persona.id,
                "ends_well": each.ends_well,
                "outcome": each.outcome,
                "turns": each.turns,
                "broken": list(each.broken),
                "missing": list(each.missing),
                "lines": list(each.lines),
            }
            for each in findings.debtors
        ],
    }


def _honesty(findings: Findings) -> str:
    if findings.honest:
        return "No line is known from training; every label is a known intent."
    lines = [f"UNKNOWN INTENT  {name}" for name in findings.unknown_intents]
    lines += [
        f"KNOWN FROM TRAINING {e.ratio:.2f}  {e.text!r} ~ {e.known!r}" for e in findings.leaks
    ]
    return "\n".join(["These figures do not count:", *lines])


def _overall(results: Sequence[Heard]) -> str:
    right = intents.accuracy(results)
    low, high = right.interval
    two = intents.among_the_two_likeliest(results)
    mean = intents.mean_recall(intents.per_intent(results))
    return "\n".join(
        [
            f"INTENTS  {_percent(right)} right of {right.whole} (95 %: {low:.1%} to {high:.1%})",
            f"among the two likeliest {_percent(two)}; mean recall of the intents {mean:.1%}",
        ]
    )


def _novelty(findings: Findings) -> str:
    bands = novelty.by_band(findings.utterances, findings.nearness)
    rows = [(name, _percent(share), share.whole) for name, share in bands.items()]
    return _table("BY LIKENESS TO THE NEAREST TRAINING LINE", ("", "right", "n"), rows)


def _parts(results: Sequence[Heard]) -> str:
    channels = intents.by(results, lambda said: said.channel)
    countries = intents.by(results, lambda said: said.country)
    rows = [(name, _percent(share), share.whole) for name, share in channels.items()]
    rows += [(name, _percent(share), share.whole) for name, share in countries.items()]
    return _table("BY CHANNEL AND COUNTRY", ("", "right", "n"), rows)


def _intents(results: Sequence[Heard]) -> str:
    rows = [
        (each.intent, _percent(each.recall), _percent(each.precision), each.recall.whole)
        for each in intents.per_intent(results)
    ]
    return _table("BY INTENT, THE WORST FIRST", ("", "recall", "precision", "n"), rows)


def _confusions(results: Sequence[Heard]) -> str:
    rows = [(each.meant, each.heard, each.count) for each in intents.confusions(results)]
    return _table("CONFUSIONS", ("meant", "heard as", "times"), rows)


def _calibration(findings: Findings) -> str:
    bins = confidence.calibration(findings.utterances)
    rows = [
        (f"{b.low:.1f}-{b.high:.1f}", f"{b.said:.1%}", _percent(b.right), b.right.whole)
        for b in bins
    ]
    error = confidence.expected_calibration_error(bins)
    factor = confidence.best_factor(findings.held_out)
    title = (
        f"CALIBRATION, expected error {error:.1%}; the {len(findings.held_out)} lines held out for "
        f"it would have the sharpness of config.yml times {factor:.2f}"
    )
    return _table(title, ("confidence", "says", "is right", "n"), rows)


def _answers(findings: Findings) -> str:
    alone, asked = intents.accuracy(findings.unasked), intents.accuracy(findings.answers)
    return (
        f"ANSWERS TO A QUESTION  {_percent(asked)} right of {asked.whole} after their question, "
        f"{_percent(alone)} without it"
    )


def _thresholds(results: Sequence[Heard]) -> str:
    rows = [
        (
            f"{each.threshold:.2f}",
            _percent(each.asked_again),
            _percent(each.wrong),
            _percent(each.needlessly_asked),
            _percent(each.rescued),
        )
        for each in confidence.trade_offs(results)
    ]
    head = ("threshold", "asked again", "wrong", "asked in vain", "of asked: in two")
    return _table("THRESHOLD", head, rows)


def _entities(results: Sequence[Read]) -> str:
    rows = [
        (each.kind, _percent(each.recall), _percent(each.precision), each.recall.whole)
        for each in entities.per_kind(results)
    ]
    whole, empty = entities.whole_lines(results), entities.empty_lines(results)
    currency = entities.currencies(results)
    title = (
        f"ENTITIES  {_percent(whole)} of {whole.whole} lines exactly right\n"
        f"nothing found where nothing is: {_percent(empty)} of {empty.whole}; "
        f"currency right: {_percent(currency)} of {currency.whole}"
    )
    return _table(title, ("", "recall", "precision", "n"), rows)


def _debtors(talks: Sequence[Talked]) -> str:
    well = Share(sum(each.ends_well for each in talks), len(talks))
    broken = sum(len(each.broken) for each in talks)
    turns = sorted(each.turns for each in talks)
    told = [message for each in talks for message in each.told]
    long = Share(sum(message.is_long for message in told), len(told))
    rows = [
        (
            each.persona.id,
            "well" if each.ends_well else "WRONG",
            each.outcome,
            each.turns,
            "; ".join((*each.missing, *each.broken)),
        )
        for each in talks
    ]
    title = (
        f"SIMULATED DEBTORS  {well.part} of {well.whole} end well, {broken} rules broken; "
        f"turns: median {turns[len(turns) // 2]}, most {turns[-1]}; "
        f"messages over 320 characters: {_percent(long)} of {long.whole}"
    )
    return _table(title, ("", "ends", "outcome", "turns", "what is wrong"), rows)


def _intents_json(results: Sequence[Heard]) -> dict[str, Any]:
    bins = confidence.calibration(results)
    scores = intents.per_intent(results)
    return {
        "accuracy": _share(intents.accuracy(results)),
        "among_the_two_likeliest": _share(intents.among_the_two_likeliest(results)),
        "mean_recall": intents.mean_recall(scores),
        "by_channel": _shares(intents.by(results, lambda said: said.channel)),
        "by_country": _shares(intents.by(results, lambda said: said.country)),
        "by_intent": {
            each.intent: {"recall": _share(each.recall), "precision": _share(each.precision)}
            for each in scores
        },
        "confusions": [
            {"meant": each.meant, "heard": each.heard, "count": each.count}
            for each in intents.confusions(results)
        ],
        "expected_calibration_error": confidence.expected_calibration_error(bins),
        "calibration": [
            {"low": b.low, "high": b.high, "says": b.said, "right": _share(b.right)} for b in bins
        ],
        "thresholds": [
            {
                "threshold": each.threshold,
                "asked_again": each.asked_again.value,
                "wrong": each.wrong.value,
                "needlessly_asked": each.needlessly_asked.value,
                "rescued_of_asked": each.rescued.value,
            }
            for each in confidence.trade_offs(results)
        ],
        "mistakes": [
            {
                "text": each.said.text,
                "meant": each.said.intent,
                "heard": each.intent,
                "confidence": each.confidence,
                "country": each.said.country,
                "channel": each.said.channel,
            }
            for each in results
            if not each.right
        ],
    }


def _entities_json(results: Sequence[Read]) -> dict[str, Any]:
    return {
        "whole_lines": _share(entities.whole_lines(results)),
        "empty_lines": _share(entities.empty_lines(results)),
        "currencies": _share(entities.currencies(results)),
        "by_kind": {
            each.kind: {"recall": _share(each.recall), "precision": _share(each.precision)}
            for each in entities.per_kind(results)
        },
        "mistakes": [
            {
                "text": each.said.text,
                "today": each.said.today.isoformat(),
                "missed": sorted(each.missed, key=str),
                "invented": sorted(each.invented, key=str),
            }
            for each in results
            if not each.right
        ],
    }


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"part": share.part, "whole": share.whole, "value": share.value, "95%": [low, high]}


def _shares(shares: dict[str, Share]) -> dict[str, Any]:
    return {name: _share(share) for name, share in shares.items()}


def _percent(share: Share) -> str:
    return f"{share.value:.1%}" if share.whole else "-"


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    cells = [head, *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([title, *lines])
