"""Somebody unknown who claims to be Ana, and what they know of her."""

from uuid import UUID, uuid4

from acuerdo.conversations.identity import VerificationState
from acuerdo.values.channels import Channel
from tests.integration.world import World

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
