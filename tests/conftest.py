"""The order of the suites, and the one product that those share who need a running one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from quality.product import Product

# From what fails in seconds to what takes minutes; who shares the product comes one after the
# other, and its last reader at the end.
_ORDER = ("unit", "contract", "integration", "dialogue", "engine", "browser", "journeys", "soak")
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the suites; inside of one nothing changes its place."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    suite = path.relative_to(_HERE).parts[0] if path.is_relative_to(_HERE) else ""
    return _ORDER.index(suite) if suite in _ORDER else len(_ORDER)


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The running product with the demonstration portfolio; every test brings its own people."""
    from quality.product import Product

    with Product(ACUERDO_VOICE__RECORDING="true") as running:
        yield running
