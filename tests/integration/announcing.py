"""Announcements of a change, as a committed transaction publishes them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.announcements import Announcements, announce


async def publish(announcements: Announcements, conversation_id: UUID) -> None:
    """Publish that a conversation changed."""
    session = AsyncSession()
    announce(session, conversation_id)
    await announcements.publish(session)
