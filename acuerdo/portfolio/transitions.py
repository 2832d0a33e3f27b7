"""How an import moves. The caller holds its row."""

from datetime import datetime

from acuerdo.portfolio.models import ImportState, PortfolioImport
from acuerdo.portfolio.report import Imported


def began(row: PortfolioImport, total: int) -> None:
    """Note how many debtors there are to take."""
    row.state, row.total = ImportState.RUNNING, total


def came_to(row: PortfolioImport, taken: int, report: Imported) -> None:
    """Note how many debtors were dealt with, and what came of them."""
    row.taken, row.report = taken, report.as_json()


def done(row: PortfolioImport, now: datetime) -> None:
    """Finish an import; the file is not needed any more."""
    row.state, row.finished_at, row.content = ImportState.DONE, now, None


def failed(row: PortfolioImport, now: datetime) -> None:
    """Give an import up where it is; the file stays, to be looked at."""
    row.state, row.problem, row.finished_at = ImportState.FAILED, "internal_error", now


def rejected(row: PortfolioImport, problem: str, report: Imported, now: datetime) -> None:
    """Finish an import of which nothing was taken."""
    row.state, row.finished_at, row.content = ImportState.REJECTED, now, None
    row.problem, row.report = problem, report.as_json()
