"""The published logins of the demonstration, which production must not hold. Pure."""

from typing import Final

from acuerdo.staff.permissions import Role

LOGINS: Final = (
    ("agente", "Andrea Agente", Role.AGENT),
    ("gerente", "Gabriel Gerente", Role.MANAGER),
)
PASSWORD: Final = "acuerdo-demo"  # noqa: S105 - for the demonstration, refused in production
