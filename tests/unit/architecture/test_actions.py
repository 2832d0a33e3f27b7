"""An action reads slots, asks one topic of the core, and words what it says; it decides nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from acuerdo.platform.settings import ROOT

MODULES = sorted((ROOT / "actions").glob("*.py"))
MOST_LINES = 15
# What decides about money is asked of services, not of its rules.
RULES = {
    "acuerdo.agreements.policy_limits",
    "acuerdo.agreements.repository",
    "acuerdo.payments.allocation",
}
# Names of the rules that are values: what is asked, what comes back.
VALUES = {"Frequency", "OfferRefusal", "PlanWish", "PromiseTerms"}
# Until cases are a topic of their own: the row is in debts, who looks at it in conversations.
TWO_TOPICS = {"RecordDispute", "RecordClaim"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    """The lines of a body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_method_of_an_action_is_longer_than_fifteen_lines(path: Path) -> None:
    measured = {"answer", "read", "begin", "run"}
    long = {each.name: lines_of(each) for each in functions(path) if each.name in measured}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_action_knows_the_rules_of_offers(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.module not in RULES, path.name
            if node.module == "acuerdo.agreements.offers":
                assert {name.name for name in node.names} <= VALUES, path.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_an_action_asks_one_topic_of_the_core(path: Path) -> None:
    for kind in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(kind, ast.ClassDef) or kind.name in TWO_TOPICS:
            continue
        asked = {
            node.attr
            for node in ast.walk(kind)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "turn.core"
        }
        assert len(asked) <= 1, f"{kind.name} asks {sorted(asked)}"
