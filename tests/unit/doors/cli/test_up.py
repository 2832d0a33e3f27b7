"""How long `acuerdo up` goes on starting what dies."""

from pathlib import Path

import pytest

from doors.cli.up import Child


@pytest.fixture
def child() -> Child:
    """A process that was started at second zero."""
    return Child("worker", [], {}, Path("worker.log"))


def test_what_dies_at_once_every_time_is_given_up(child: Child) -> None:
    assert not any(child.dies_repeatedly(1.0) for _ in range(20))
    assert child.dies_repeatedly(1.0)


def test_what_has_stayed_up_in_between_is_started_for_ever(child: Child) -> None:
    for _ in range(5):
        assert not any(child.dies_repeatedly(1.0) for _ in range(20))
        assert not child.dies_repeatedly(60.0)
