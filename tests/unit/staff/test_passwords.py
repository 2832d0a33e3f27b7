"""M4: which passwords may be chosen."""

import pytest

from acuerdo.staff.passwords import PasswordFault, password_fault
from doors.cli.demonstration import API_KEY, PASSWORD


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", PasswordFault.SHORT),
        ("           ", PasswordFault.SHORT),
        ("            ", PasswordFault.SHORT),
        ("elevenchars", PasswordFault.SHORT),
        ("x" * 1001, PasswordFault.LONG),
        (PASSWORD, PasswordFault.COMMON),
        (API_KEY, PasswordFault.COMMON),
        ("contraseña123", PasswordFault.COMMON),
        ("Contraseña2026!", PasswordFault.COMMON),
        ("P@ssw0rd2026", PasswordFault.COMMON),
        ("passwordpassword", PasswordFault.COMMON),
        ("Bienvenido2026", PasswordFault.COMMON),
        ("Noviembre2026!", PasswordFault.COMMON),
        ("cobranza-2026", PasswordFault.COMMON),
        ("1qaz2wsx3edc", PasswordFault.COMMON),
        ("aaaaaaaaaaaa", PasswordFault.COMMON),
        ("121212121212", PasswordFault.MONOTONOUS),
        ("123456789012", PasswordFault.MONOTONOUS),
        ("qwertyuiopasdf", PasswordFault.MONOTONOUS),
        ("lucia.ramos-99", PasswordFault.LOGIN),
        ("LUCIA.RAMOS2026", PasswordFault.LOGIN),
        ("somar.aicul2026", PasswordFault.LOGIN),
        ("lucia ramos come mangos", None),
        ("a long enough password", None),
        ("tres tristes tigres trigaban", None),
        ("kX9#mQ2$vLp8", None),
    ],
)
def test_what_may_be_chosen(password: str, fault: PasswordFault | None) -> None:
    assert password_fault(password, "lucia.ramos") is fault


def test_a_short_login_is_only_refused_where_it_is_all() -> None:
    assert password_fault("anaanaanaana", "ana") is not None
    assert password_fault("banana con canela y miel", "ana") is None
