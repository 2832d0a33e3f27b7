"""Public names are words of the trade; docs/glossary.md lists the words that are not used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from acuerdo.platform.settings import ROOT
from tests.unit.architecture.code import OURS, name_of, nodes

BANNED = frozenset(
    {"told", "tell", "tells", "said", "says", "keep", "keeps", "whose", "somebody", "someone"}
    | {"nobody", "anybody", "ear", "hear", "silence", "wishes", "standing", "ownership", "home"}
    | {"talk", "talks", "begun", "thing", "stuff"}
)
# The simulator plays people and providers, who tell and hear things.
PRODUCT = [*(set(OURS) - {"simulator"}), "rasa_server"]
# What the files of the law call the fields of a rule; the files are read by lawyers, too.
LAW_FIELDS = {("acuerdo/contact/law/rules.py", "says"), ("acuerdo/contact/law/rules.py", "silence")}
# Spelling something out in spoken or written Spanish is what these do.
SPELLING = {"voice/speech.py", "acuerdo/values/dates.py", "acuerdo/wording/words.py"}
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def public_names(path: Path) -> Iterator[str]:
    """Give the module's own name and those of its classes, functions and fields."""
    yield path.stem
    for node in nodes(path):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                if not isinstance(node, ast.AnnAssign) or node.col_offset <= len("    "):
                    yield name


def banned_in(name: str) -> set[str]:
    """Give the words of a public name that are not used; none for a private one."""
    if name.startswith("_"):
        return set()
    return {part.lower() for part in _PART.findall(name)} & BANNED


def test_public_names_are_words_of_the_trade() -> None:
    found = {
        (name_of(path), name)
        for folder in PRODUCT
        for path in (ROOT / folder).rglob("*.py")
        if ".venv" not in path.parts and name_of(path) not in SPELLING
        for name in public_names(path)
        if banned_in(name)
    }
    assert found == LAW_FIELDS


def test_the_check_can_fail() -> None:
    assert banned_in("record_told_apart") == {"told"}
    assert banned_in("SomebodyElse") == {"somebody"}
    assert banned_in("homeowner") == set()


def test_the_glossary_lists_the_same_words() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = text.partition("## Words we do not use in names")[2]
    listed = {
        word
        for cell in re.findall(r"^\| (.*?) \|", table, re.M)
        for word in re.findall(r"`(\w+)`", cell)
    }
    assert listed >= BANNED
