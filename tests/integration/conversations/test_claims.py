"""Who is only claimed is nobody: what is written and said is that of somebody unknown."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from acuerdo.audit.models import Decision
from acuerdo.cases.models import Case
from acuerdo.contact.models import (
    Callback,
    ConsentEvent,
    ContactPoint,
    ContactState,
    DataCase,
    Preference,
    Purpose,
    Stop,
)
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.choices import EngineInput
from acuerdo.conversations.identity import VerificationState
from acuerdo.conversations.models import (
    Conversation,
    Direction,
    Message,
    Owner,
    Turn,
    WaitingReason,
)
from acuerdo.debts.models import Debtor, IdentityCheck
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, a_debtor, saved
from tests.integration.world import Ana, World

P = VerificationState
STRANGER = "+51911111111"
DOCUMENT, BORN = "45671234", "1990-03-02"


async def a_claim(world: World, document: str, address: str = STRANGER) -> UUID:
    """Somebody unknown writes a document number and proves nothing."""
    conversation_id = await world.someone_writes(address=address)
    await world.identity.answer(conversation_id, uuid4(), document)
    return conversation_id


async def guesses(world: World, address: str, born: str, channel: Channel = Channel.WHATSAPP) -> P:
    """Somebody unknown gives Ana's document and a birth date."""
    conversation_id = await world.someone_writes(address=address, channel=channel)
    await world.identity.answer(conversation_id, uuid4(), DOCUMENT)
    world.clock.advance(seconds=1)
    return (await world.identity.answer(conversation_id, uuid4(), born)).state


# Everything that somebody who has proven nothing can ask of the core in a conversation.
WISHES: dict[str, Callable[[World, UUID], Awaitable[Any]]] = {
    "channel": lambda world, talk: world.preferences.prefer(
        talk, "prefiero que me escriban por telegram"
    ),
    "hours": lambda world, talk: world.preferences.prefer(talk, "solo por las tardes"),
    "unread wish": lambda world, talk: world.preferences.prefer(talk, "de otra manera"),
    "data": lambda world, talk: world.cases.opening.data_request(talk, "qué datos tienen de mí"),
    "erasure": lambda world, talk: world.cases.opening.data_request(talk, "borren mis datos"),
    "death": lambda world, talk: world.cases.opening.death(talk, "la persona falleció"),
    "lawyer": lambda world, talk: world.cases.opening.representative(talk, "hable con mi abogado"),
    "silence here": lambda world, talk: world.opt_outs.opt_out(talk, "no me escriban más"),
    "silence everywhere": lambda world, talk: world.opt_outs.opt_out(
        talk, "no me contacten más por ningún medio"
    ),
    "not at work": lambda world, talk: world.opt_outs.opt_out(talk, "no llamen a mi trabajo"),
    "later": lambda world, talk: world.callbacks.schedule(talk, "2026-12-01T10:00"),
    "wrong person": lambda world, talk: world.addressees.wrong_person(talk),
    "third party": lambda world, talk: world.addressees.third_party(talk),
    "person": lambda world, talk: world.hand_off.hand_over(talk, WaitingReason.ASKED_FOR_PERSON),
}
_OWN = {"id", "conversation_id", "contact_point_id", "subject_id", "message_id", "turn_id"}


async def written(world: World, conversation_id: UUID) -> list[dict[str, Any]]:
    """All that was written for a conversation and about people, without its own names."""
    async with world.db.transaction() as session:
        facts = dict(await world.identity.facts(session, await world.conversation(conversation_id)))
    kinds = (Conversation, ContactPoint, Case, Preference, Stop, DataCase, Callback, ConsentEvent)
    rows = [row for kind in (*kinds, Debtor, Decision) for row in await world.rows(kind)]
    shown = [
        {key: value for key, value in vars(row).items() if key[0] != "_" and key not in _OWN}
        for row in rows
    ]
    point = await world.point_of(conversation_id)
    for each in shown:
        if each.get("address") == point.address:
            each["address"] = each["reply_address"] = "here"
        for sealed in ("prev_hash", "hash", "closed_at"):
            each.pop(sealed, None)
    return [*shown, facts]


@pytest.mark.parametrize("wish", list(WISHES))
async def test_nothing_about_a_person_follows_from_a_claim(world: World, wish: str) -> None:
    """The same words after the document of a debtor and after one that nobody has: what is
    answered and what is written are the same, letter by letter."""
    ana = await Ana().stored(world.db)
    telegram = a_contact_point(ana.debtor, channel=Channel.TELEGRAM)
    await saved(world.db, telegram)
    before = await world.rows(Debtor), await world.rows(ContactPoint)
    answered = []
    for document, address in ((DOCUMENT, STRANGER), ("99999999", "+51911111112")):
        conversation_id = await a_claim(world, document, address)
        given = await WISHES[wish](world, conversation_id)
        desk = await world.core.views.desk.conversation(conversation_id, uuid4())
        card = await world.core.views.desk.card(conversation_id)
        whole = await written(world, conversation_id)
        here = [row for row in whole if row.get("address") == "here"]
        answered.append(
            (
                given,
                (desk.name, desk.verification, desk.timezone, desk.is_reported_deceased),
                (card.name, card.debts, card.cases, card.callbacks, card.preference),
                [{**row, "created_at": None, "state_since_at": None} for row in here],
                whole[-1],
            )
        )
        assert all(
            row.get("debtor_id") is None
            for row in whole
            if "address" not in row and "factor" not in row
        ), wish
    assert answered[0] == answered[1]
    after = await world.rows(Debtor), await world.rows(ContactPoint)
    assert [each.deceased_reported_at for each in after[0]] == [None] * len(before[0])
    theirs = {point.id: (point.state, point.consent) for point in before[1]}
    assert theirs == {p.id: (p.state, p.consent) for p in after[1] if p.id in theirs}


@pytest.mark.parametrize("wish", list(WISHES))
async def test_nor_from_the_number_that_a_caller_shows(world: World, wish: str) -> None:
    ana = await Ana().stored(world.db)
    voice = a_contact_point(ana.debtor, channel=Channel.VOICE, address="+51987654321")
    await saved(world.db, voice)
    answered = []
    for number in ("+51987654321", "+51987650000"):
        call = await world.calls.inbound.receive(f"CA{uuid4().hex}", number)
        talk = (await world.calls.turns.view(call)).conversation_id
        given = await WISHES[wish](world, talk)
        desk = await world.core.views.desk.conversation(talk, uuid4())
        async with world.db.transaction() as session:
            facts = dict(await world.identity.facts(session, await world.conversation(talk)))
        answered.append((given, desk.name, desk.verification, desk.timezone, facts))
    assert answered[0] == answered[1]
    (debtor,) = await world.rows(Debtor)
    assert debtor.deceased_reported_at is None
    assert await world.rows(Preference) == await world.rows(Stop) == []
    assert [each.debtor_id for each in await world.rows(Case)] in ([], [None, None])


async def test_a_number_that_becomes_known_ends_the_talk_of_whoever_had_it(world: World) -> None:
    # given a stranger who has typed Ana's document and becomes another debtor by an import
    await Ana().stored(world.db)
    first = await a_claim(world, DOCUMENT)
    other = a_debtor(name="Luis Otro", document="87654321", birth_date=date(1980, 1, 1))
    await saved(world.db, other)
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(first)).id)
        point.debtor_id = other.id
    # when Ana's ending is given, with the lighter rules of the new owner
    for talk in (first, await world.someone_writes(address=STRANGER)):
        await world.identity.answer(talk, uuid4(), "1234")
        world.clock.advance(seconds=1)
        # then nobody is proven, and the talk of before is over
        with pytest.raises(IdentityNotVerified):
            await world.identity.party(talk)
    assert (await world.conversation(first)).owner is Owner.NOBODY
    await world.identity.answer(talk, uuid4(), "4321")
    proof = await world.identity.answer(talk, uuid4(), "1980-01-01")
    assert proof.state is P.VERIFIED
    assert (await world.identity.party(talk)).debtor_id == other.id


async def test_a_proof_ends_when_the_address_moves_to_somebody_else(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.identity.answer(talk, uuid4(), "1234")
    await world.identity.party(talk)
    other = a_debtor(name="Luis Otro", document="87654321")
    await saved(world.db, other)
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(talk)).id)
        point.debtor_id = other.id
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(talk)
    again = await world.someone_writes()
    assert again != talk
    assert (await world.conversation(again)).waiting_reason is WaitingReason.ANOTHER_PERSON


async def test_who_holds_a_talk_goes_on_with_the_one_that_follows(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(address=STRANGER)
    await world.hand_off.take(talk, agent := uuid4())
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(talk)).id)
        point.debtor_id = ana.debtor.id
    again = await world.conversation(await world.someone_writes(address=STRANGER))
    assert (again.id != talk, again.owner, again.agent_id) == (True, Owner.AGENT, agent)


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


async def test_another_user_behind_a_number_is_another_person(world: World) -> None:
    # given Ana, proven, under one id of the provider's
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(user_id="PE.1")
    await world.identity.answer(talk, uuid4(), "1234")
    before = await world.point_of(talk)
    # when the same number writes under another
    other = await world.someone_writes(user_id="PE.2")
    # then nothing of hers is theirs: no proof, no name, no contact that begins with us
    assert other != talk
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(other)
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(talk)
    conversation = await world.conversation(other)
    assert conversation.debtor_id is None
    assert conversation.waiting_reason is WaitingReason.ANOTHER_PERSON
    async with world.db.transaction() as session:
        facts = await world.identity.facts(session, conversation)
        point = await session.get_one(ContactPoint, before.id)
        verdict = await world.contact.verdict(
            session, point, ana.debtor, Purpose.COLLECTION, has_template=True
        )
    assert (facts["known"], facts["name"]) == (False, "")
    assert not verdict.allowed
    assert (point.external_user_id, point.other_user_id) == ("PE.1", "PE.2")
    assert point.reply_address == before.reply_address
    # and they go on as themselves, until she is back with a talk of her own
    assert await world.someone_writes(user_id="PE.2") == other
    back = await world.someone_writes(user_id="PE.1")
    assert (await world.conversation(back)).debtor_id == ana.debtor.id
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(back)


async def test_who_proves_to_be_the_owner_under_another_id_is_the_owner(world: World) -> None:
    ana = await Ana().stored(world.db)
    await world.someone_writes(user_id="PE.1")
    talk = await world.someone_writes(user_id="PE.2")
    await world.identity.answer(talk, uuid4(), DOCUMENT)
    proof = await world.identity.answer(talk, uuid4(), BORN)
    assert proof.state is P.VERIFIED
    point = await world.point_of(talk)
    assert (point.debtor_id, point.external_user_id) == (ana.debtor.id, "PE.2")
    assert point.other_user_id is None
    assert await world.someone_writes(user_id="PE.2") == talk


async def test_an_id_that_is_known_elsewhere_makes_an_address_doubtful(world: World) -> None:
    # given somebody known under an id, who now writes from the number of another
    await Ana().stored(world.db)
    await world.someone_writes(address="+51955555555", user_id="PE.9")
    talk = await world.someone_writes(user_id="PE.9")
    assert (await world.conversation(talk)).debtor_id is None


async def test_a_message_without_an_id_tells_nothing(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(user_id="PE.1")
    assert await world.someone_writes(user_id=None) == talk
    other = await world.someone_writes(user_id="PE.2")
    # who it is now is not known by silence about it
    assert await world.someone_writes(user_id=None) == other
    assert (await world.conversation(other)).debtor_id is None
    assert ana.debtor.id is not None


async def test_another_telegram_account_in_a_chat_is_another_person(world: World) -> None:
    ana = await Ana().stored(world.db)
    chat = a_contact_point(ana.debtor, channel=Channel.TELEGRAM, address="700")
    await saved(world.db, chat)
    known = await world.someone_writes(address="700", channel=Channel.TELEGRAM, user_id="700")
    assert (await world.conversation(known)).debtor_id == ana.debtor.id
    other = await world.someone_writes(address="700", channel=Channel.TELEGRAM, user_id="701")
    assert (await world.conversation(other)).debtor_id is None


async def test_a_wrong_person_means_nobody_from_then_on(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.addressees.wrong_person(talk)
    await world.cases.opening.death(talk, "falleció")
    (debtor,) = await world.rows(Debtor)
    assert debtor.deceased_reported_at is None
    (point,) = await world.rows(ContactPoint)
    assert point.state is ContactState.WRONG_PERSON


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
