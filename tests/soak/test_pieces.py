"""People who write in pieces get one answer, whatever goes wrong meanwhile."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.soak.campaign import Campaign, Episode
from tests.soak.conftest import Tell
from tests.soak.episodes import IN_PIECES
from tests.soak.product import SoakProduct

# A piece that a busy machine takes later than this is another message, and rightly so.
_WINDOW_SECONDS: Final = "6.0"
pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def campaign(seed: str) -> Iterator[Campaign]:
    """A product that waits for those who write in pieces."""
    with SoakProduct(ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS=_WINDOW_SECONDS) as product:
        yield Campaign(product, seed)


@pytest.mark.parametrize("episode", IN_PIECES, ids=lambda episode: episode.name)
def test_all_is_as_without_a_fault(campaign: Campaign, episode: Episode, tell: Tell) -> None:
    outcome = campaign.live_through(episode)
    tell(outcome)
    assert not outcome.problems, "\n".join(outcome.problems)
