"""The figures are what a person would count on paper."""

import json
from datetime import date
from pathlib import Path

import pytest

from quality.evaluation import cases, confidence, entities, intents, novelty
from quality.evaluation.cases import Expression, MalformedCase, Utterance, Value
from quality.evaluation.entities import Read
from quality.evaluation.intents import Heard, Share
from quality.evaluation.report import Findings, as_json, as_text


def a_heard(meant: str, got: str, confidence: float = 0.9, second: str = "deny") -> Heard:
    return Heard(Utterance("texto", meant, "MX", "chat"), got, confidence, (got, second))


def a_read(said: list[Value], found: list[Value]) -> Read:
    day = date(2026, 11, 21)
    return Read(Expression("t", day, "America/Lima", "PE", None, tuple(said)), tuple(found))


def test_recall_and_precision_of_an_intent() -> None:
    results = [a_heard("thank", "thank"), a_heard("thank", "greet"), a_heard("greet", "greet")]

    scores = {each.intent: each for each in intents.per_intent(results)}

    assert scores["thank"].recall == Share(1, 2)
    assert scores["thank"].precision == Share(1, 1)
    assert scores["greet"].precision == Share(1, 2)
    assert intents.mean_recall(list(scores.values())) == pytest.approx(0.75)
    assert [(c.meant, c.heard, c.count) for c in intents.confusions(results)] == [
        ("thank", "greet", 1)
    ]


def test_the_range_of_a_share_is_wide_for_few_and_narrow_for_many() -> None:
    few, many = Share(9, 10).interval, Share(900, 1000).interval

    assert few == pytest.approx((0.596, 0.982), abs=0.001)
    assert many == pytest.approx((0.880, 0.917), abs=0.001)


def test_calibration_is_perfect_when_what_is_said_comes_true() -> None:
    honest = [a_heard("a", "a", 0.5), a_heard("a", "b", 0.5)]
    boastful = [a_heard("a", "a", 1.0), a_heard("a", "b", 1.0)]

    assert confidence.expected_calibration_error(confidence.calibration(honest)) == 0
    assert confidence.expected_calibration_error(confidence.calibration(boastful)) == 0.5


def test_a_higher_threshold_asks_more_and_errs_less() -> None:
    results = [
        a_heard("a", "b", 0.45, second="a"),
        a_heard("a", "a", 0.45),
        a_heard("a", "a", 0.95),
    ]

    costs = {each.threshold: each for each in confidence.trade_offs(results)}

    assert (costs[0.4].asked_again, costs[0.4].wrong) == (Share(0, 3), Share(1, 3))
    assert (costs[0.5].asked_again, costs[0.5].wrong) == (Share(2, 3), Share(0, 3))
    assert costs[0.5].needlessly_asked == Share(1, 3)
    assert costs[0.5].rescued == Share(2, 2)


def test_a_missed_and_an_invented_value_both_cost() -> None:
    five, ten = Value("amount", 5, "PEN"), Value("amount", 10)
    results = [a_read([five], [five]), a_read([ten], []), a_read([], [ten])]

    score = entities.per_kind(results)[0]

    assert (score.recall, score.precision) == (Share(1, 2), Share(1, 2))
    assert entities.whole_lines(results) == Share(1, 3)
    assert entities.empty_lines(results) == Share(0, 1)


def test_a_currency_counts_only_where_the_words_name_one() -> None:
    results = [
        a_read([Value("amount", 5, "PEN")], [Value("amount", 5, "USD")]),
        a_read([Value("amount", 7)], [Value("amount", 7, "PEN")]),
    ]

    assert entities.currencies(results) == Share(0, 1)


def test_an_amount_of_the_library_equals_the_number_written_in_the_set() -> None:
    case = Expression(
        "80 soles", date(2026, 12, 3), "America/Lima", None, None, (Value("amount", 80, "PEN"),)
    )

    assert entities.read([case])[0].right


def test_lines_unlike_any_known_one_are_counted_apart() -> None:
    near = novelty.nearness(["ya pagué", "zxqw"], ["ya pague", "hola"])
    results = [a_heard("a", "a"), a_heard("a", "b")]

    bands = novelty.by_band(results, near)

    assert (bands["0.65-1.00"], bands["0.00-0.30"]) == (Share(1, 1), Share(0, 1))


@pytest.mark.parametrize(
    "line",
    [
        "nada",
        "[]",
        '{"text": "hola"}',
        '{"text": " ", "intent": "greet", "country": "MX", "channel": "chat"}',
        '{"text": "hola", "intent": "greet", "country": "MX", "channel": "fax"}',
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(MalformedCase, match=r"some\.jsonl:1"):
        cases.utterances(file)


def test_the_page_says_first_when_its_figures_do_not_count() -> None:
    findings = Findings([a_heard("thank", "greet")], [a_read([], [])], [], ["invented"], [0.1])

    assert as_text(findings).startswith("These figures do not count")
    assert json.loads(json.dumps(as_json(findings)))["honest"] is False
