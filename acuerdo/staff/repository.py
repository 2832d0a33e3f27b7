"""All questions asked about the people of the desk, their sessions and their failed logins."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.staff.models import LoginTries, Staff, StaffSession
from acuerdo.staff.permissions import Role

_MOST_STAFF: Final = 1000
EVERYWHERE: Final = ""


async def staff_by_login(session: AsyncSession, login: str) -> Staff | None:
    """The person with a login, held until the transaction ends."""
    return await session.scalar(select(Staff).where(Staff.login == login).with_for_update())


async def staff_without_lock(session: AsyncSession, login: str) -> Staff | None:
    """The person with a login, to be read only."""
    return await session.scalar(select(Staff).where(Staff.login == login))


async def active_by_login(session: AsyncSession, login: str) -> Staff | None:
    """The person with a login who may work here."""
    return await session.scalar(select(Staff).where(Staff.login == login, Staff.active))


async def all_staff(session: AsyncSession) -> Sequence[Staff]:
    """Everybody who works here or did, by login."""
    return (await session.scalars(select(Staff).order_by(Staff.login).limit(_MOST_STAFF))).all()


async def active_with_logins(session: AsyncSession, logins: Collection[str]) -> Sequence[Staff]:
    """Those with one of some logins who may work here."""
    asked = select(Staff).where(Staff.login.in_(logins), Staff.active).limit(_MOST_STAFF)
    return (await session.scalars(asked)).all()


async def add_staff(
    session: AsyncSession,
    *,
    login: str,
    name: str,
    role: Role,
    password_hash: str,
    creditors: Sequence[str] | None,
    now: datetime,
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
            creditors=None if creditors is None else list(creditors),
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


async def sessions_at(session: AsyncSession, now: datetime) -> Sequence[StaffSession]:
    """The sessions that last, the newest first."""
    asked = (
        select(StaffSession)
        .where(StaffSession.expires_at > now, StaffSession.ends_at > now)
        .order_by(StaffSession.started_at.desc())
        .limit(_MOST_STAFF)
    )
    return (await session.scalars(asked)).all()


async def end_session(session: AsyncSession, token_hash: bytes) -> None:
    """Forget one session."""
    await session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


async def end_sessions_of(session: AsyncSession, staff_id: UUID) -> int:
    """Forget all sessions of a person; gives how many there were."""
    ended = await session.execute(
        delete(StaffSession)
        .where(StaffSession.staff_id == staff_id)
        .returning(StaffSession.token_hash)
    )
    return len(ended.all())


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Forget the sessions whose time is over."""
    await session.execute(
        delete(StaffSession).where((StaffSession.expires_at <= now) | (StaffSession.ends_at <= now))
    )


async def hold_tries(
    session: AsyncSession, login: str, source: str, now: datetime
) -> tuple[LoginTries, LoginTries]:
    """The tries of a login from a source and from everywhere, held until the transaction ends."""
    for each in (EVERYWHERE, source):
        await session.execute(
            insert(LoginTries)
            .values(login=login, source=each, failures=0, first_at=now, last_at=now)
            .on_conflict_do_nothing()
        )
    # always in the same order, so that two never wait for each other
    everywhere = await session.get_one(
        LoginTries, {"login": login, "source": EVERYWHERE}, with_for_update=True
    )
    here = await session.get_one(
        LoginTries, {"login": login, "source": source}, with_for_update=True
    )
    return here, everywhere


async def tries_since(session: AsyncSession, since: datetime) -> Sequence[LoginTries]:
    """Logins that failed since a moment, by source, the last first."""
    asked = (
        select(LoginTries)
        .where(LoginTries.last_at >= since, LoginTries.source != EVERYWHERE)
        .where(LoginTries.failures > 0)
        .order_by(LoginTries.last_at.desc())
        .limit(_MOST_STAFF)
    )
    return (await session.scalars(asked)).all()


async def forget_tries(session: AsyncSession, now: datetime, after: timedelta) -> None:
    """Forget tries that neither lock nor make a source known any more."""
    await session.execute(
        delete(LoginTries).where(
            LoginTries.last_at < now - after,
            (LoginTries.trusted_until_at.is_(None)) | (LoginTries.trusted_until_at < now),
        )
    )
