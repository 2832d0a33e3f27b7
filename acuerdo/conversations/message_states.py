"""How the state of a message moves: only forward, whatever order the news arrives in. Pure.

The caller holds the row.
"""

from typing import TYPE_CHECKING, Final

from acuerdo.conversations.models import MessageState

if TYPE_CHECKING:
    from acuerdo.conversations.models import Message

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


def read(message: "Message") -> None:
    """Note that somebody has taken up what a person wrote."""
    message.state = MessageState.READ


def sending(message: "Message") -> None:
    """Take a message for sending; what kept it from being sent before is over."""
    message.state = MessageState.SENDING
    message.error_code = None


def settle(message: "Message", state: MessageState) -> None:
    """Note what became of the sending, or put the message back into the queue."""
    message.state = state


def advance(message: "Message", news: MessageState) -> bool:
    """Move a message of ours by what the provider reports; whether that was news."""
    state = forward(message.state, news)
    if state is message.state:
        return False
    message.state = state
    return True


def before(news: MessageState) -> frozenset[MessageState]:
    """The states that such news moves forward."""
    return frozenset(state for state, rank in _RANK.items() if rank < _RANK[news])


def forward(state: MessageState, news: MessageState) -> MessageState:
    """The state after some news; late news of an earlier state changes nothing.

    A message reported delivered after it was reported failed did arrive.
    """
    return news if _RANK[news] > _RANK[state] else state
