"""How the cost of a regular expression grows with the text: linearly, or not.

Adversarial texts are made from the expression itself: each part of it that may repeat is repeated,
behind what must stand before it, and followed by what spoils the match. What is compared is the
processor's time of this thread, the least of some tries, so that a busy machine changes nothing;
four times the text may cost nine times the time, where a quadratic expression takes sixteen.

For both environments: the product's Python 3.11 and the engine's 3.10.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as sre  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

SHORT, LONG = 1_000, 4_000
MOST_GROWTH = 9.0
# What costs less on the long text is not measurable, and hurts nobody.
CHEAP_SECONDS = 0.004
# Not to be waited for: already wrong on a short text.
DEAR_SECONDS = 0.05
_TRIES = 3
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT} | (
    {sre.POSSESSIVE_REPEAT} if hasattr(sre, "POSSESSIVE_REPEAT") else set()
)
_MANY = 20
_MOST_BRANCHES = 8
_USUAL = (
    "a", " ", "1", "a ", " a", "1 ", "1.", "1,", "1-", "1-1", "á", "á ", ".", "-", "(", "aA1 ",
    "si ", "no ", "a las ", "de la ", "el ", "ja", "lol", "\n", "·", "· ", "30 de ", "1000 ",
)  # fmt: skip
_BREAKERS = ("", "!")


def patterns_of(package: ModuleType) -> dict[str, re.Pattern[str]]:
    """Give every compiled expression in the globals of a package's modules, by module and name."""
    found: dict[str, re.Pattern[str]] = {}
    for each in (package.__name__, *_modules_below(package)):
        module = importlib.import_module(each)
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found.setdefault(f"{each}.{name}" + (f"[{number}]" if number else ""), pattern)
    return found


def _modules_below(package: ModuleType) -> Iterator[str]:
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not each.name.endswith("__main__"):
            yield each.name


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping):
        yield from _patterns_in([*value.keys(), *value.values()])
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from _patterns_in(each)


def hidden_patterns(file: Path) -> list[str]:
    """Give the places of a file where an expression is used that no global of it holds."""
    return [
        f"{file}:{node.lineno}"
        for node in _calls_in_functions(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr != "escape"
    ] + [
        f"{file}:{node.lineno}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "re"
    ]


def _calls_in_functions(tree: ast.Module) -> Iterator[ast.Call]:
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            # a function that returns a compiled expression is called for a global
            if _returns_a_pattern(function):
                continue
            yield from (each for each in ast.walk(function) if isinstance(each, ast.Call))


def _returns_a_pattern(function: ast.AST) -> bool:
    returns = getattr(function, "returns", None)
    return returns is not None and ast.unparse(returns).startswith("re.Pattern")


def too_dear(pattern: re.Pattern[str]) -> str | None:
    """Give the text's beginning on which an expression grows beyond linear; None where none is."""
    for beginning, body, end in _texts(pattern):
        if _grows(pattern, beginning, body, end):
            return f"{beginning!r} + {body!r} * n + {end!r}"
    return None


def _grows(pattern: re.Pattern[str], beginning: str, body: str, end: str) -> bool:
    for length in (24, 200, SHORT):
        text = _text(beginning, body, end, length)
        # a second look: a machine that was busy for a moment is no growth
        if all(_seconds(pattern, text, tries=1) > DEAR_SECONDS for _ in range(2)):
            return True
    long = _text(beginning, body, end, LONG)
    if _seconds(pattern, long, tries=1) <= CHEAP_SECONDS:
        return False
    short = _text(beginning, body, end, SHORT)
    return all(_is_dearer(pattern, long, short) for _ in range(2))


def _is_dearer(pattern: re.Pattern[str], long: str, short: str) -> bool:
    slow = _seconds(pattern, long, tries=_TRIES)
    return slow > CHEAP_SECONDS and slow > MOST_GROWTH * _seconds(pattern, short, tries=_TRIES)


def _text(beginning: str, body: str, end: str, length: int) -> str:
    return beginning + body * (length // len(body) + 1) + end


def _seconds(pattern: re.Pattern[str], text: str, *, tries: int) -> float:
    """Give the least processor time of finding all there is, and of matching the whole."""
    best = float("inf")
    for _ in range(tries):
        began = time.thread_time()
        for _found in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        best = min(best, time.thread_time() - began)
    return best


def _texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    bodies: dict[tuple[str, str], None] = dict.fromkeys(("", body) for body in _USUAL)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for before, body in _repeated(list(tree), ""):
        bodies[before, body] = None
        bodies["", body] = None
        bodies[" ", body] = None
    whole = _sample(list(tree))
    for body in (whole, f" {whole}", f"{whole} ", whole[:-1], f" {whole[:-1]}"):
        bodies["", body] = None
    for before, body in bodies:
        if body:
            for end in _BREAKERS:
                yield before, body, end


def _repeated(tree: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Give what stands before each part that may repeat often, and the ways of repeating it."""
    for at, (kind, value) in enumerate(tree):
        here = before + _sample(tree[:at])
        if kind in _REPEATS:
            _, most, inside = value
            if most is sre.MAXREPEAT or most >= _MANY:
                for body in _ways(list(inside)):
                    yield here, body
            yield from _repeated(list(inside), here)
        for inside in _inside(kind, value):
            yield from _repeated(inside, here)


def _inside(kind: Any, value: Any) -> Iterable[list[Any]]:
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind is sre.BRANCH:
        return [list(each) for each in value[1]]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(value[1])]
    if kind is getattr(sre, "ATOMIC_GROUP", object()):
        return [list(value)]
    return []


def _ways(tree: list[Any]) -> Iterator[str]:
    """Give the texts that a part may be: its first alternatives, and all of them in turn."""
    ways = [_sample(tree)]
    for at, (kind, value) in enumerate(tree):
        for inside in _inside(kind, value):
            parts = list(_ways(inside))
            if kind is sre.BRANCH:
                parts = [_sample(list(branch)) for branch in value[1]]
            before, after = _sample(tree[:at]), _sample(tree[at + 1 :])
            ways += [before + part + after for part in parts[:_MOST_BRANCHES]]
        if kind is sre.IN:
            members = [_member(member) for member in value[:_MOST_BRANCHES]]
            before, after = _sample(tree[:at]), _sample(tree[at + 1 :])
            ways += [before + member + after for member in members]
    yield from dict.fromkeys([*ways, "".join(ways[1:])])


def _sample(tree: list[Any]) -> str:
    """Give a short text that the part matches, as far as that is easily found."""
    return "".join(_one(kind, value) for kind, value in tree)


def _one(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind in (sre.ANY, sre.NOT_LITERAL):
        return "b" if value == ord("a") else "a"
    if kind in (sre.IN, *_REPEATS):
        return _one_of(value) if kind is sre.IN else _one_repeated(value)
    if kind is sre.BRANCH:
        return _sample(list(value[1][0]))
    if kind is sre.ASSERT:
        return _sample(list(value[1])) if value[0] < 0 else ""
    for inside in _inside(kind, value):
        return "" if kind is sre.ASSERT_NOT else _sample(inside)
    return ""


def _one_repeated(value: Any) -> str:
    least, _, inside = value
    return _sample(list(inside)) * max(1, min(least, 3))


def _one_of(value: Any) -> str:
    if value and value[0][0] is sre.NEGATE:
        taken = {_member(each) for each in value[1:]}
        return next(each for each in "ab1 .~" if each not in taken)
    return _member(value[0])


_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}


def _member(member: tuple[Any, Any]) -> str:
    kind, value = member
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[0])
    if kind is sre.CATEGORY:
        return _OF_CATEGORY[value]
    return "a"
