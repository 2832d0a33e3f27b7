"""Who may do what: read out of the code itself, so that nobody forgets."""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from acuerdo.platform.logging import SAFE_KEYS
from acuerdo.platform.settings import ROOT
from tests.unit.architecture.code import OURS, callers_of, calls, dotted, name_of, nodes

MODULES = sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 100


def test_no_package_is_forgotten() -> None:
    """What has code in it is typed, installed, put into the image and looked at here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert sorted(project["mypy"]["packages"]) == sorted([*OURS, "quality"])
    assert project["setuptools"]["packages"]["find"]["include"] == [f"{each}*" for each in OURS]
    into_the_image = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{each}" for each in OURS} <= set(into_the_image)


def test_only_repositories_ask_the_database() -> None:
    asking = callers_of(MODULES, "select", "update", "insert", "delete")
    # the simulator has no database: what it calls `update` is Telegram's
    ours = [path for path in asking if not path.startswith("simulator/")]
    assert [path for path in ours if not path.endswith("/repository.py")] == []
    assert len(asking) >= 5


def test_no_repository_commits() -> None:
    for path in MODULES:
        if path.name == "repository.py":
            names = {name.rpartition(".")[2] for name, _ in calls(path)}
            assert not names & {"commit", "rollback", "begin"}, name_of(path)


# What reaches a person at a provider, by the method that does it.
_REACHES = {
    "send": {"channel", "channels", "_channel", "sender"},
    "place": {"telephone", "_telephone"},
    "leave_message": {"telephone", "_telephone"},
    "hang_up": {"telephone", "_telephone"},
}


def _owner(call: ast.Call) -> str:
    """The last name before the method that is called, through calls: `self._channel(x).send`."""
    value = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(value, ast.Call):
        value = value.func
    return "" if value is None else dotted(value).rpartition(".")[2]


def _reaches(call: ast.Call) -> bool:
    """Whether a call asks a provider to reach a person."""
    method = call.func
    return isinstance(method, ast.Attribute) and _owner(call) in _REACHES.get(method.attr, ())


def test_only_contact_reaches_people() -> None:
    """Channels and the telephone are asked to reach a person by `contact.service` alone."""
    reaching = {name_of(path) for path in MODULES for _, call in calls(path) if _reaches(call)}
    assert reaching == {"acuerdo/contact/service.py"}
    # and nobody outside of it is handed one, but the composition root that makes them
    for port in ("Sender", "Telephone"):
        knowing = {
            name_of(path)
            for path in MODULES
            for node in nodes(path)
            if isinstance(node, ast.ImportFrom)
            and node.module == "acuerdo.contact.ports"
            and port in {each.name for each in node.names}
        }
        assert knowing == {
            "acuerdo/bootstrap.py",
            "acuerdo/contact/service.py",
            "acuerdo/providers/configured.py",
        }, port


def test_whatever_reaches_a_person_takes_a_permit() -> None:
    """Every method of the gate that asks a provider to reach a person; hanging up says nothing."""
    gate = next(
        node
        for node in nodes(ROOT / "acuerdo/contact/service.py")
        if isinstance(node, ast.ClassDef) and node.name == "Contact"
    )
    silent = {"hang_up"}
    reaching = 0
    for method in gate.body:
        if not isinstance(method, ast.AsyncFunctionDef) or method.name in silent:
            continue
        found = [node for node in ast.walk(method) if isinstance(node, ast.Call)]
        if any(_reaches(node) for node in found):
            reaching += 1
            kinds = [dotted(each.annotation) for each in method.args.args if each.annotation]
            assert "Permit" in kinds, method.name
            assert any(dotted(node.func) == "permit.use" for node in found), method.name
    assert reaching == 3


def test_only_the_gate_makes_permits() -> None:
    makers = {
        name: {name_of(path) for path in MODULES for found, _ in calls(path) if found == name}
        for name in ("Permit", "permit_for")
    }
    assert makers == {
        "Permit": {"acuerdo/contact/permit.py"},
        "permit_for": {"acuerdo/contact/service.py"},
    }


def test_who_asks_the_gate_to_reach_a_person() -> None:
    asking = {
        (name_of(path), name.rpartition(".")[2])
        for path in MODULES
        for name, _ in calls(path)
        if name.rpartition(".")[0].endswith("contact")
        and name.rpartition(".")[2] in {"permit", "send", "look_up", "dial", "leave_message"}
    }
    assert asking == {
        ("acuerdo/calls/amd.py", "leave_message"),
        ("acuerdo/calls/amd.py", "permit"),
        ("acuerdo/calls/dialling.py", "dial"),
        ("acuerdo/calls/dialling.py", "permit"),
        ("acuerdo/conversations/outbox.py", "look_up"),
        ("acuerdo/conversations/outbox.py", "permit"),
        ("acuerdo/conversations/outbox.py", "send"),
    }


def test_accents_are_folded_in_one_place() -> None:
    folding = {
        name_of(path)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Import) and "unicodedata" in {each.name for each in node.names}
    }
    # what of a foreign text can be seen, and its letters put together: none is folded there
    assert folding == {"acuerdo/language/folding.py", "acuerdo/values/text.py"}


def test_rules_of_contact_get_values_and_read_no_text() -> None:
    reading = {
        name_of(path)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("acuerdo.language")
    }
    assert {path for path in reading if path.startswith("acuerdo/contact/")} == set()


CLOCKS = {
    # the simulator plays the world outside, whose clock is not the product's
    "simulator/config.py",
    "acuerdo/platform/clock.py",
    # processes started together must share the moment at which a chosen clock started to run
    "doors/cli/up.py",
}


def test_only_the_clock_knows_what_time_it_is() -> None:
    telling = callers_of(
        MODULES,
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "datetime.datetime.now",
        "datetime.date.today",
    )
    assert set(telling) <= CLOCKS, {path: telling[path] for path in set(telling) - CLOCKS}
    assert "acuerdo/platform/clock.py" in telling


def test_only_the_settings_read_the_environment() -> None:
    reading = {
        name_of(path): dotted(node)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and dotted(node) in {"os.environ", "os.getenv", "os.environb"}
    }
    # `up` hands its own environment on to the processes it starts
    assert set(reading) <= {"doors/cli/up.py"}


def test_only_verification_makes_a_verified_party() -> None:
    makers = {
        name_of(path)
        for path in MODULES
        for name, _ in calls(path)
        if name.rpartition(".")[2] == "VerifiedParty"
    }
    assert makers == {"acuerdo/debts/verification.py"}


def test_what_reveals_a_debt_takes_a_verified_party() -> None:
    from inspect import signature

    from acuerdo.agreements.service import Negotiation
    from acuerdo.debts.service import Debts
    from acuerdo.payments.service import Payments

    # `view` and `views` are what the desk and these services themselves look with
    # `book_claimed` is what the desk has found of a claim, `place` of money without a debt
    free = {"view", "receive", "thank", "book_claimed", "place"}
    for service in (Debts, Negotiation, Payments):
        for name, method in vars(service).items():
            if name.startswith("_") or name in free or not callable(method):
                continue
            kinds = [parameter.annotation for parameter in signature(method).parameters.values()]
            assert any("VerifiedParty" in str(kind) for kind in kinds), f"{service.__name__}.{name}"


def test_what_doors_share_is_in_one_place() -> None:
    """A sixth way to find the core, or a fourth to read a body, would be unlike the others."""
    ours = [path for path in MODULES if "simulator" not in path.parts]
    finding = {
        name_of(path)
        for path in ours
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and dotted(node).endswith(".state.acuerdo")
    }
    assert finding == {"doors/http.py", "doors/web.py"}
    reading = {
        name_of(path)
        for path in ours
        for name, _ in calls(path)
        if name in {"request.stream", "request.body", "request.form"}
    }
    assert reading == {"doors/http.py"}
    transient = {
        name_of(path)
        for path in ours
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if each.name in {"OperationalError", "InterfaceError"}
    }
    assert transient == {"acuerdo/platform/transient.py"}


LOG_LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every line that is written to the log, with its place."""
    for path in MODULES:
        for _, call in calls(path):
            if not isinstance(call.func, ast.Attribute) or call.func.attr not in LOG_LEVELS:
                continue
            logger = call.func.value
            name = dotted(logger.func if isinstance(logger, ast.Call) else logger)
            if name.rpartition(".")[2] in {"_log", "log", "get_logger"}:
                yield f"{name_of(path)}:{call.lineno}", call


def test_the_log_lines_of_core_and_doors_are_found() -> None:
    places = {place.partition(":")[0] for place, _ in log_calls()}
    assert {"acuerdo/worker.py", "bot/errors.py", "doors/problems.py", "voice/relay.py"} <= places


def test_log_lines_are_named_and_take_facts_by_their_keys() -> None:
    """An event that is put together from values would carry them past the mask."""
    for place, call in log_calls():
        assert len(call.args) == 1, place
        event = call.args[0]
        assert isinstance(event, ast.Constant), place
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", event.value), f"{place}: {event.value!r}"


def test_log_lines_use_keys_that_are_written() -> None:
    """What stands under any other key is masked, and nobody learns anything from it."""
    for place, call in log_calls():
        for keyword in call.keywords:
            assert keyword.arg in SAFE_KEYS | {"exc_info"}, f"{place}: {keyword.arg}"


def test_nothing_catches_everything() -> None:
    """`except Exception` stands only in the outermost handlers, named here."""
    outermost = {"acuerdo/worker.py"}
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.ExceptHandler):
                kind = "" if node.type is None else dotted(node.type)
                broad = node.type is None or kind in {"Exception", "BaseException"}
                assert not broad or name_of(path) in outermost, f"{name_of(path)}:{node.lineno}"


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager"])
def test_no_module_is_named_for_nothing(word: str) -> None:
    assert [name_of(path) for path in MODULES if path.stem == word] == []


def test_files_stay_small_enough_to_read() -> None:
    long = {
        name_of(path): lines
        for path in (*MODULES, *TESTS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 400
    }
    assert long == {}
