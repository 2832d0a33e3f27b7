"""M10: however many ask whether the product is ready, its parts are asked once."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from acuerdo.bootstrap import Acuerdo
from doors.api import operation
from doors.api.operation import Readiness


class Counted:
    """A part that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self) -> bool:
        self.asked += 1
        await asyncio.sleep(0)
        return True


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Counted:
    part = Counted()

    async def database(_core: Acuerdo) -> bool:
        return await part.ask()

    monkeypatch.setattr(operation, "_database", database)
    return part


def a_core(part: Counted) -> Acuerdo:
    outside = SimpleNamespace(
        announcements=SimpleNamespace(reachable=part.ask), engine=SimpleNamespace(ready=part.ask)
    )
    desk = SimpleNamespace(waiting_count=part.ask)
    talks = SimpleNamespace(identity=SimpleNamespace(failures_lately=part.ask))
    return cast(
        Any,
        SimpleNamespace(outside=outside, views=SimpleNamespace(desk=desk), conversations=talks),
    )


async def test_m10_three_hundred_at_once_ask_each_part_once(part: Counted) -> None:
    readiness, core = Readiness(), a_core(part)
    answers = await asyncio.gather(*(readiness.parts(core) for _ in range(300)))
    assert {str(each) for each in answers} == {
        str({"database": True, "redis": True, "engine": True})
    }
    assert part.asked == 5


async def test_m10_what_is_old_is_asked_again(
    part: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    readiness, core = Readiness(), a_core(part)
    monkeypatch.setattr(operation, "_FRESH_SECONDS", 0.0)
    for _ in range(3):
        await readiness.parts(core)
    assert part.asked == 15
