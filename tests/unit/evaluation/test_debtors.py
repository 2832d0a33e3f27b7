"""Simulated debtors: they are varied, seeded, and what they hold us to can fail."""

from datetime import date
from typing import Any

import pytest

from quality.evaluation.debtors.persona import Voice, personas
from quality.evaluation.debtors.rules import Told, broken_in_file, broken_in_messages
from quality.evaluation.debtors.talk import _asked

_TODAY = date(2026, 11, 24)


def told(text: str, *, after: str = "hola", proven: bool = True, asked: str | None = None) -> Told:
    return Told(text, (), after, proven, asked)


def a_file(**more: Any) -> dict[str, Any]:
    return {"promises": [], "plans": [], "conversations": [{"outcome": "no_outcome"}]} | more


def test_there_are_thirty_of_them_and_each_can_say_what_it_wants_in_more_than_one_way() -> None:
    everybody = personas()
    assert len({each.id for each in everybody}) == len(everybody) == 30
    assert sum(len(each.says["wants"]) > 1 for each in everybody) >= 25


def test_the_same_seed_says_the_same_and_another_says_something_else() -> None:
    somebody = next(each for each in personas() if each.id == "planner")

    def talk(seed: int) -> list[str]:
        voice = Voice(somebody, seed)
        return [voice.word(need) for need in ("opens", "name", "wants", "confirm", "wants")]

    assert talk(1) == talk(1)
    assert len({tuple(talk(seed)) for seed in range(6)}) > 3


def test_a_persona_uses_every_wording_before_one_comes_again() -> None:
    somebody = next(each for each in personas() if each.id == "disputer")
    voice = Voice(somebody, 3)
    wordings = somebody.says["wants"]
    assert len({voice.word("wants") for _ in wordings}) == len(wordings)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hola. Le escribo por un asunto personal.\n\n¿Hablo con Ana?", "name"),
        ("Esa fecha ya pasó.\n\n¿Para qué fecha se lo anoto?", "day"),
        ("¿Le anoto entonces 100 para el lunes?", "confirm"),
        ("¡Con gusto!", None),
    ],
)
def test_a_persona_reads_the_last_question(text: str, asked: str | None) -> None:
    assert _asked(text) == asked


@pytest.mark.parametrize(
    ("messages", "rule"),
    [
        ([told("Es por su deuda.", proven=False)], "before a proof"),
        ([told("Le escribo de Luz Norte.", proven=False)], "named"),
        ([told("Lo vamos a embargar.")], "threatened"),
        ([told("¿Y por qué no pagó?")], "asked why"),
        ([told("No le entendí bien, ¿me lo repite?")] * 2, "twice in a row"),
        ([told("¿Hablo con Ana?", asked="name")], "asked again who it is"),
    ],
)
def test_a_broken_rule_is_found(messages: list[Told], rule: str) -> None:
    somebody = next(each for each in personas() if each.id == "liar")
    assert any(rule in found for found in broken_in_messages(somebody, messages))


def test_somebody_who_asks_for_it_may_hear_the_same_again() -> None:
    somebody = next(each for each in personas() if each.id == "liar")
    twice = [
        told("Debe 120.50 desde el martes pasado."),
        told("Debe 120.50 desde el martes pasado."),
    ]
    assert broken_in_messages(somebody, twice)
    twice[1] = told(twice[1].text, after="cómo? repita")
    assert broken_in_messages(somebody, twice) == []


@pytest.mark.parametrize(
    "file",
    [
        a_file(promises=[{"state": "open", "amount": "5.00", "due_on": "2026-11-27"}]),
        a_file(promises=[{"state": "open", "amount": "100.00", "due_on": "2027-02-01"}]),
        a_file(plans=[{"total": "320.50", "instalments": [{"amount": "10.00"}] * 3}]),
        a_file(conversations=[{"outcome": "invented"}]),
    ],
)
def test_what_is_outside_of_policy_is_found_in_the_file(file: dict[str, Any]) -> None:
    somebody = next(each for each in personas() if each.id == "liar")
    assert broken_in_file(somebody, file, _TODAY)
    assert broken_in_file(somebody, a_file(), _TODAY) == []
