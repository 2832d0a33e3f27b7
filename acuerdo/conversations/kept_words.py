"""What is kept of the words of a turn: the proofs in them are read by it and then masked."""

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.conversations import repository
from acuerdo.conversations.models import Turn
from acuerdo.debts import repository as debts
from acuerdo.language.masking import MASK, masked


async def mask_proofs(session: AsyncSession, turn: Turn, *, proven: bool) -> None:
    """Mask what somebody gave as a proof in a turn, in its text and its messages.

    Words that were judged as a proof are kept by nobody; `proven`: the person is proven by now.
    """
    if turn.text is None:
        return
    judged = await debts.check_of_turn(session, turn.id) is not None
    turn.text = MASK if judged else masked(turn.text, proven=proven)
    for message in await repository.inbound_of_turn(session, turn.id):
        if message.text:
            message.text = MASK if judged else masked(message.text, proven=proven)
