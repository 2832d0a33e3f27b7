"""What is kept of the words of a turn: the proofs in them are read by it and then masked."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.conversations import repository
from acuerdo.conversations.models import Conversation, Turn
from acuerdo.debts import repository as debts
from acuerdo.language.masking import MASK, masked


async def mask_proofs(
    session: AsyncSession, conversation: Conversation, turn: Turn, now: datetime
) -> None:
    """Mask what somebody gave as a proof in a turn, in its text and its messages.

    Words that were judged as a proof are kept by nobody.
    """
    if turn.text is None:
        return
    until = conversation.verified_until_at
    proven = until is not None and now < until
    judged = await debts.check_of_turn(session, turn.id) is not None
    turn.text = MASK if judged else masked(turn.text, proven=proven)
    for message in await repository.inbound_of_turn(session, turn.id):
        if message.text:
            message.text = MASK if judged else masked(message.text, proven=proven)
