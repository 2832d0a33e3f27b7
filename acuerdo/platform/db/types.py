"""Column types: moments in UTC, and text that only the product can read."""

import hashlib
import hmac
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; refuses naive values, always comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: the same moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        return None if value is None else value.astimezone(UTC)


class Vault:
    """Encrypts and looks up personal data with keys derived from the master key.

    The first key encrypts; the others can still decrypt, so that a key is rotated by putting the
    new one first and re-encrypting at leisure (`acuerdo keys rotate`). Look-ups use a keyed hash.
    """

    def __init__(self, master_keys: Sequence[str]) -> None:
        if not master_keys:
            raise ValueError("at least one key is needed")
        self._fernet = MultiFernet(
            [Fernet(_derive_fernet_key(key, b"acuerdo.encryption")) for key in master_keys]
        )
        self._hash_keys = [derive_key(key, b"acuerdo.lookup") for key in master_keys]

    def encrypt(self, text: str) -> bytes:
        """The text, readable only with one of our keys."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """The text again; InvalidToken where none of our keys made it."""
        return self._fernet.decrypt(token).decode()

    def seal(self, content: bytes) -> bytes:
        """The bytes, packed and readable only with one of our keys."""
        return self._fernet.encrypt(zlib.compress(content, 1))

    def unseal(self, token: bytes) -> bytes:
        """The bytes again; InvalidToken where none of our keys made it."""
        return zlib.decompress(self._fernet.decrypt(token))

    def rotate(self, token: bytes) -> bytes:
        """The same text under the newest key."""
        return self._fernet.rotate(token)

    def lookup(self, text: str) -> bytes:
        """A keyed hash (32 bytes) to find an equal text by."""
        return self._hash(self._hash_keys[0], text)

    def lookups(self, text: str) -> list[bytes]:
        """The hashes of a text under every key, newest first."""
        return [self._hash(key, text) for key in self._hash_keys]

    @staticmethod
    def _hash(key: bytes, text: str) -> bytes:
        return hmac.digest(key, text.encode(), hashlib.sha256)


def derive_key(master: str, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose only, out of the master key."""
    return HKDF(hashes.SHA256(), length=32, salt=None, info=purpose).derive(master.encode())


def _derive_fernet_key(master: str, purpose: bytes) -> bytes:
    return urlsafe_b64encode(derive_key(master, purpose))


_E = TypeVar("_E", bound=StrEnum)


class Named(TypeDecorator[_E]):
    """A word from a closed list, kept as text: adding a word needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[_E]) -> None:
        super().__init__(32)
        self.words = words

    def process_bind_param(self, value: _E | str | None, dialect: Dialect) -> str | None:
        """To the database: the word; ValueError for one that is not in the list."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> _E | None:
        """From the database: the member of the list."""
        return None if value is None else self.words(value)
