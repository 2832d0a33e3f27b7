"""What each role may do, one line a permission: a new one is decided on here for every role."""

import pytest

from acuerdo.staff.permissions import Permission, Role, allows

#                                    agent  manager
TABLE = {
    Permission.READ_LEDGER: (False, True),
    Permission.READ_DEBTOR_FILES: (False, True),
    Permission.ANSWER_DATA_REQUESTS: (False, True),
    Permission.SET_LIMITS: (False, True),
}
ROLES = (Role.AGENT, Role.MANAGER)


def test_the_table_has_every_permission_and_every_role() -> None:
    assert set(TABLE) == set(Permission)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_do_what_its_column_says(permission: Permission) -> None:
    assert tuple(allows(role, permission) for role in ROLES) == TABLE[permission]
