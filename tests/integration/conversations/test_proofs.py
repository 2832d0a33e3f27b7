"""What a proof is worth, for how long, who is told of it and what of it is kept."""

from uuid import UUID, uuid4

import pytest

from acuerdo.cases.models import Case
from acuerdo.contact.models import (
    ContactPoint,
    ContactState,
    DataCase,
    Purpose,
)
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.choices import EngineInput
from acuerdo.conversations.models import (
    Conversation,
    Direction,
    Message,
    Turn,
)
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, saved
from tests.integration.conversations.claims import (
    BORN,
    DOCUMENT,
    STRANGER,
    P,
    guesses,
)
from tests.integration.world import Ana, World


async def test_a_proof_lasts_no_longer_than_the_longest_time(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.identity.answer(talk, uuid4(), "1234")
    for _ in range(11):
        world.clock.advance(minutes=20)
        await world.someone_writes()
        await world.turns.reply_to(talk)
        await world.identity.party(talk)
    world.clock.advance(minutes=20)
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(talk)


async def test_an_address_bound_by_a_proof_asks_for_the_whole_document(world: World) -> None:
    await Ana().stored(world.db)
    assert await guesses(world, STRANGER, BORN) is P.VERIFIED
    world.clock.advance(hours=2)
    talk = await world.someone_writes(address=STRANGER)
    assert (await world.identity.proof(talk)).factor == "document"
    assert (await world.identity.answer(talk, uuid4(), "1234")).state is P.FAILED
    world.clock.advance(seconds=1)
    await world.identity.answer(talk, uuid4(), DOCUMENT)
    assert (await world.identity.answer(talk, uuid4(), BORN)).state is P.VERIFIED
    world.clock.advance(days=31)
    later = await world.someone_writes(address=STRANGER)
    assert (await world.identity.proof(later)).factor == "document_last4"


async def test_the_known_chats_are_told_of_a_new_address(world: World) -> None:
    ana = await Ana().stored(world.db)
    telegram = a_contact_point(ana.debtor, channel=Channel.TELEGRAM)
    gone = a_contact_point(ana.debtor, state=ContactState.WRONG_PERSON)
    await saved(world.db, telegram, gone)
    assert await guesses(world, STRANGER, BORN) is P.VERIFIED
    assert "conversations.inform_of_new_address" in await world.job_names()
    (new,) = await world.rows(ContactPoint, ContactPoint.address == STRANGER)
    for _ in range(2):
        await world.core.conversations.new_address.inform(new.id)
    told = [
        message
        for message in await world.rows(Message)
        if message.purpose == Purpose.SECURITY_NOTICE.value
    ]
    for message in told:
        await world.outbox.deliver(message.id)
    # once to each chat in which she is known, without a word of a debt, and by the gate
    assert {message.channel for message in told} == {Channel.WHATSAPP, Channel.TELEGRAM}
    assert len(told) == 2
    assert all("identidad" in message.text for message in told)
    (written,) = world.whatsapp.sent
    assert written.template is not None
    assert len([each for each in await world.attempts() if each.allowed]) == 2


async def test_proofs_are_masked_where_messages_are_kept(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes("mi dni es 45671234, ¿qué datos tienen de mí?")
    await world.turns.reply_to(talk)
    turn_id = (await world.turns_of(talk))[0].id
    await world.cases.opening.data_request(talk, "mi dni es 45671234, ¿qué datos tienen de mí?")
    # a proof a turn early: only what names it goes, the wish stays
    (early,) = await world.messages(talk, Direction.IN)
    assert early.text == "mi dni es [dato de identidad], ¿qué datos tienen de mí?"
    # a proof that was judged: nothing of it stays
    second = await world.someone_writes("son 1234")
    assert second == talk
    (_, turn) = await _judged_turn(world, talk, "1234")
    assert turn_id != turn.id
    texts = [message.text for message in await world.messages(talk, Direction.IN)]
    turns = [each.text for each in await world.turns_of(talk)]
    cases = [each.words for each in await world.rows(Case)]
    requests = [each.words for each in await world.rows(DataCase)]
    assert "1234" not in " ".join([*texts, *(text or "" for text in turns), *cases, *requests])
    assert texts[-1] == "[dato de identidad]"


async def _judged_turn(world: World, talk: UUID, answer: str) -> tuple[P, Turn]:
    """The engine's action judges a proof while the turn is open; then the turn is answered."""
    async with world.db.transaction() as session:
        conversation = await session.get_one(Conversation, talk)
        (message,) = await conversations.unanswered(session, talk)
        turn = world.turns._new_turn(session, conversation, EngineInput(text=message.text))
        await session.flush()
        message.turn_id = turn.id
    proof = await world.identity.answer(talk, turn.id, answer)
    await world.turns.reply_to(talk)
    return proof.state, turn
