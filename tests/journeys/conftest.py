"""One product for all journeys; every test brings its own people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import people
from tests.journeys.desk import Agent
from tests.journeys.people import Debtor, Someone
from tests.journeys.phone import Phone
from tests.journeys.product import RunningProduct

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
def product() -> Iterator[RunningProduct]:
    """The running product."""
    with RunningProduct(ACUERDO_VOICE__RECORDING="true") as running:
        yield running


@pytest.fixture
def someone(product: RunningProduct) -> Someone:
    """Makes a new debtor; see `people.someone`."""

    def new(*owes: people.Owes, **about: object) -> Debtor:
        return people.someone(product, *owes, **about)  # type: ignore[arg-type]

    return new


@pytest.fixture
def stranger(product: RunningProduct) -> Phone:
    """Somebody whose number is in no portfolio."""
    return people.a_stranger(product)


@pytest.fixture
def agent(product: RunningProduct) -> Iterator[Agent]:
    """An agent at the desk."""
    logged_in = Agent(product)
    yield logged_in
    logged_in.leaves()
