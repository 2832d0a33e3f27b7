"""Who works here: seen, changed, sent away. Every change is written down with who made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.repository import record_decision
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import LoginTaken, NotFound
from acuerdo.staff import repository
from acuerdo.staff.lock_out import LOCK_OUT
from acuerdo.staff.models import Staff
from acuerdo.staff.permissions import Role
from acuerdo.staff.service import StaffService, normal_login


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the desk as a list shows them; `failures` of the last fifteen minutes."""

    login: str
    name: str
    role: Role
    active: bool
    creditors: tuple[str, ...] | None
    logged_in_at: datetime | None
    failures: int
    locked_until_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that lasts."""

    login: str
    source: str
    started_at: datetime
    expires_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class StaffAccounts:
    """Use cases of whoever manages the people of the desk; `by` says who that is."""

    db: Database
    clock: Clock
    staff: StaffService

    async def add(
        self,
        login: str,
        name: str,
        role: Role,
        password: str,
        *,
        creditors: Sequence[str] | None = None,
        by: str,
    ) -> None:
        """Let a person in from now on; raises LoginTaken, PasswordRefused."""
        if not await self.staff.add(login, name, role, password, creditors=creditors):
            raise LoginTaken
        async with self.db.transaction() as session:
            facts = {"role": role, "creditors": creditors}
            await self._record(session, "added", normal_login(login), by, facts)

    async def accounts(self) -> list[Account]:
        """Everybody, with failed logins of late."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            people = await repository.all_staff(session)
            tries = await repository.tries_since(session, now - LOCK_OUT)
        failures = {
            person.login: [each for each in tries if each.login == person.login]
            for person in people
        }
        return [
            Account(
                login=person.login,
                name=person.name,
                role=person.role,
                active=person.active,
                creditors=None if person.creditors is None else tuple(person.creditors),
                logged_in_at=person.logged_in_at,
                failures=sum(each.failures for each in failures[person.login]),
                locked_until_at=max(
                    (
                        each.locked_until_at
                        for each in failures[person.login]
                        if each.locked_until_at is not None and each.locked_until_at > now
                    ),
                    default=None,
                ),
            )
            for person in people
        ]

    async def sessions(self) -> list[OpenSession]:
        """Every session that lasts, the newest first."""
        async with self.db.transaction() as session:
            return [
                OpenSession(
                    each.staff.login, each.source, each.started_at, each.expires_at, each.ends_at
                )
                for each in await repository.sessions_at(session, self.clock.now())
                if each.staff.active
            ]

    async def set_password(self, login: str, password: str, *, by: str) -> None:
        """Give another password and end every session; raises NotFound, PasswordRefused."""
        password_hash = await self.staff.new_hash(normal_login(login), password)
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            person.password_hash = password_hash
            await repository.end_sessions_of(session, person.id)
            await self._record(session, "password", person.login, by)

    async def disable(self, login: str, *, by: str) -> None:
        """Let a person in no more, from this moment; raises NotFound."""
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            person.active = False
            await repository.end_sessions_of(session, person.id)
            await self._record(session, "disabled", person.login, by)

    async def enable(self, login: str, *, by: str) -> None:
        """Let a person in again; raises NotFound."""
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            person.active = True
            await self._record(session, "enabled", person.login, by)

    async def set_role(self, login: str, role: Role, *, by: str) -> None:
        """Give another role and end every session; raises NotFound."""
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            person.role = role
            await repository.end_sessions_of(session, person.id)
            await self._record(session, "role", person.login, by, {"role": role})

    async def set_creditors(self, login: str, creditors: Sequence[str] | None, *, by: str) -> None:
        """Say whose debtors a person may reach, None for all; raises NotFound."""
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            person.creditors = None if creditors is None else list(creditors)
            await repository.end_sessions_of(session, person.id)
            await self._record(session, "creditors", person.login, by, {"creditors": creditors})

    async def end_sessions(self, login: str, *, by: str) -> int:
        """End every session of a person; gives how many; raises NotFound."""
        async with self.db.transaction() as session:
            person = await self._held(session, login)
            ended = await repository.end_sessions_of(session, person.id)
            await self._record(session, "sessions_ended", person.login, by, {"count": ended})
        return ended

    async def _held(self, session: AsyncSession, login: str) -> Staff:
        person = await repository.staff_by_login(session, normal_login(login))
        if person is None:
            raise NotFound
        return person

    async def _record(
        self,
        session: AsyncSession,
        rule: str,
        login: str,
        by: str,
        facts: dict[str, Any] | None = None,
    ) -> None:
        await record_decision(
            session,
            at=self.clock.now(),
            kind="staff",
            allowed=True,
            rule=rule,
            facts={"by": by, "login": login, **(facts or {})},
        )
