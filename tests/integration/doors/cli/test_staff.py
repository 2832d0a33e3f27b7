"""M4: `acuerdo staff`: who may work here, with honest exit statuses."""

import pytest
from typer.testing import CliRunner

from doors.cli.main import app

PASSWORD = "una frase bien larga"


def acuerdo(*arguments: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments, input=typed)
    return done.exit_code, done.output


def test_a_person_is_added_listed_changed_and_sent_away() -> None:
    add = ("staff", "add", "gabi", "Gabriela", "--role", "manager")
    assert acuerdo(*add, typed=f"{PASSWORD}\n")[0] == 0
    # a login that is taken is not a success
    assert acuerdo(*add, typed=f"{PASSWORD}\n")[0] == 1
    status, listed = acuerdo("staff", "list")
    assert (status, listed.split("\t")[:4]) == (0, ["gabi", "Gabriela", "manager", "activa"])
    assert acuerdo("staff", "role", "gabi", "agent")[0] == 0
    assert acuerdo("staff", "creditors", "gabi", "--creditor", "luz-norte")[0] == 0
    assert acuerdo("staff", "password", "gabi", typed="otra frase bien larga\n")[0] == 0
    assert acuerdo("staff", "reset", "gabi", typed="tercera frase bien larga\n")[0] == 0
    assert acuerdo("staff", "sessions", "gabi", "--end")[0] == 0
    assert acuerdo("staff", "disable", "gabi")[0] == 0
    listed = acuerdo("staff", "list")[1]
    assert "deshabilitada" in listed
    assert "agent" in listed
    assert "luz-norte" in listed
    assert acuerdo("staff", "enable", "gabi")[0] == 0


@pytest.mark.parametrize("typed", ["", "\n", "short\n", "gabi2026gabi2026\n", "acuerdo-demo\n"])
def test_a_weak_password_adds_nobody(typed: str) -> None:
    status, output = acuerdo("staff", "add", "gabi", "Gabriela", typed=typed)
    assert status == 1
    assert "no sirve" in output
    assert acuerdo("staff", "list") == (0, "")


@pytest.mark.parametrize(
    "command",
    [
        ("password", "nadie"),
        ("disable", "nadie"),
        ("enable", "nadie"),
        ("role", "nadie", "agent"),
        ("creditors", "nadie"),
        ("sessions", "nadie", "--end"),
    ],
)
def test_nobody_is_not_changed_in_silence(command: tuple[str, ...]) -> None:
    assert acuerdo("staff", *command, typed=f"{PASSWORD}\n")[0] == 1


def test_the_demonstration_is_not_loaded_into_a_configured_database() -> None:
    status, output = acuerdo("seed")
    assert status == 1
    assert "ACUERDO_DATABASE_URL" in output
    assert acuerdo("staff", "list") == (0, "")
