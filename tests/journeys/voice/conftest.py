"""What the calls of all tests have in common."""

from collections.abc import Callable
from uuid import UUID

import pytest

from quality.caller import Caller
from tests.journeys.desk import Agent
from tests.journeys.people import Debtor, Someone

Calling = Callable[..., tuple[Debtor, Caller]]


@pytest.fixture
def calling(someone: Someone, agent: Agent) -> Calling:
    """A new debtor whom we have rung up and who has answered; `proven=True`: one who has called us
    and proven to be themselves."""

    def new(*owes: object, proven: bool = False, **about: object) -> tuple[Debtor, Caller]:
        debtor = someone(*owes, channel="voice", **about)  # type: ignore[arg-type]
        call = Caller(debtor.product, debtor.number)
        if proven:
            call.dials("asistente automático")
            proves(debtor, call)
            return debtor, call
        agent.calls(voice_point(debtor)).raise_for_status()
        call.rings().picks_up("buenos días")
        call.says("¿aló?", "asistente automático", "¿Hablo con", debtor.first_name)
        return debtor, call

    return new


def proves(debtor: Debtor, call: Caller) -> None:
    """Give the whole document and the birth date, as every caller must whatever their number."""
    document = "".join(each for each in debtor.row["document"] if each.isdigit())
    if document == debtor.row["document"]:
        call.presses(f"{document}#", "fecha de nacimiento")
    else:
        call.says(debtor.row["document"], "fecha de nacimiento")
    year, month, day = debtor.row["birth_date"].split("-")
    call.presses(f"{day}{month}{year}", "quedó confirmado")


def voice_point(debtor: Debtor) -> UUID:
    """The address at which a debtor is called."""
    (row,) = debtor.product.rows(
        "select p.id from contact_point p join debtor d on d.id = p.debtor_id"
        " where d.external_id = %s and p.channel = 'voice'",
        debtor.row["id"],
    )
    found: UUID = row["id"]
    return found
