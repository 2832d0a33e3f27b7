"""What keeping every webhook costs where it must not cost much: statements of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from acuerdo.conversations.models import MessageState
from acuerdo.conversations.ports import DeliveryUpdate
from acuerdo.values.channels import Channel
from tests.integration.world import World, an_inbound


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, but for the queue's own statements."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(world.db.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(world.db.engine.sync_engine, "before_cursor_execute", note)


async def test_a_message_costs_one_statement_more_and_its_repetition_one(world: World) -> None:
    await world.someone_writes("hola")
    message = an_inbound("pago el viernes")
    with statements(world) as first:
        await world.receives(message)
    assert [each for each in first if "external_event" in each] == first[:1]
    assert len(first) <= 8, first
    with statements(world) as again:
        assert await world.receives(message) is None
    assert len(again) == 1


async def test_news_of_a_delivery_costs_one_statement(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    (said,) = await world.said(conversation_id)
    assert said.provider_id is not None
    with statements(world) as asked:
        await world.receives(
            DeliveryUpdate(Channel.WHATSAPP, said.provider_id, MessageState.DELIVERED)
        )
    assert len(asked) == 1
