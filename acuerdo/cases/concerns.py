"""Whether what came of a case is for the debtor to know. Pure."""

from typing import Final

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.kinds import CaseKind
from acuerdo.debts.models import CaseState

# Of what nobody asked us to look at, only what changes something for the person. A debt that stays
# paid changes nothing; whose a payment is that nobody placed, or what a gateway meant, is ours to
# find out.
MONEY_ANSWERS: Final = frozenset(
    {
        (MoneyQuestion.SURPLUS, CaseState.ACCEPTED),
        (MoneyQuestion.SURPLUS, CaseState.REJECTED),
        (MoneyQuestion.SURPLUS, CaseState.CORRECTED),
        (MoneyQuestion.CAME_BACK, CaseState.ACCEPTED),
        (MoneyQuestion.CAME_BACK, CaseState.CORRECTED),
    }
)


def concerns_debtor(kind: CaseKind, question: MoneyQuestion | None, state: CaseState) -> bool:
    """Whether a debtor is told of a case that ended so: never of a death; see above for money."""
    match kind:
        case CaseKind.DEATH:
            return False
        case CaseKind.MONEY:
            return (question, state) in MONEY_ANSWERS
        case _:
            return True
