"""How the state of a message moves: only forward, whatever order the news arrives in. Pure."""

from typing import Final

from acuerdo.conversations.models import MessageState

_RANK: Final = {
    MessageState.QUEUED: 0,
    MessageState.SENDING: 1,
    MessageState.UNKNOWN: 2,
    MessageState.REFUSED: 3,
    MessageState.SENT: 4,
    MessageState.FAILED: 5,
    MessageState.DELIVERED: 6,
    MessageState.READ: 7,
}
SETTLED: Final = frozenset(
    {
        MessageState.SENT,
        MessageState.DELIVERED,
        MessageState.READ,
        MessageState.FAILED,
        MessageState.UNKNOWN,
        MessageState.REFUSED,
    }
)


def before(news: MessageState) -> frozenset[MessageState]:
    """The states that such news moves forward."""
    return frozenset(state for state, rank in _RANK.items() if rank < _RANK[news])


def forward(state: MessageState, news: MessageState) -> MessageState:
    """The state after some news; late news of an earlier state changes nothing.

    A message reported delivered after it was reported failed did arrive.
    """
    return news if _RANK[news] > _RANK[state] else state
