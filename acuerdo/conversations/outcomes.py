"""The one primary result of a conversation, when several things happened in it."""

from typing import Final

from acuerdo.conversations.models import Conversation, Outcome

# From the weakest to the strongest: what must stop or be checked outweighs what was agreed, an
# agreement outweighs an intention, anything outweighs having passed the talk on.
_RANK: Final = (
    Outcome.NO_OUTCOME,
    Outcome.HANDOFF,
    Outcome.REFUSED,
    Outcome.CALLBACK,
    Outcome.HARDSHIP,
    Outcome.PAYMENT_LINK_SENT,
    Outcome.PROMISE,
    Outcome.PLAN,
    Outcome.ALREADY_PAID_CLAIM,
    Outcome.DISPUTE,
    Outcome.OPT_OUT,
    Outcome.THIRD_PARTY,
    Outcome.WRONG_PERSON,
    Outcome.DECEASED,
)


def note(conversation: Conversation, outcome: Outcome) -> None:
    """What came of a conversation, where it is stronger than what came of it before."""
    conversation.outcome = primary(conversation.outcome, outcome)


def choose(conversation: Conversation, outcome: Outcome) -> None:
    """Set what a person says came of a conversation, whatever was noted before."""
    conversation.outcome = outcome


def primary(former: Outcome, new: Outcome) -> Outcome:
    """The stronger of two results of one conversation."""
    return max(former, new, key=_RANK.index)
