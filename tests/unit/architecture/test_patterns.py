"""H6: no expression of the product costs more than in proportion to the text it reads."""

import re
import time
from pathlib import Path

import pytest

import actions
import acuerdo
import bot
import doors
import voice
from acuerdo.platform.settings import ROOT
from tests.growth import hidden_patterns, patterns_of, too_dear

PATTERNS = {
    name: pattern
    for package in (acuerdo, actions, bot, doors, voice)
    for name, pattern in patterns_of(package).items()
}
READ_HERE = ("acuerdo", "actions", "bot", "doors", "voice", "rasa_server")


def files() -> list[Path]:
    return [
        path
        for folder in READ_HERE
        for path in sorted((ROOT / folder).rglob("*.py"))
        if ".venv" not in path.parts
    ]


def test_h6_every_pattern_of_the_tree_is_linear() -> None:
    assert len(PATTERNS) > 100
    different = {pattern: name for name, pattern in PATTERNS.items()}
    wrong = {name: text for each, name in different.items() if (text := too_dear(each))}
    assert wrong == {}


def test_h6_every_pattern_is_a_global_that_the_test_above_finds() -> None:
    assert [place for path in files() for place in hidden_patterns(path)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        r"(?<= )(?:(?:a |como |tipo )*(?P<clock>[0-9]{1,2}:[0-9]{2}))(?= )",
        r"[a-z]+(?:ado|ido)",
        r"[0-9]+(?:-[0-9]+)+",
        r"(?:a+)+b",
        r"[^\s@]+@[^\s@]+",
        r"\s+$",
        r"(?:el |la )*\d",
    ],
)
def test_h6_the_measure_finds_what_is_not_linear(wrong: str) -> None:
    assert too_dear(re.compile(wrong)) is not None


@pytest.mark.parametrize(
    "right", [r"[a-z]+", r"(?<![0-9])[0-9]++(?:-[0-9]++)++", r"(?:a |como ){0,4}[0-9]", r"^\W*si\b"]
)
def test_h6_the_measure_leaves_linear_ones_alone(right: str) -> None:
    assert too_dear(re.compile(right)) is None


def test_the_measure_is_the_processor_s_time_of_this_thread() -> None:
    assert time.get_clock_info("thread_time").resolution < 0.0001
