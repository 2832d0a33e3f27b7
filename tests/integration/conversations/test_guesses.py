"""Whoever guesses at a proof: counted for the person meant, over all addresses and channels."""

import asyncio
from uuid import uuid4

import pytest

from acuerdo.debts.models import IdentityCheck
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from tests.integration.conversations.claims import (
    BORN,
    DOCUMENT,
    P,
    a_claim,
    guesses,
)
from tests.integration.world import Ana, World


async def test_failures_count_for_the_person_meant_over_all_addresses(world: World) -> None:
    # given five wrong birth dates for one document from five numbers and chats
    await Ana().stored(world.db)
    for number in range(5):
        channel = Channel.TELEGRAM if number % 2 else Channel.WHATSAPP
        address = f"70000000{number}" if number % 2 else f"+5191111112{number}"
        await guesses(world, address, f"1970-01-0{number + 1}", channel)
    # then the right one is tried nowhere any more, and the owner's own number waits, too
    assert await guesses(world, "+51911111130", BORN) is P.LOCKED
    own = await world.someone_writes()
    assert (await world.identity.proof(own)).state is P.LOCKED
    world.clock.advance(hours=25)
    assert await guesses(world, "+51911111131", BORN) is P.VERIFIED


async def test_a_document_that_nobody_has_locks_like_any_other(world: World) -> None:
    states = []
    for document in (DOCUMENT, "11112222"):
        for number in range(7):
            talk = await a_claim(world, document, f"+519222222{document[0]}{number}")
            states.append((await world.identity.answer(talk, uuid4(), "1970-01-01")).state)
    await Ana().stored(world.db)
    assert states[:7] == states[7:]
    assert states[4:7] == [P.LOCKED] * 3


async def test_fifty_guesses_at_once_are_five(world: World) -> None:
    await Ana().stored(world.db)
    talks = [await a_claim(world, DOCUMENT, f"+5191112{number:04}") for number in range(12)]
    await asyncio.gather(
        *(
            world.identity.answer(talk, uuid4(), f"1970-01-{day:02}")
            for day, talk in enumerate(talks, start=1)
        )
    )
    assert await guesses(world, "+51911111130", BORN) is P.LOCKED
    # whatever came after the fifth was not compared: it is kept, and counts for nobody
    failed = [each for each in await world.rows(IdentityCheck) if not each.passed]
    assert len(failed) == len(talks) + 1


@pytest.mark.parametrize("shown", [None, "anonymous", "sip:ana@example.org", "Restricted"])
async def test_nobody_is_proven_by_voice_from_a_withheld_number(
    world: World, shown: str | None
) -> None:
    await Ana().stored(world.db)
    for sid in ("CA1", "CA2"):
        call = await world.calls.inbound.receive(sid, shown)
        talk = (await world.calls.turns.view(call)).conversation_id
        for answer in (DOCUMENT, BORN):
            proof = await world.identity.answer(talk, uuid4(), answer)
            assert proof.state is P.UNPROVABLE
        with pytest.raises(IdentityNotVerified):
            await world.identity.party(talk)
    assert await world.rows(IdentityCheck) == []
