"""Who is only claimed is nobody: what is written and said is that of somebody unknown."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from acuerdo.audit.models import Decision
from acuerdo.cases.models import Case
from acuerdo.contact.models import (
    Callback,
    ConsentEvent,
    ContactPoint,
    DataCase,
    Preference,
    Stop,
)
from acuerdo.conversations.models import (
    Conversation,
    WaitingReason,
)
from acuerdo.debts.models import Debtor
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, saved
from tests.integration.conversations.claims import (
    DOCUMENT,
    STRANGER,
    a_claim,
)
from tests.integration.world import Ana, World

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
