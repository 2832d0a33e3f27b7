"""What came of a debtor's cases, told as soon as they have proven who they are."""

from actions.turn import ActionAnswer, ActionContext


async def with_answers(turn: ActionContext, answer: ActionAnswer) -> ActionAnswer:
    """Put what came of the proven debtor's cases behind the first thing said."""
    heard = await turn.core.cases.answers.hear(await turn.party())
    told = [("utter_case_answer", {"answer": each}) for each in heard]
    answer.says = [*answer.says[:1], *told, *answer.says[1:]]
    return answer
