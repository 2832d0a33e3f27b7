"""The desk explains every error that the core can raise."""

from collections.abc import Iterator

import pytest

import acuerdo.bootstrap  # noqa: F401 - with it every module that defines an error
from acuerdo.platform.errors import AcuerdoError, ConversationNotYours
from acuerdo.wording.words import WORDS
from doors.console.errors import PROBLEMS, problem_of


def kinds_of(error: type[AcuerdoError]) -> Iterator[type[AcuerdoError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds_of(kind)


@pytest.mark.parametrize("kind", sorted(kinds_of(AcuerdoError), key=str))
def test_each_error_of_the_core_is_explained(kind: type[AcuerdoError]) -> None:
    problem = problem_of(kind.__new__(kind))

    assert problem.status >= 400
    assert WORDS["error"][problem.words]


def test_all_words_of_the_table_exist() -> None:
    assert {problem.words for problem in PROBLEMS.values()} <= set(WORDS["error"])


def test_the_nearest_kind_decides() -> None:
    assert problem_of(ConversationNotYours()).words == "conversation_not_yours"
