"""What is told to a person whom we wrote to, once they have proven who they are."""

from datetime import timedelta
from typing import Final

from actions.action import CoreAction
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.service import Agreed
from acuerdo.debts.service import DebtView
from acuerdo.values.dates import say_date

# A promise that was missed longer ago is an old story.
_RECENT: Final = timedelta(days=14)


class Remind(CoreAction):
    """The agreement that stands or was missed; without one, what is owed."""

    action = "action_remind"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The first debt about which something was agreed."""
        party, debts = await turn.debts()
        for debt in debts:
            last = await turn.core.agreements.current.last_agreed(party, debt)
            response = None if last is None else _response(last, debt)
            if last is not None and response is not None:
                return ActionAnswer(
                    [
                        (
                            response,
                            {
                                "amount": last.amount.text(debt.country),
                                "day": say_date(last.due_on, debt.today),
                                "product": debt.product,
                                "methods": debt.payment_methods,
                            },
                        )
                    ]
                )
        return ActionAnswer(then="action_balance")


def _response(last: Agreed, debt: DebtView) -> str | None:
    if last.due_on >= debt.today:
        return "utter_reminder"
    return "utter_missed" if debt.today - last.due_on <= _RECENT else None


ACTIONS: Final = (Remind,)
