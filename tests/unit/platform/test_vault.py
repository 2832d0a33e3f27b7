"""Personal data at rest: readable with our keys only, found by a keyed hash, re-keyed."""

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.platform.db.types import Vault

OLD, NEW = Vault(["old key"]), Vault(["new key"])
BOTH = Vault(["new key", "old key"])


@given(st.text(max_size=60))
def test_what_is_encrypted_reads_back(text: str) -> None:
    token = NEW.encrypt(text)
    assert NEW.decrypt(token) == text
    assert not text or text.encode() not in token or len(text) < 4


def test_the_same_text_is_never_encrypted_the_same() -> None:
    assert NEW.encrypt("45671234") != NEW.encrypt("45671234")


def test_without_the_key_nothing_is_read() -> None:
    with pytest.raises(InvalidToken):
        NEW.decrypt(OLD.encrypt("45671234"))
    tampered = bytearray(NEW.encrypt("45671234"))
    tampered[-1] ^= 1
    with pytest.raises(InvalidToken):
        NEW.decrypt(bytes(tampered))


def test_a_key_is_rotated_without_losing_anything() -> None:
    # given something encrypted under the old key
    token = OLD.encrypt("45671234")
    # when the new key is put first, it can still be read, and is put under the new key
    assert BOTH.decrypt(token) == "45671234"
    renewed = BOTH.rotate(token)
    # then the old key is not needed any more
    assert NEW.decrypt(renewed) == "45671234"
    with pytest.raises(InvalidToken):
        OLD.decrypt(renewed)


def test_people_are_found_under_the_new_and_the_old_key() -> None:
    assert BOTH.lookups("45671234") == [NEW.lookup("45671234"), OLD.lookup("45671234")]
    assert BOTH.lookup("45671234") == NEW.lookup("45671234")
    assert len(NEW.lookup("x")) == 32
    assert NEW.lookup("45671234") != NEW.lookup("45671235")


def test_the_hash_is_of_another_key_than_the_encryption_and_tells_nothing() -> None:
    assert b"45671234" not in NEW.lookup("45671234")
    assert NEW.lookup("45671234") != OLD.lookup("45671234")


def test_a_vault_needs_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        Vault([])
