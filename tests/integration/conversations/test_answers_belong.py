"""B04: what is pressed, quoted or sent meanwhile answers its own question and no other."""

from uuid import UUID

from acuerdo.contact.ports import Button
from acuerdo.conversations.choices import option_of
from acuerdo.conversations.models import Direction
from acuerdo.conversations.ports import ReceivedMedia
from tests.integration.world import World

NAME = (Button("Sí, soy yo", "/confirm_identity"), Button("No soy esa persona", "/wrong_person"))
TERMS = (Button("Sí, confirmo", "/affirm"), Button("Cambiar algo", "/deny"))


async def read_back(world: World, address: str = "+51987654321") -> UUID:
    """A conversation in which the name was asked for, and then terms were read back."""
    world.engine.says("¿Hablo con Ana?", buttons=NAME)
    conversation_id = await world.someone_writes("buenas", address=address)
    await world.turns.reply_to(conversation_id)
    world.engine.says("S/ 100.00 el lunes. ¿Lo confirmo?", buttons=TERMS)
    await world.someone_writes("le pago 100 el lunes", address=address)
    await world.turns.reply_to(conversation_id)
    return conversation_id


async def intent_of(world: World, conversation_id: UUID) -> str | None:
    await world.turns.reply_to(conversation_id)
    return world.engine.asked[-1].intent


async def test_b04_the_first_messages_button_without_its_message_confirms_nothing(
    world: World,
) -> None:
    for number, title in enumerate(("Sí, soy yo", "No soy esa persona")):
        address = f"+5198765432{number}"
        conversation_id = await read_back(world, address)
        await world.someone_writes(title, choice="b0", address=address)
        assert await intent_of(world, conversation_id) == "repeat"


async def test_b04_a_press_by_the_messages_own_id_counts(world: World) -> None:
    conversation_id = await read_back(world)
    *_, terms = await world.said(conversation_id)
    await world.someone_writes("Sí, confirmo", choice=option_of(terms.id, 0))
    assert await intent_of(world, conversation_id) == "affirm"


async def test_b04_a_message_of_another_conversation_is_not_looked_up(world: World) -> None:
    # given two people, of whom one presses what was shown to the other
    one = await read_back(world, "+51987654321")
    other = await read_back(world, "+51987654322")
    *_, terms = await world.said(one)
    assert terms.provider_id is not None
    for named in ({"reply_to": terms.provider_id, "choice": "b0"},
                  {"choice": option_of(terms.id, 0)}):  # fmt: skip
        await world.someone_writes("Sí, confirmo", address="+51987654322", **named)
        assert await intent_of(world, other) == "repeat"


async def test_b04_a_yes_that_quotes_an_older_question_is_asked_again(world: World) -> None:
    conversation_id = await read_back(world)
    first, _ = await world.said(conversation_id)
    await world.someone_writes("sí", reply_to=first.provider_id)
    assert await intent_of(world, conversation_id) == "repeat"
    await world.someone_writes("¿cuánto debo?", reply_to=first.provider_id)
    assert await intent_of(world, conversation_id) is None


async def test_b04_a_yes_sent_before_the_newest_question_was_asked_is_asked_again(
    world: World,
) -> None:
    # given terms, a correction, and a yes that is pressed while the correction is read
    conversation_id = await read_back(world)
    await world.someone_writes("mejor 200 el lunes")

    async def meanwhile(_: object) -> None:
        world.engine.during = None
        *_, terms = await world.said(conversation_id)
        await world.someone_writes("Sí, confirmo", choice=option_of(terms.id, 0))

    world.engine.during = meanwhile
    world.engine.says("S/ 200.00 el lunes. ¿Lo confirmo?", buttons=TERMS)
    await world.turns.reply_to(conversation_id)
    # when the press is dealt with, 200 stand there
    assert await intent_of(world, conversation_id) == "repeat"
    *_, press = await world.messages(conversation_id, Direction.IN)
    assert press.text == "Sí, confirmo"


async def test_b04_a_notice_of_ours_asks_nothing_and_takes_no_question_away(world: World) -> None:
    conversation_id = await read_back(world)
    await world.someone_writes("", media=(ReceivedMedia("sticker", "image/webp", "x"),))
    await world.someone_writes("Sí, confirmo", choice="b0")
    assert await intent_of(world, conversation_id) == "affirm"
