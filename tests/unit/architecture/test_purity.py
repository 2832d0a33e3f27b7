"""What says that it is pure is: it imports values and other pure modules, and does no I/O.

The list is the docstrings': "Pure." in that of a module, or of a package for all modules in it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from acuerdo.platform.settings import ROOT
from tests.unit.architecture.code import OURS, dotted, name_of, nodes

PURE = re.compile(r"\bPure[.:;]")
# what is no module of rules, and as free of everything
GROUND = ("acuerdo.platform.errors", "acuerdo.values")
# of the standard library: files, processes, networks, clocks, chance, logs
IMPURE = {
    "asyncio", "concurrent", "ctypes", "fileinput", "glob", "http", "logging", "mmap",
    "multiprocessing", "os", "platform", "random", "sched", "secrets", "select", "selectors",
    "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "tempfile",
    "threading", "time",
}  # fmt: skip
# libraries, or parts of them, that only compute
COMPUTING = {
    "fpdf", "holidays", "markupsafe", "num2words", "orjson", "phonenumbers", "pydantic", "spacy",
    "telegram", "twilio.jwt", "twilio.request_validator", "twilio.twiml", "yaml",
}  # fmt: skip
READS = frozenset(["iterdir", "open", "read_bytes", "read_text", "write_bytes", "write_text"])


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_name(path): path for package in OURS for path in (ROOT / package).rglob("*.py")}


@cache
def says_pure(name: str) -> bool:
    """Whether a module or a package around it says so."""
    if name.startswith(GROUND):
        return True
    path = PATHS.get(name)
    if path is not None:
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if PURE.search(words):
            return True
    package = name.rpartition(".")[0]
    return bool(package) and says_pure(package)


PURE_MODULES = sorted(name for name in PATHS if says_pure(name))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What a module imports when it runs: modules, and names out of them."""
    for_types = {
        inner
        for node in nodes(path)
        if isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in nodes(path):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{name_of(path)}: relative import"
            yield from ((node.module, each.name) for each in node.names)


@cache
def values_in(module: str) -> frozenset[str]:
    """The enumerations and frozen values of a module of rows or ports, and its constants."""
    found = set()
    for node in ast.parse(PATHS[module].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            frozen = any("frozen=True" in ast.unparse(each) for each in node.decorator_list)
            if frozen or "StrEnum" in map(dotted, node.bases):
                found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and dotted(node.annotation) == "Final":
            found.add(dotted(node.target))
        elif isinstance(node, ast.Assign):
            found |= {dotted(target) for target in node.targets}
    return frozenset(found)


def is_allowed(module: str, name: str) -> bool:
    """Whether a pure module may import it."""
    top = module.partition(".")[0]
    whole = f"{module}.{name}"
    if whole in PATHS:
        return says_pure(whole)
    if module in PATHS:
        holds_values = module.endswith((".models", ".ports"))
        return says_pure(module) or (holds_values and name in values_in(module))
    if top in sys.stdlib_module_names:
        return top not in IMPURE
    return any(f"{module}.".startswith(f"{library}.") for library in COMPUTING)


def reads(path: Path) -> Iterator[str]:
    """Calls that read or write, but for what is read once: at import, or by a cached function."""
    once: set[ast.AST] = set()
    tree = nodes(path)[0]
    assert isinstance(tree, ast.Module)
    functions = [node for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        if "cache" in map(dotted, function.decorator_list):
            once |= set(ast.walk(function))
    inside = {inner for function in functions for inner in ast.walk(function)}
    for node in nodes(path):
        if isinstance(node, ast.Call):
            called = dotted(node.func).rpartition(".")[2] or getattr(node.func, "attr", "")
            if called in {"print", "input"} or (
                called in READS and node in inside and node not in once
            ):
                yield f"{called} in line {node.lineno}"


def test_there_are_pure_modules() -> None:
    assert len(PURE_MODULES) > 60
    assert {"acuerdo.agreements.offers", "acuerdo.contact.law.verdict"} <= set(PURE_MODULES)


@pytest.mark.parametrize("name", PURE_MODULES)
def test_what_says_it_is_pure_is(name: str) -> None:
    path = PATHS[name]
    assert [each for each in imported(path) if not is_allowed(*each)] == []
    assert list(reads(path)) == []
    assert not [node for node in nodes(path) if isinstance(node, ast.AsyncFunctionDef)]


def test_the_reader_itself_can_fail() -> None:
    assert not is_allowed("os", "path")
    assert not is_allowed("sqlalchemy", "select")
    assert not is_allowed("acuerdo.platform.clock", "Clock")
    assert not is_allowed("acuerdo.debts.models", "Debtor")
    assert not is_allowed("acuerdo.contact", "repository")
    assert is_allowed("acuerdo.debts.models", "DebtStatus")
    assert is_allowed("acuerdo.contact", "policy")
