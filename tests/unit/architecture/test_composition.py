"""The core is put together in one place."""

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from acuerdo import bootstrap
from acuerdo import services as services_module
from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.settings import ROOT
from acuerdo.tasks import JOBS, MODULES
from tests.unit.architecture.code import OURS, calls, name_of, nodes

# Made where they are used, too: values and plumbing that hold no use case.
_PLUMBING = {"Settings", "Database", "Vault", "Jobs", "Outside"}


def services() -> set[type]:
    """Give the classes of all services of the core."""
    found: set[type] = set()
    for kind in get_type_hints(Acuerdo).values():
        homes = (bootstrap.__name__, services_module.__name__)
        topic = kind.__module__ in homes and is_dataclass(kind)
        parts = get_type_hints(kind).values() if topic and kind.__name__ != "Outside" else [kind]
        found |= {part for part in parts if part.__name__ not in _PLUMBING}
    return found


def made_in(path: Path, kinds: set[type]) -> set[str]:
    """Give the names of those classes that a module imports from their home and calls."""
    homes = {(kind.__module__, kind.__name__) for kind in kinds}
    imported = {
        name.asname or name.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if (node.module, name.name) in homes
    }
    return imported & {name for name, _ in calls(path)}


def test_services_are_made_by_the_composition_root_alone() -> None:
    kinds = services()
    assert len(kinds) > 20
    makers = {
        name_of(path)
        for folder in (*OURS, "quality", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if made_in(path, kinds)
    }
    assert makers == {"acuerdo/bootstrap.py"}


def test_one_field_per_topic() -> None:
    assert len(fields(Acuerdo)) <= 22


def test_every_job_has_a_name_of_its_topic() -> None:
    for module in MODULES:
        topic = module.__name__.split(".")[1]
        names = [each.name for each in JOBS if each.run.__module__ == module.__name__]
        assert names, module.__name__
        assert all(name.startswith(f"{topic}.") for name in names)


def test_no_jobs_are_forgotten() -> None:
    written = {path.parent.name for path in (ROOT / "acuerdo").glob("*/jobs.py")} - {"platform"}
    assert written == {module.__name__.split(".")[1] for module in MODULES}


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_arguments_of_a_job_survive_the_queue(job: object) -> None:
    from inspect import signature
    from uuid import uuid4

    from acuerdo.platform.jobs import Job

    assert isinstance(job, Job)
    declared = dict(list(signature(job.run).parameters.items())[1:])
    examples = {
        name: uuid4()
        if each.annotation.__name__ == "UUID"
        else next(iter(each.annotation))
        if hasattr(each.annotation, "__members__")
        else "words"
        for name, each in declared.items()
    }
    assert job.read(job(**examples).arguments) == examples
