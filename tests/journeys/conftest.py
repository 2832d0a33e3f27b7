"""People for the journeys; every test brings its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.people import Owes
from quality.phone import Phone
from quality.product import Product
from tests.journeys import people
from tests.journeys.desk import Agent
from tests.journeys.people import Debtor, Someone

# It reads what all the others said.
_LAST = "test_every_message.py"
_HERE = Path(__file__).parent
_MOST_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test of every message goes last; the first of all waits for the product to start."""
    items.sort(key=lambda item: item.path.name == _LAST)
    for item in items:
        if _HERE in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(_MOST_SECONDS))


@pytest.fixture(scope="session")
def waiting() -> Iterator[Product]:
    """Another product: it waits for those who write in pieces, and holds its calls as streams."""
    with Product(
        ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS="1", ACUERDO_VOICE__TRANSPORT="relay"
    ) as running:
        yield running


@pytest.fixture
def someone(product: Product) -> Someone:
    """Makes a new debtor; see `people.someone`."""

    def new(*owes: Owes, **about: object) -> Debtor:
        return people.someone(product, *owes, **about)

    return new


@pytest.fixture
def stranger(product: Product) -> Phone:
    """Somebody whose number is in no portfolio."""
    return people.a_stranger(product)


@pytest.fixture
def agent(product: Product) -> Iterator[Agent]:
    """An agent at the desk."""
    logged_in = Agent(product)
    yield logged_in
    logged_in.leaves()
