"""Which passwords people of the desk may choose. Pure.

Source: NIST SP 800-63B-4, section 3.1.1.2: length, and a list of what is common, published or about
the person; no rules of composition.
"""

import re
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final

from acuerdo.platform.safety import PUBLISHED

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1000
_FEWEST_LETTERS: Final = 5
_SHORTEST_LOGIN: Final = 4
# Of the steps from letter to letter, so many in a hundred may go along a keyboard or an alphabet.
_MOST_STEPS_PERCENT: Final = 60
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm")
_STEPS: Final = frozenset(
    step
    for row in _ROWS
    for pair in pairwise(row)
    for step in (pair, pair[::-1], (pair[0], pair[0]), (pair[1], pair[1]))
)
_AS_LETTERS: Final = str.maketrans("013457@$", "oieastas")
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_COMMON: Final = frozenset(
    word
    for line in Path(__file__)
    .with_name("common_passwords.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
    for word in line.split()
)


class PasswordFault(StrEnum):
    """The closed list of what can be wrong with a new password."""

    SHORT = "short"
    LONG = "long"
    LOGIN = "login"
    COMMON = "common"
    MONOTONOUS = "monotonous"


def password_fault(password: str, login: str) -> PasswordFault | None:
    """Say why somebody may not choose a password; None where it may be chosen."""
    plain = password.strip().lower()
    name = login.strip().lower()
    if len(plain) < SHORTEST_PASSWORD:
        return PasswordFault.SHORT
    if len(password) > LONGEST_PASSWORD:
        return PasswordFault.LONG
    if _is_about(plain, name):
        return PasswordFault.LOGIN
    if plain in PUBLISHED or _is_common(plain):
        return PasswordFault.COMMON
    if len(set(plain)) < _FEWEST_LETTERS or _is_a_walk(plain):
        return PasswordFault.MONOTONOUS
    return None


def _is_about(plain: str, login: str) -> bool:
    """Whether it is the login, turned round, doubled, or with something before or after it."""
    if not login:
        return False
    if len(login) < _SHORTEST_LOGIN:
        return not plain.replace(login, "")
    return login in plain or login[::-1] in plain


def _is_common(plain: str) -> bool:
    """Whether it is a common word, alone, repeated, or with figures and signs around it."""
    if plain in _COMMON:
        return True
    root = _EDGES.sub("", plain).translate(_AS_LETTERS)
    words = [word for word in _NO_LETTERS.split(root) if word]
    return bool(words) and all(_is_made_of_one(word) for word in set(words)) and len(set(words)) < 3


def _is_made_of_one(word: str) -> bool:
    return any(
        len(word) % length == 0
        and word[:length] in _COMMON
        and word[:length] * (len(word) // length) == word
        for length in range(3, len(word) + 1)
    )


def _is_a_walk(plain: str) -> bool:
    """Whether the finger goes along a row: 123456789012, qwertyuiop, abcabcabc."""
    steps = sum(pair in _STEPS for pair in pairwise(plain))
    return steps * 100 > _MOST_STEPS_PERCENT * (len(plain) - 1)
