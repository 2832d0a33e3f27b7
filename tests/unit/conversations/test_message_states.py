"""Statuses come in any order, again and again: the end is the same."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.message_states import SETTLED, forward
from acuerdo.conversations.models import MessageState

S = MessageState
OUTBOUND = [state for state in S if state is not S.RECEIVED]


def after(news: tuple[MessageState, ...], start: MessageState = S.SENDING) -> MessageState:
    """The state after some news in their order."""
    state = start
    for each in news:
        state = forward(state, each)
    return state


@pytest.mark.parametrize(
    ("news", "end"),
    [
        ([S.SENT, S.DELIVERED, S.READ], S.READ),
        ([S.SENT, S.FAILED], S.FAILED),
        ([S.SENT, S.FAILED, S.DELIVERED], S.DELIVERED),
        ([S.UNKNOWN, S.DELIVERED], S.DELIVERED),
        ([S.UNKNOWN, S.SENT], S.SENT),
        ([S.QUEUED, S.SENT], S.SENT),
    ],
)
def test_any_order_of_statuses_ends_the_same(news: list[MessageState], end: MessageState) -> None:
    for order in permutations(news):
        assert after(order) is end


@given(st.lists(st.sampled_from(OUTBOUND), max_size=8), st.randoms())
def test_shuffled_and_repeated_news_change_nothing(news: list[MessageState], random) -> None:  # type: ignore[no-untyped-def]
    again = [*news, *news]
    random.shuffle(again)
    assert after(tuple(again)) is after(tuple(news))


@given(st.lists(st.sampled_from(OUTBOUND), max_size=8))
def test_what_is_settled_stays_settled(news: list[MessageState]) -> None:
    for start in SETTLED:
        assert after(tuple(news), start) in SETTLED
