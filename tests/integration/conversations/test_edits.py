"""B20: the newest text counts while its turn is the last; afterwards both are shown."""

from typing import Any

from acuerdo.contact.models import ContactState
from acuerdo.contact.ports import Button
from acuerdo.conversations.models import Direction, WaitingReason
from acuerdo.conversations.notices import notice
from acuerdo.conversations.ports import EditedMessage
from acuerdo.values.channels import Channel
from tests.integration.world import World, an_inbound

CHAT: dict[str, Any] = {"channel": Channel.TELEGRAM, "address": "700"}
TERMS = (Button("Sí, confirmo", "/affirm"),)


def edited(words: str, order: int = 9, name: str = "700:1") -> EditedMessage:
    return EditedMessage(
        an_inbound(words, provider_id=f"edit-{order}", provider_name=name, order=order, **CHAT)
    )


async def test_b20_what_is_edited_while_it_is_read_back_is_read_anew(world: World) -> None:
    # given terms that are read back
    world.engine.says("S/ 100.00 el lunes. ¿Lo confirmo?", buttons=TERMS)
    conversation_id = await world.someone_writes(
        "le pago 100 el lunes", provider_name="700:1", order=1, **CHAT
    )
    await world.turns.reply_to(conversation_id)
    # when the text is changed, and the yes comes before it was read anew
    assert await world.receives(edited("le pago 200 el lunes")) == conversation_id
    await world.someone_writes("Sí, confirmo", choice="b0", order=10, **CHAT)
    await world.turns.reply_to(conversation_id)
    # then the newest text is what was said, not a yes to the older one
    assert world.engine.asked[-1].text == "le pago 200 el lunes\nSí, confirmo"
    assert world.engine.asked[-1].intent is None
    first, change, _ = await world.messages(conversation_id, Direction.IN)
    assert (first.text, change.text) == ("le pago 100 el lunes", "le pago 200 el lunes")
    assert change.edits_id == first.id


async def test_b20_what_is_edited_before_it_is_answered_is_answered_as_it_stands(
    world: World,
) -> None:
    conversation_id = await world.someone_writes("le pago 100", provider_name="700:1", **CHAT)
    await world.receives(edited("le pago 200"))
    await world.turns.reply_to(conversation_id)
    assert [asked.text for asked in world.engine.asked] == ["le pago 200"]


async def test_b20_what_is_edited_later_changes_nothing_and_is_shown(world: World) -> None:
    conversation_id = await world.someone_writes("le pago 100", provider_name="700:1", **CHAT)
    await world.turns.reply_to(conversation_id)
    world.clock.advance(seconds=20)
    await world.someone_writes("sí", order=2, **CHAT)
    await world.turns.reply_to(conversation_id)
    await world.receives(edited("le pago 20"))
    await world.turns.reply_to(conversation_id)
    assert [asked.text for asked in world.engine.asked] == ["le pago 100", "sí"]
    *_, last = await world.said(conversation_id)
    assert last.text == notice("edited_late")
    first, _, change = await world.messages(conversation_id, Direction.IN)
    assert (first.text, change.text, change.edits_id) == ("le pago 100", "le pago 20", first.id)


async def test_b20_what_is_edited_while_an_agent_holds_it_is_shown_and_not_answered(
    world: World,
) -> None:
    conversation_id = await world.someone_writes("le pago 100", provider_name="700:1", **CHAT)
    await world.hand_off.hand_over(conversation_id, WaitingReason.COMPLAINT)
    assert await world.receives(edited("le pago 200")) == conversation_id
    first, change = await world.messages(conversation_id, Direction.IN)
    assert (first.text, change.text, change.edits_id) == ("le pago 100", "le pago 200", first.id)
    assert await world.said(conversation_id) == []


async def test_b20_edits_in_any_order_and_twice_end_with_the_newest(world: World) -> None:
    # given an edit that overtakes its message
    conversation_id = await world.receives(edited("le pago 300", order=5))
    assert conversation_id is not None
    first = an_inbound("le pago 100", provider_id="u1", provider_name="700:1", order=1, **CHAT)
    assert await world.receives(first) is None
    # and one between them that comes last
    assert await world.receives(edited("le pago 200", order=3)) is None
    await world.turns.reply_to(conversation_id)
    assert [asked.text for asked in world.engine.asked] == ["le pago 300"]
    (message,) = await world.messages(conversation_id, Direction.IN)
    assert message.text == "le pago 300"


async def test_b20_an_edit_that_asks_for_silence_is_obeyed(world: World) -> None:
    conversation_id = await world.someone_writes("hola", provider_name="700:1", **CHAT)
    await world.receives(edited("BAJA"))
    assert (await world.point_of(conversation_id)).state is ContactState.OPTED_OUT


async def test_b20_somebody_elses_message_is_not_edited(world: World) -> None:
    conversation_id = await world.someone_writes("le pago 100", provider_name="700:1", **CHAT)
    foreign = an_inbound("le pago 1", channel=Channel.TELEGRAM, address="701",
                         provider_name="700:1", order=9)  # fmt: skip
    await world.receives(EditedMessage(foreign))
    (message,) = await world.messages(conversation_id, Direction.IN)
    assert message.text == "le pago 100"
