"""Who may work at the desk: logging in, staying logged in, leaving."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import BadCredentials
from acuerdo.platform.settings import DeskSettings
from acuerdo.staff import repository
from acuerdo.staff.models import Staff, StaffSession
from acuerdo.staff.permissions import Permission, Role, allows

MAX_FAILED_LOGINS: Final = 5
LOCK_OUT: Final = timedelta(minutes=15)
# Hashing needs memory (KiB) and a whole core: more at once would only slow everybody down.
_HASHES_AT_ONCE: Final = 2
# A session's end is written at most this often.
_EXTEND_EVERY: Final = timedelta(minutes=1)


def password_hasher() -> PasswordHasher:
    """Argon2id with the least that OWASP's Password Storage Cheat Sheet asks for."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a browser keeps (`token`) and what its forms must carry (`csrf_token`)."""

    token: str
    csrf_token: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a session."""

    staff_id: UUID
    login: str
    name: str
    role: Role
    csrf_token: str

    def may(self, permission: Permission) -> bool:
        """Tell whether this person's role permits something."""
        return allows(self.role, permission)


class StaffService:
    """Use cases of the people who work at the desk."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: DeskSettings,
        *,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._lasts = timedelta(minutes=settings.session_minutes)
        self._hasher = hasher or password_hasher()
        self._room = asyncio.Semaphore(_HASHES_AT_ONCE)
        self._nobodys_hash = self._hasher.hash(secrets.token_urlsafe(16))

    async def add(self, login: str, name: str, role: Role, password: str) -> bool:
        """Let a person in from now on; False, and nothing changed, where the login is taken."""
        password_hash = await self._hash(password)
        async with self._db.transaction() as session:
            return await repository.add_staff(
                session,
                login=_normal(login),
                name=name,
                role=role,
                password_hash=password_hash,
                now=self._clock.now(),
            )

    async def log_in(self, login: str, password: str) -> NewSession:
        """A new session; BadCredentials, whatever is wrong and equally slowly.

        Five failures lock a login for fifteen minutes, also for the right password.
        """
        staff = await self._count_the_try(_normal(login))
        proven = await self._verify(None if staff is None else staff.password_hash, password)
        if staff is None or not proven:
            raise BadCredentials
        outdated = self._hasher.check_needs_rehash(staff.password_hash)
        fresh_hash = await self._hash(password) if outdated else staff.password_hash
        return await self._open_session(staff.login, fresh_hash)

    async def _count_the_try(self, login: str) -> Staff | None:
        """The person who may try; the try counts as failed until it has succeeded.

        Counting first keeps the limit also when many tries arrive at once.
        """
        now = self._clock.now()
        async with self._db.transaction() as session:
            staff = await repository.staff_by_login(session, login)
            if staff is None or not staff.active:
                return None
            if staff.locked_until_at is not None:
                if now < staff.locked_until_at:
                    return None
                staff.failed_logins, staff.locked_until_at = 0, None
            staff.failed_logins += 1
            if staff.failed_logins >= MAX_FAILED_LOGINS:
                staff.locked_until_at = now + LOCK_OUT
        return staff

    async def _open_session(self, login: str, password_hash: str) -> NewSession:
        now = self._clock.now()
        new = NewSession(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        async with self._db.transaction() as session:
            await repository.forget_expired(session, now)
            staff = await repository.staff_by_login(session, login)
            if staff is None:
                raise BadCredentials
            staff.failed_logins, staff.locked_until_at = 0, None
            staff.password_hash = password_hash
            session.add(
                StaffSession(
                    token_hash=_token_hash(new.token),
                    staff_id=staff.id,
                    csrf_token=new.csrf_token,
                    expires_at=now + self._lasts,
                )
            )
        return new

    async def session(self, token: str, *, active: bool = True) -> SignedIn | None:
        """The person a token stands for; None where it is worthless or its time is over.

        `active`: a person did something, so the session lasts on; what a page asks for by itself
        must not keep a forgotten desk open.
        """
        now = self._clock.now()
        async with self._db.transaction() as session:
            found = await repository.session_of(session, _token_hash(token))
            if found is None or now >= found.expires_at or not found.staff.active:
                return None
            if active and now + self._lasts - found.expires_at >= _EXTEND_EVERY:
                found.expires_at = now + self._lasts
            return SignedIn(
                staff_id=found.staff.id,
                login=found.staff.login,
                name=found.staff.name,
                role=found.staff.role,
                csrf_token=found.csrf_token,
            )

    async def log_out(self, token: str) -> None:
        """End a session."""
        async with self._db.transaction() as session:
            await repository.end_session(session, _token_hash(token))

    async def _hash(self, password: str) -> str:
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _verify(self, password_hash: str | None, password: str) -> bool:
        """Whether a password is right; a missing hash takes as long as a wrong password."""
        known = self._nobodys_hash if password_hash is None else password_hash
        async with self._room:
            try:
                return await asyncio.to_thread(self._hasher.verify, known, password)
            except (VerificationError, InvalidHashError):
                return False


def _normal(login: str) -> str:
    return login.strip().lower()


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
