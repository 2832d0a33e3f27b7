"""The doors, open for one test."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.bot.doors import Doors, opened


@pytest.fixture
async def doors() -> AsyncIterator[Doors]:
    async with opened() as doors:
        yield doors
