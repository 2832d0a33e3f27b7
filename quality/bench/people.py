"""Invented debtors to talk as. Nobody here exists; the numbers are never given out."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

_DAYS_LATE: Final = 40
_PAUSE_SECONDS: Final = (2.0, 4.0)
# Below are the people of the demonstration.
_FIRST_NUMBER: Final = 100_000


@dataclass(frozen=True, slots=True)
class Land:
    """A creditor of one country and what its debtors say."""

    code: str
    currency: str
    timezone: str
    prefix: str
    number_digits: int
    document_digits: int
    balance: str
    overdue: str
    pays: str


LANDS: Final = (
    Land("PE", "PEN", "America/Lima", "+51900", 6, 8, "320.50", "120.50", "100 soles"),
    Land("MX", "MXN", "America/Mexico_City", "+525500", 6, 13, "8400.00", "2100.00", "1500 pesos"),
    Land("CO", "COP", "America/Bogota", "+573000", 6, 10, "1250000", "420000", "350 mil"),
)
_MIN_AMOUNT: Final = {"PE": "50.00", "MX": "200.00", "CO": "30000"}


@dataclass(frozen=True, slots=True)
class Person:
    """A debtor with what they know of themselves."""

    id: str
    address: str
    document: str
    pays: str

    @property
    def last_four(self) -> str:
        """What proves who they are."""
        return self.document[-4:]


async def pause() -> None:
    """Read, or listen to the end, before going on."""
    await asyncio.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - nobody's secret


def people(count: int) -> list[Person]:
    """So many debtors, the lands taking turns."""
    return [_person(number) for number in range(count)]


def _person(number: int) -> Person:
    land = LANDS[number % len(LANDS)]
    return Person(
        id=f"bench-{number}",
        address=f"{land.prefix}{_FIRST_NUMBER + number:0{land.number_digits}d}",
        document=f"7{number:0{land.document_digits - 1}d}",
        pays=land.pays,
    )


def portfolio(persons: Sequence[Person], today: date) -> dict[str, Any]:
    """The portfolio that makes them known, as `POST /api/v1/portfolio` takes it."""
    return {
        "creditors": [_creditor(land) for land in LANDS],
        "debtors": [_debtor(number, person, today) for number, person in enumerate(persons)],
    }


def _creditor(land: Land) -> dict[str, Any]:
    least = _MIN_AMOUNT[land.code]
    return {
        "id": f"bench-{land.code}",
        "name": f"Acreedor {land.code}",
        "agency": "Gestiones de Prueba",
        "country": land.code,
        "currency": land.currency,
        "timezone": land.timezone,
        "payment_methods": "En cualquier agente con su número de documento.",
        "complaints": "Por este mismo medio.",
        "policy": {
            "verification": {"factors": ["document_last4"], "max_attempts": 3},
            "promise": {"max_days": 12, "min_amount": least, "max_open": 1},
            "plan": {
                "max_instalments": 6,
                "min_instalment": least,
                "frequencies": ["weekly", "fortnightly", "monthly"],
                "min_down_payment_percent": 0,
                "max_first_payment_days": 15,
            },
            "settlement": {"max_discount_percent": 0, "valid_days": 5},
        },
    }


def _debtor(number: int, person: Person, today: date) -> dict[str, Any]:
    land = LANDS[number % len(LANDS)]
    return {
        "id": person.id,
        "name": f"Persona {number}",
        "document": person.document,
        "birth_date": "1990-03-02",
        "country": land.code,
        "timezone": land.timezone,
        "contacts": [{"channel": "whatsapp", "address": person.address, "consent": True}],
        "debts": [
            {
                "id": f"{person.id}-a",
                "creditor": f"bench-{land.code}",
                "product": "préstamo personal",
                "currency": land.currency,
                "balance": land.balance,
                "overdue": land.overdue,
                "interest": "0.00",
                "fees": "0.00",
                "due_on": (today - timedelta(days=_DAYS_LATE)).isoformat(),
            }
        ],
    }
