"""The card, the REST answer and the authority's file of one debtor, to the letter.

What is expected stands in `golden/`: whoever changes what is shown changes it there.
"""

import json
from collections.abc import Awaitable
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import event

from acuerdo.staff.models import Role
from acuerdo.staff.service import SignedIn
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.export import to_csv
from doors.console.rendering import part
from tests.clock import A_MONDAY
from tests.integration.views.full_file import FullFile, an_id
from tests.integration.world import World

GOLDEN: Final = Path(__file__).parent / "golden"
ME: Final = SignedIn(an_id(1), "lucia", "Lucía Ramos", Role.AGENT, "token")


def golden(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode()


@pytest.fixture
async def ana(world: World) -> FullFile:
    world.clock.move_to(A_MONDAY)
    return await FullFile().stored(world.db)


@pytest.fixture
def desk(world: World) -> Desk:
    return world.core.views.desk


def card_of(shown: object) -> str:
    return part("card", card=shown, me=ME).html


async def test_the_card(desk: Desk, ana: FullFile) -> None:
    shown = card_of(await desk.card(ana.conversation.id))
    assert shown == golden("card.html")


async def test_the_rest_answer(world: World, ana: FullFile) -> None:
    shown = json.dumps(await world.debtor_files.as_json("ana-1"), ensure_ascii=False, indent=1)
    assert shown == golden("case_file.json")


async def test_the_authoritys_file(world: World, ana: FullFile) -> None:
    dossier = await world.core.views.dossiers.of("ana-1", by="autoridad")
    shown = to_csv(dossier).decode("utf-8-sig").replace(dossier.head, "HEAD")
    # git ends the lines of a text in its own way
    shown = shown.replace("\r\n", "\n")
    assert shown == golden("dossier.csv")


async def test_what_is_shown_is_read_in_few_statements_however_much_there_is(
    desk: Desk, world: World, ana: FullFile
) -> None:
    asked: list[str] = []
    engine = world.db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _, __, sql, *___: asked.append(sql))

    async def statements(question: Awaitable[object]) -> int:
        asked.clear()
        await question
        return len(asked)

    conversation, dossiers = ana.conversation.id, world.core.views.dossiers
    assert await statements(desk.queue(ME.staff_id)) == 3
    assert await statements(desk.conversation(conversation, ME.staff_id)) == 1
    assert await statements(desk.transcript(conversation)) == 3
    # sixteen, and six for the verdicts of each of three addresses
    assert await statements(desk.card(conversation)) == 34
    assert await statements(world.debtor_files.as_json("ana-1")) == 16
    # the last four write down that it was made, and seal it
    assert await statements(dossiers.of("ana-1", by="autoridad")) == 23
