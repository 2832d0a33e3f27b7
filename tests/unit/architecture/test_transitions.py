"""Every state has one owner: read out of the code itself."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from acuerdo.agreements.models import InstalmentState, PlanState, PromiseState, ProposalState
from acuerdo.calls.models import CallResult, CallState
from acuerdo.cases.models import CaseStep
from acuerdo.contact.models import CallbackState, ContactState
from acuerdo.conversations.models import MessageState, Outcome, Owner, TurnState
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.external_events.models import EventState
from acuerdo.outreach.models import PlannedState
from acuerdo.payments.models import LinkState
from acuerdo.platform.settings import ROOT
from acuerdo.portfolio.models import ImportState

PACKAGES = ("acuerdo", "actions", "bot", "doors", "voice")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

# What says how far a row has come, or in whose hands it is, and the amounts of a debt.
WATCHED = frozenset(
    {
        *("state", "state_since_at", "status", "owner", "agent_id", "result", "outcome"),
        *("waiting_since_at", "waiting_reason", "finished_at", "closed_at", "lifted_at"),
        *("resolved_at", "resolved_by", "assigned_to_id", "informed_at", "deceased_reported_at"),
        *("balance_minor", "overdue_minor", "interest_minor", "fees_minor"),
        *("surplus_minor", "withheld_minor", "paid_minor"),
    }
)
OWNERS = {
    "acuerdo/agreements/transitions.py",
    "acuerdo/calls/transitions.py",
    "acuerdo/cases/transitions.py",
    "acuerdo/contact/points.py",
    "acuerdo/contact/transitions.py",
    "acuerdo/conversations/lifecycle.py",
    "acuerdo/conversations/message_states.py",
    "acuerdo/conversations/outcomes.py",
    "acuerdo/debts/transitions.py",
    "acuerdo/external_events/transitions.py",
    "acuerdo/outreach/transitions.py",
    "acuerdo/payments/transitions.py",
    "acuerdo/portfolio/transitions.py",
}
# One statement moves many rows, or one that nobody has read: it stands with the other statements.
MOVES_IN_SQL = {
    "acuerdo/agreements/repository.py": {"replace_open_proposals"},
    "acuerdo/idempotency/repository.py": {"record_answer"},
    "acuerdo/conversations/repository.py": {
        *("finish_turn", "advance", "advance_by_provider_id", "settle_spoken"),
    },
}
# What has a `state` of its own that is no row's.
NOT_ROWS = {"app", "answer", "self"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def moved_attributes(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The watched attributes that are assigned, in whatever way, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            ours = ast.unparse(node.value).rpartition(".")[2] not in NOT_ROWS
            if node.attr in WATCHED and ours:
                yield node.attr, node.lineno
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            name = node.args[1] if len(node.args) > 1 else None
            if not isinstance(name, ast.Constant) or name.value in WATCHED:
                yield ast.unparse(node), node.lineno


def moved_in_sql(tree: ast.AST) -> Iterator[str]:
    """The functions that set a watched column by `update(...)....values(...)`."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "values"
                    and "update(" in ast.unparse(node.func)
                    and WATCHED & {each.arg for each in node.keywords}
                ):
                    yield function.name


def test_only_its_owner_moves_a_state() -> None:
    moved = {
        f"{name_of(path)}:{line} {what}"
        for path in MODULES
        if name_of(path) not in OWNERS
        for what, line in moved_attributes(ast.parse(path.read_text(encoding="utf-8")))
        # the rules of a country are bound once, when they are read
        if name_of(path) != "acuerdo/contact/law/rules.py" and not what.startswith("object.")
    }
    assert moved == set()


def test_every_owner_moves_something() -> None:
    for owner in OWNERS:
        tree = ast.parse((ROOT / owner).read_text(encoding="utf-8"))
        assert list(moved_attributes(tree)), owner


def test_statements_that_move_rows_stand_in_the_topic_s_repository() -> None:
    moving = {
        name_of(path): set(moved_in_sql(ast.parse(path.read_text(encoding="utf-8"))))
        for path in MODULES
    }
    assert {path: names for path, names in moving.items() if names} == MOVES_IN_SQL


@pytest.mark.parametrize(
    "statement",
    [
        "point.state = ContactState.ACTIVE",
        "self.message.state = MessageState.SENDING",
        "point.state, point.state_since_at = ContactState.ACTIVE, now",
        "(first, (call.result, second)) = values",
        "debt.balance_minor -= 100",
        "conversation.owner: Owner = Owner.BOT",
        "setattr(debt, 'status', DebtStatus.PAID)",
        "setattr(debt, name, value)",
        "for promise.state in states: pass",
        "with given() as plan.state: pass",
        "del link.state",
    ],
)
def test_the_reader_sees_every_way_to_move_a_state(statement: str) -> None:
    assert list(moved_attributes(ast.parse(statement)))


@pytest.mark.parametrize(
    "statement",
    [
        "Debt(status=DebtStatus.OPEN)",
        "if point.state is ContactState.ACTIVE: pass",
        "state = point.state",
        "request.app.state.acuerdo = core",
        "app.state.acuerdo = core",
    ],
)
def test_the_reader_lets_rows_be_made_and_read(statement: str) -> None:
    assert list(moved_attributes(ast.parse(statement))) == []


def test_the_reader_sees_statements_that_move_rows() -> None:
    made = "def f(): return update(Turn).where(Turn.id == id).values(state=1)"
    assert list(moved_in_sql(ast.parse(made))) == ["f"]
    assert list(moved_in_sql(ast.parse("def f(): return insert(Turn).values(state=1)"))) == []


def reached_members(tree: ast.AST) -> set[str]:
    """The members that are given to something: not only compared with, or listed in a set."""
    asked: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.Set | ast.match_case | ast.Subscript):
            inside = node.pattern if isinstance(node, ast.match_case) else node
            asked |= {id(each) for each in ast.walk(inside)}
    return {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and id(node) not in asked
    }


STATES: list[type[StrEnum]] = [
    *(InstalmentState, PlanState, PromiseState, ProposalState, CallResult, CallState),
    *(CallbackState, ContactState, MessageState, Outcome, Owner, TurnState),
    *(CaseState, CaseStep, DebtStatus, EventState, ImportState, PlannedState, LinkState),
]


@pytest.mark.parametrize("states", STATES, ids=lambda states: states.__name__)
def test_every_state_can_be_reached(states: type[StrEnum]) -> None:
    reached: set[str] = set()
    for path in MODULES:
        reached |= reached_members(ast.parse(path.read_text(encoding="utf-8")))
    unreachable = [each.name for each in states if f"{states.__name__}.{each.name}" not in reached]
    assert unreachable == []


def test_comparing_with_a_state_does_not_reach_it() -> None:
    source = (
        "if state is LinkState.OPEN or state in {LinkState.PAID}: link.state = LinkState.EXPIRED"
    )
    assert reached_members(ast.parse(source)) >= {"LinkState.EXPIRED"}
    assert not reached_members(ast.parse(source)) & {"LinkState.OPEN", "LinkState.PAID"}
