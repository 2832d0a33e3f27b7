"""The code as syntax trees, for the tests that read it."""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from acuerdo.platform.settings import ROOT

OURS = ("acuerdo", "actions", "bot", "doors", "simulator", "voice")


def name_of(path: Path) -> str:
    """Give the path of a module inside the repository."""
    return str(path.relative_to(ROOT))


def dotted(node: ast.AST) -> str:
    """Give `a.b.c` of a chain of names; empty where it is something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value) or '?'}.{node.attr}"
    return ""


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Give all that a module is made of."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def calls(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    """Give what a module calls, by its dotted name."""
    return tuple((dotted(node.func), node) for node in nodes(path) if isinstance(node, ast.Call))


def callers_of(paths: Iterable[Path], *names: str) -> dict[str, set[str]]:
    """Give the modules that call one of some functions, with what they call."""
    found: dict[str, set[str]] = {}
    for path in paths:
        for name, _ in calls(path):
            if name in names:
                found.setdefault(name_of(path), set()).add(name)
    return found


def imports(path: Path) -> set[str]:
    """Give the modules that a module imports from, also those that are imported whole."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found
