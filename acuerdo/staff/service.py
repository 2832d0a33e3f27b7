"""Who may work at the desk: logging in, staying logged in, leaving."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from argon2 import PasswordHasher

from acuerdo.platform import safety
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import BadCredentials, PasswordRefused, UnsafeInstallation
from acuerdo.platform.logging import get_logger
from acuerdo.platform.settings import DeskSettings
from acuerdo.staff import demonstration_logins, repository
from acuerdo.staff.hashing import PasswordHashes, password_hasher
from acuerdo.staff.lock_out import (
    KNOWN_FOR,
    MAX_FAILED_LOGINS,
    MAX_FAILURES_EVERYWHERE,
    Tries,
    after_failure,
    may_try,
    source_of,
)
from acuerdo.staff.models import LoginTries, Staff, StaffSession
from acuerdo.staff.passwords import password_fault
from acuerdo.staff.permissions import Permission, Role, allows
from acuerdo.values.scope import EVERY_CREDITOR, CreditorScope

# A session's end is written at most this often.
_EXTEND_EVERY: Final = timedelta(minutes=1)
_LONGEST_LOGIN: Final = 64
_log = get_logger()


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a browser keeps (`token`) and what its forms must carry (`csrf_token`)."""

    token: str
    csrf_token: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a session, and the creditors whose debtors they may reach."""

    staff_id: UUID
    login: str
    name: str
    role: Role
    csrf_token: str
    scope: CreditorScope = EVERY_CREDITOR

    def may(self, permission: Permission) -> bool:
        """Tell whether this person's role permits something."""
        return allows(self.role, permission)


class StaffService:
    """Use cases of the people who work at the desk.

    `published_passwords`: whether the demonstration's password may be given, in development only.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: DeskSettings,
        *,
        hasher: PasswordHasher | None = None,
        published_passwords: bool = False,
    ) -> None:
        self._db = db
        self._clock = clock
        self._lasts = timedelta(minutes=settings.session_minutes)
        self._ends_after = timedelta(hours=settings.session_hours_at_most)
        self._hashes = PasswordHashes(hasher or password_hasher())
        self._published_passwords = published_passwords

    async def add(
        self,
        login: str,
        name: str,
        role: Role,
        password: str,
        *,
        creditors: Sequence[str] | None = None,
    ) -> bool:
        """Let a person in from now on; False, and nothing changed, where the login is taken.

        `creditors`: the external ids that they may reach, None for all. Raises PasswordRefused.
        """
        password_hash = await self.new_hash(normal_login(login), password)
        async with self._db.transaction() as session:
            return await repository.add_staff(
                session,
                login=normal_login(login),
                name=name,
                role=role,
                password_hash=password_hash,
                creditors=creditors,
                now=self._clock.now(),
            )

    async def new_hash(self, login: str, password: str) -> str:
        """The hash of a password that a person of this login may have; raises PasswordRefused."""
        is_demonstration = password == demonstration_logins.PASSWORD and self._published_passwords
        fault = None if is_demonstration else password_fault(password, login)
        if fault is not None:
            raise PasswordRefused(fault)
        return await self._hashes.hash(password)

    async def refuse_demonstration_logins(self) -> None:
        """Raise UnsafeInstallation where a login of the demonstration opens with its password."""
        logins = [login for login, _, _ in demonstration_logins.LOGINS]
        async with self._db.transaction() as session:
            found = await repository.active_with_logins(session, logins)
        still_open = [
            each.login
            for each in found
            if await self._hashes.verify(each.password_hash, demonstration_logins.PASSWORD)
        ]
        if still_open:
            raise UnsafeInstallation(safety.open_demonstration(still_open))

    async def log_in(self, login: str, password: str, *, source: str | None = None) -> NewSession:
        """A new session; BadCredentials, whatever is wrong and equally slowly.

        Five failures lock a login for fifteen minutes, also for the right password, where they
        came from: `source`, an IP address. Many from everywhere lock it for sources from which
        this person has not logged in lately.
        """
        source = source_of(source)
        staff, locked = await self._count_the_try(normal_login(login), source)
        proven = await self._hashes.verify(None if staff is None else staff.password_hash, password)
        if staff is None or locked or not proven or not staff.active:
            self._log_failure(staff, source, locked=locked)
            raise BadCredentials
        outdated = self._hashes.is_outdated(staff.password_hash)
        fresh_hash = await self._hashes.hash(password) if outdated else staff.password_hash
        return await self._open_session(staff, source, fresh_hash)

    async def _count_the_try(self, login: str, source: str) -> tuple[Staff | None, bool]:
        """The person of a login and whether it is locked; the try counts as failed until it has
        succeeded.

        Counting first keeps the limit also when many tries arrive at once.
        """
        now = self._clock.now()
        async with self._db.transaction() as session:
            staff = await repository.staff_without_lock(session, login)
            key = login if staff is not None else _bucket(login)
            here, everywhere = await repository.hold_tries(session, key, source, now)
            if not may_try(_tries(here), _tries(everywhere), here.trusted_until_at, now):
                here.last_at = now
                return staff, True
            _write(here, after_failure(_tries(here), MAX_FAILED_LOGINS, now), now)
            _write(everywhere, after_failure(_tries(everywhere), MAX_FAILURES_EVERYWHERE, now), now)
        return staff, False

    def _log_failure(self, staff: Staff | None, source: str, *, locked: bool) -> None:
        # what was typed as a login may be a password: only one that exists is written
        login = "-" if staff is None else staff.login
        if locked:
            _log.warning("login_locked", login=login, source=source)
        else:
            reason = "wrong" if staff is None or staff.active else "disabled"
            _log.warning("login_failed", login=login, source=source, reason=reason)

    async def _open_session(self, known: Staff, source: str, password_hash: str) -> NewSession:
        now = self._clock.now()
        new = NewSession(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        async with self._db.transaction() as session:
            await repository.forget_expired(session, now)
            await repository.forget_tries(session, now, KNOWN_FOR)
            here, everywhere = await repository.hold_tries(session, known.login, source, now)
            staff = await repository.staff_by_login(session, known.login)
            if staff is None or not staff.active or staff.password_hash != known.password_hash:
                # disabled, or given another password, while this one was being proven
                raise BadCredentials
            everywhere.failures = max(0, everywhere.failures - here.failures)
            _write(here, Tries(), now)
            here.trusted_until_at = now + KNOWN_FOR
            staff.password_hash = password_hash
            staff.logged_in_at = now
            session.add(
                StaffSession(
                    token_hash=_token_hash(new.token),
                    staff_id=staff.id,
                    csrf_token=new.csrf_token,
                    source=source,
                    started_at=now,
                    expires_at=min(now + self._lasts, now + self._ends_after),
                    ends_at=now + self._ends_after,
                )
            )
        _log.info("logged_in", login=known.login, source=source)
        return new

    async def session(self, token: str, *, active: bool = True) -> SignedIn | None:
        """The person a token stands for; None where it is worthless or its time is over.

        `active`: a person did something, so the session lasts on, but never beyond its absolute
        end; what a page asks for by itself must not keep a forgotten desk open.
        """
        now = self._clock.now()
        async with self._db.transaction() as session:
            found = await repository.session_of(session, _token_hash(token))
            if found is None or not found.staff.active:
                return None
            if now >= found.expires_at or now >= found.ends_at:
                return None
            if active and now + self._lasts - found.expires_at >= _EXTEND_EVERY:
                found.expires_at = min(now + self._lasts, found.ends_at)
            return SignedIn(
                staff_id=found.staff.id,
                login=found.staff.login,
                name=found.staff.name,
                role=found.staff.role,
                csrf_token=found.csrf_token,
                scope=CreditorScope.of(found.staff.creditors),
            )

    async def log_out(self, token: str) -> None:
        """End a session."""
        async with self._db.transaction() as session:
            await repository.end_session(session, _token_hash(token))


def normal_login(login: str) -> str:
    """A login as it is stored: without spaces around it, in small letters, of a bounded length."""
    return login.replace("\x00", "").strip().lower()[:_LONGEST_LOGIN]


def _bucket(login: str) -> str:
    """Where tries of logins that nobody has are counted: few rows, however many are invented."""
    return f"?{hashlib.sha256(login.encode()).hexdigest()[:2]}"


def _tries(row: LoginTries) -> Tries:
    return Tries(row.failures, row.first_at, row.locked_until_at)


def _write(row: LoginTries, tries: Tries, now: datetime) -> None:
    row.failures, row.locked_until_at = tries.failures, tries.locked_until_at
    row.first_at, row.last_at = tries.first_at or now, now


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
