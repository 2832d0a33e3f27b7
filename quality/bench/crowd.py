"""The invented debtors who talk with the bench's product, and what each of them can pay."""

import asyncio
import random
from itertools import cycle, islice
from typing import Final

from quality.people import Owes, Person, invented

_PAUSE_SECONDS: Final = (2.0, 4.0)
# By country: what is owed, and what can be paid of it, as people there say it.
_DEBTS: Final = {
    "PE": Owes("320.50", "120.50", creditor="Acreedor PE"),
    "MX": Owes("8400.00", "2100.00", creditor="Acreedor MX"),
    "CO": Owes("1250000", "420000", creditor="Acreedor CO"),
}
_PAYS: Final = {"PE": "100 soles", "MX": "1500 pesos", "CO": "350 mil"}


def people(count: int) -> list[Person]:
    """Make so many debtors, the countries taking turns."""
    return [
        invented(
            _DEBTS[country],
            country=country,
            creditors_id=f"bench-{country}",
        )
        for country in islice(cycle(_DEBTS), count)
    ]


def pays(person: Person) -> str:
    """What a person can pay, in their words."""
    return _PAYS[person.row["country"]]


async def pause() -> None:
    """Read, or listen to the end, before going on."""
    await asyncio.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - nobody's secret
