"""How a case moves. The caller holds the row."""

from datetime import date, datetime
from uuid import UUID

from acuerdo.cases.models import Case
from acuerdo.debts.models import CaseState, Debt


def assigned(case: Case, staff_id: UUID | None) -> None:
    """Give a case to a person of the desk, or back to everybody."""
    case.assigned_to_id = staff_id


def resolved(case: Case, state: CaseState, *, by: str, reason: str, now: datetime) -> None:
    """Note what the check has found, and why."""
    case.state, case.resolved_at, case.resolved_by, case.reason = state, now, by, reason


def informed(case: Case, now: datetime, turn_id: UUID | None = None) -> None:
    """Note that the person has heard the answer; `turn_id`: in which turn of the dialogue."""
    case.informed_at, case.informed_turn_id = now, turn_id


def placed(case: Case, debt: Debt) -> None:
    """Note which debt a case is about after all, and thereby which person."""
    case.debt_id, case.debtor_id = debt.id, debt.debtor_id


def asked_anew(case: Case, *, words: str, rule: str, due_on: date, now: datetime) -> None:
    """Let a case wait for another answer about the same subject, whatever was answered before."""
    case.words, case.rule, case.due_on, case.opened_at = words, rule, due_on, now
    case.state, case.resolved_at, case.resolved_by = CaseState.OPEN, None, None
    case.reason, case.informed_at, case.informed_turn_id = None, None, None
