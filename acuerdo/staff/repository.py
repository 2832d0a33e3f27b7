"""All questions asked about the people of the desk and their sessions."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.staff.models import Staff, StaffSession
from acuerdo.staff.permissions import Role


async def staff_by_login(session: AsyncSession, login: str) -> Staff | None:
    """The person with a login, held until the transaction ends."""
    return await session.scalar(select(Staff).where(Staff.login == login).with_for_update())


async def active_by_login(session: AsyncSession, login: str) -> Staff | None:
    """The person with a login who may work here."""
    return await session.scalar(select(Staff).where(Staff.login == login, Staff.active))


async def add_staff(
    session: AsyncSession, *, login: str, name: str, role: Role, password_hash: str, now: datetime
) -> bool:
    """Add a person; False where the login is somebody's already."""
    added = await session.scalar(
        insert(Staff)
        .values(
            login=login,
            name=name,
            role=role,
            password_hash=password_hash,
            active=True,
            failed_logins=0,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["login"])
        .returning(Staff.id)
    )
    return added is not None


async def staff_of(session: AsyncSession, staff_ids: Collection[UUID]) -> dict[UUID, Staff]:
    """Some people of the desk by their ids."""
    found = await session.scalars(select(Staff).where(Staff.id.in_(staff_ids)).limit(500))
    return {person.id: person for person in found.all()}


async def session_of(session: AsyncSession, token_hash: bytes) -> StaffSession | None:
    """The session that a token stands for, with its person."""
    return await session.scalar(select(StaffSession).where(StaffSession.token_hash == token_hash))


async def end_session(session: AsyncSession, token_hash: bytes) -> None:
    """Forget one session."""
    await session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Forget the sessions whose time is over."""
    await session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
