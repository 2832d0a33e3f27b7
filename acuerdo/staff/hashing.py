"""Hashes of passwords: slow on purpose, and never more than the machine bears."""

import asyncio
import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Hashing needs memory (KiB) and a whole core: more at once would only slow everybody down.
_HASHES_AT_ONCE: Final = 2


def password_hasher() -> PasswordHasher:
    """Argon2id with the least that OWASP's Password Storage Cheat Sheet asks for."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordHashes:
    """Makes and checks hashes, a few at a time, outside the event loop."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._room = asyncio.Semaphore(_HASHES_AT_ONCE)
        self._hash_of_no_one = hasher.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        """The hash of a password, with the parameters of now."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether a password is right; a missing hash takes as long as a wrong password."""
        known = self._hash_of_no_one if password_hash is None else password_hash
        async with self._room:
            try:
                return await asyncio.to_thread(self._hasher.verify, known, password)
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, password_hash: str) -> bool:
        """Whether a hash was made with former parameters."""
        return self._hasher.check_needs_rehash(password_hash)
