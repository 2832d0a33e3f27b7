"""What somebody gave as a proof in a call and was read back to them is kept nowhere."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import CallResult
from acuerdo.conversations.call_cue import CallCue, Keypad
from acuerdo.conversations.ports import EngineReply
from acuerdo.language.masking import MASK, masked_answer
from tests.integration.calls.telephone import a_call_comes_in, answer, heard_in, said_in
from tests.integration.fakes import Asked
from tests.integration.world import Ana, World

DOUBTED = 0.1
YES = CallerInput(speech="sí", confidence=0.9)


async def asked_for(world: World, keypad: str) -> UUID:
    """A call in which the engine asks for a proof."""
    await Ana().stored(world.db)
    cue = CallCue(keypad=Keypad(keypad))
    world.engine.replies = (EngineReply("¿Me dice su documento?", (), cue),)

    async def judges(asked: Asked) -> None:
        if asked.text is not None:
            await world.identity.answer(asked.conversation, asked.turn, "45671234")

    world.engine.during = judges
    return await a_call_comes_in(world)


async def everything(world: World) -> str:
    """All that calls, turns and messages hold."""
    found: list[Any] = []
    async with world.db.transaction() as session:
        for table in ("message", "turn", "call", "call_turn", "identity_check"):
            found += (await session.execute(text(f"select t::text from {table} t"))).all()  # noqa: S608
    return "\n".join(row[0] for row in found)


@pytest.mark.parametrize(
    ("keypad", "said", "traces"),
    [
        ("document", "45671234", ["45671234"]),
        ("document", "cuatro cinco seis siete doce treinta y cuatro", ["doce", "treinta"]),
        ("document_last4", "termina en doce treinta y cuatro", ["doce", "treinta"]),
        ("birth_date", "dos de marzo del noventa", ["marzo", "noventa"]),
        ("birth_date", "nací el 2 de marzo de 1990", ["1990", "marzo"]),
    ],
)
@pytest.mark.parametrize("then", ["confirmed", "denied", "said again", "hung up"])
async def test_nothing_stays_of_a_proof_that_was_read_back(
    world: World, keypad: str, said: str, traces: list[str], then: str
) -> None:
    # given a proof that was heard badly: it is read back as it was heard
    call_id = await asked_for(world, keypad)
    doubted = CallerInput(speech=said, confidence=DOUBTED)
    back = await answer(world, call_id, 1, doubted)
    assert said in back.text
    # the same request again hears the same
    assert await answer(world, call_id, 1, doubted) == back
    # when
    if then == "confirmed":
        await answer(world, call_id, 2, YES)
        assert world.engine.asked[-1].text == said
    elif then == "denied":
        await answer(world, call_id, 2, CallerInput(speech="no", confidence=0.9))
    elif then == "said again":
        await answer(world, call_id, 2, doubted)
        await answer(world, call_id, 3, CallerInput(speech="no", confidence=0.9))
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    # then
    kept = await everything(world)
    assert not [trace for trace in traces if trace in kept], kept
    assert MASK in (await heard_in(world, call_id))[0 if then == "hung up" else -2]
    assert not [said_ for said_ in await said_in(world, call_id) if any(t in said_ for t in traces)]


async def test_keys_that_are_no_whole_proof_stay_nowhere_either(world: World) -> None:
    call_id = await asked_for(world, "document_last4")
    await answer(world, call_id, 1, CallerInput(digits="123"))
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    assert '"123"' not in await everything(world)
    assert await heard_in(world, call_id) == [MASK]


async def test_words_that_are_no_proof_stay_for_the_agents(world: World) -> None:
    call_id = await asked_for(world, "document")
    await answer(world, call_id, 1, CallerInput(speech="no le doy nada", confidence=DOUBTED))
    assert await heard_in(world, call_id) == ["no le doy nada"]
    assert masked_answer("no le voy a dar un dato") == "no le voy a dar un dato"


async def test_what_is_read_back_after_another_question_stays(world: World) -> None:
    await Ana().stored(world.db)
    world.engine.replies = (EngineReply("¿Cuánto puede pagar?", (), CallCue(keypad=Keypad.AMOUNT)),)
    call_id = await a_call_comes_in(world)
    await answer(world, call_id, 1, CallerInput(speech="pago mil", confidence=DOUBTED))
    assert await heard_in(world, call_id) == ["pago mil"]
