"""Jobs of bookkeeping."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("bookkeeping.ask_people")
async def ask_people(core: "Acuerdo", question: MoneyQuestion, subject_id: UUID) -> None:
    """Open a case about money that only a person can decide; once for each subject.

    `subject_id`: the money event, or the external event where there is none.
    """
    await core.cases.opening.money(question, subject_id)
