"""What the calls of all tests have in common."""

from collections.abc import Callable

import pytest

from quality.caller import Caller
from tests.journeys.people import Debtor, Someone

Calling = Callable[..., tuple[Debtor, Caller]]


@pytest.fixture
def calling(someone: Someone) -> Calling:
    """A new debtor who calls; `proven=True`: and who has proven to be themselves."""

    def new(*owes: object, proven: bool = False, **about: object) -> tuple[Debtor, Caller]:
        debtor = someone(*owes, **about)  # type: ignore[arg-type]
        call = Caller(debtor.product, debtor.number)
        call.dials("asistente automático")
        if proven:
            call.presses("1", "últimos cuatro")
            call.presses(debtor.last4, "quedó confirmado")
        return debtor, call

    return new
