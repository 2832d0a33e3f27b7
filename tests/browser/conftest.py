"""One Chromium for the tests in a browser; every test plays its own people.

It lives only as long as this folder's tests run: Playwright holds an event loop while it is open,
and the asynchronous tests of other folders need to start theirs.
"""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from acuerdo.platform.settings import ROOT
from quality.product import Product
from tests.browser import chromium
from tests.browser.chromium import Visitors
from tests.browser.desk import Desk
from tests.browser.phone import Phone

_PICTURES: Path = ROOT / "test-results" / "browser"
_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure for the fixture that takes the pictures."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped."""
    path = chromium.executable()
    if path is None:
        pytest.skip("no Chromium here: install `chromium` or name one in ACUERDO_CHROMIUM")
    expect.set_options(timeout=15_000)
    with chromium.launched(path) as launched:
        yield launched


@pytest.fixture
def visitors(
    browser: Browser, product: Product, request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    """Tabs in browsers of their own; at the end no page may have complained."""
    everybody = Visitors(browser, product.url)
    yield everybody
    if request.node.stash.get(_failed, False):
        everybody.photograph(_PICTURES, request.node.name)
    everybody.leave()
    assert not everybody.complaints, "\n".join(everybody.complaints)


@pytest.fixture
def phone(visitors: Visitors) -> Phone:
    """The page with the simulated phone."""
    return Phone(visitors.arrives())


@pytest.fixture
def desk(visitors: Visitors) -> Desk:
    """The desk, in another browser, with nobody logged in."""
    return Desk(visitors.arrives())
