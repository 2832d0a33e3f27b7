"""A module of a channel in `bot/` is a door where the room includes it, and asks for proof."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import bot
from tests.contract.bot.doors import Doors

PATHS = [
    route.path
    for each in iter_modules(bot.__path__)
    for route in getattr(getattr(import_module(f"bot.{each.name}"), "router", None), "routes", [])
]


def test_there_are_doors() -> None:
    assert len(PATHS) >= 3


@pytest.mark.parametrize("path", PATHS)
async def test_the_door_of_a_channel_is_there_and_asks_for_proof(doors: Doors, path: str) -> None:
    assert (await doors.post(path, b"", {})).status_code == 403
    assert doors.received == []
