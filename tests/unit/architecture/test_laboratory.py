"""The laboratory and the tests: what they import, and that no result of theirs knows the day."""

import ast
from pathlib import Path

import pytest

from acuerdo.platform.settings import ROOT
from tests.unit.architecture.code import callers_of, dotted, imports, name_of, nodes

QUALITY = sorted((ROOT / "quality").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_no_test_module_imports_from_another() -> None:
    """Fixtures live in a `conftest.py`; what tests share besides lives in plain modules."""
    found = {
        f"{name_of(path)}: {module}"
        for path in TESTS
        for module in imports(path)
        if module.startswith("tests.") and module.rpartition(".")[2].startswith("test_")
    }
    assert found == set()


def test_what_can_be_used_without_tests_does_not_need_them() -> None:
    assert [
        name_of(path) for path in QUALITY if any(m.startswith("tests") for m in imports(path))
    ] == []


# What has to know the machine's time, and compares nothing with a day.
WATCHES = {
    # processes that are started apart share the moment at which the chosen clock began to run
    "tests/soak/product.py",
}


def test_only_the_chosen_moment_says_what_day_it_is() -> None:
    """Durations are measured by the monotonic clock; a day comes from `quality.clock.START`."""
    telling = callers_of(
        [*QUALITY, *TESTS],
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
    )
    assert set(telling) <= WATCHES, telling


def test_the_environment_is_read_at_few_places() -> None:
    """A clock is chosen in one place; what a started process inherits may be read."""
    reading = {
        name_of(path)
        for path in QUALITY
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}
    }
    assert reading == {
        "quality/clock.py",
        "quality/product.py",
        "quality/bench/understanding.py",
    }


@pytest.mark.parametrize("path", QUALITY, ids=name_of)
def test_files_stay_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400
