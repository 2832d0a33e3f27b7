"""Which role may do what at the desk. Pure.

What is not listed here, every person who is logged in may do: read and hold conversations, call.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The work that a person does here."""

    AGENT = "agent"
    MANAGER = "manager"


class Permission(StrEnum):
    """Something that not everybody may do."""

    READ_LEDGER = "read_ledger"
    READ_DEBTOR_FILES = "read_debtor_files"
    ANSWER_DATA_REQUESTS = "answer_data_requests"
    SET_LIMITS = "set_limits"


_PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.AGENT: frozenset(),
    Role.MANAGER: frozenset(Permission),
}


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether people of a role may do something."""
    return permission in _PERMISSIONS[role]
