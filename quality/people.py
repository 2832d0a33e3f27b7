"""Invented debtors. Nobody here exists; the numbers are of ranges that are never given out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Final
from uuid import uuid4

from acuerdo.values.countries import country as habits_of
from acuerdo.values.dates import local_date
from quality.clock import START

AGENCY: Final = "Gestiones del Sur"
Row = dict[str, Any]
# the demonstration has numbers of the same ranges, the first hundreds of each
_numbers: Final = count(10_001)
# all documents differ in their last four characters, for as long as there are that many
_documents: Final = count(4001)


@dataclass(frozen=True)
class Owes:
    """One debt of somebody invented: decimal strings in the creditor's currency."""

    balance: str
    overdue: str
    product: str = "préstamo personal"
    creditor: str = "Crédito Azul"
    interest: str = "0"
    fees: str = "0"
    days_late: int = 45


@dataclass(frozen=True)
class _Land:
    """How numbers begin, how many digits follow, the smallest promise and instalment, a debt."""

    prefix: str
    digits: int
    promise: str
    instalment: str
    usual: Owes


_LANDS: Final = {
    "MX": _Land(
        "+5255000", 5, "200.00", "300.00",
        Owes("8400.00", "2100.00", interest="900.00", fees="150.00"),
    ),
    "CO": _Land(
        "+573000", 6, "30000", "40000",
        Owes("1250000", "420000", "compra de televisor", "Tienda del Sol"),
    ),
    "PE": _Land(
        "+51900", 6, "50.00", "50.00", Owes("320.50", "120.50", "servicio eléctrico", "Luz Norte")
    ),
    "CL": _Land(
        "+56900", 6, "10000", "20000",
        Owes("740000", "148000", "crédito de consumo", "Banco Andino"),
    ),
    "AR": _Land(
        "+54110", 7, "5000", "10000",
        Owes("185000.00", "61500.00", "compra en cuotas", "Pampa Créditos"),
    ),
    "EC": _Land(
        "+59390", 7, "20.00", "20.00",
        Owes("410.00", "130.00", "crédito de consumo", "Banco Andino"),
    ),
}  # fmt: skip


def usual_debt(country: str) -> Owes:
    """Give what somebody in a country owes unless a test says otherwise."""
    return _LANDS[country].usual


def a_policy(country: str, **changes: Row) -> Row:
    """Give a creditor's policy; `changes` by part: `promise={"max_days": 5}`."""
    land = _LANDS[country]
    policy: dict[str, Row] = {
        "verification": {"factors": ["document_last4"], "max_attempts": 3},
        "promise": {"max_days": 10, "min_amount": land.promise, "max_open": 1},
        "plan": {
            "max_instalments": 6,
            "min_instalment": land.instalment,
            "frequencies": ["weekly", "fortnightly", "monthly"],
            "min_down_payment_percent": 0,
            "max_first_payment_days": 15,
        },
        "settlement": {"max_discount_percent": 0, "valid_days": 5},
    }
    return {name: part | changes.get(name, {}) for name, part in policy.items()}


@dataclass(frozen=True)
class Person:
    """An invented debtor with their creditors, as rows of a portfolio."""

    creditors: tuple[Row, ...]
    row: Row

    @property
    def portfolio(self) -> Row:
        """The portfolio that makes them known, as `POST /api/v1/portfolio` takes it."""
        return portfolio([self])

    @property
    def id(self) -> str:
        """Their external id."""
        return str(self.row["id"])

    @property
    def last4(self) -> str:
        """The last four characters of their document, which prove who they are."""
        return str(self.row["document"][-4:])

    @property
    def number(self) -> str:
        """Their telephone number."""
        return str(self.row["contacts"][0]["address"])


def invented(
    *owes: Owes,
    country: str = "PE",
    name: str = "Ana Flores Quispe",
    policy: Row | None = None,
    birth_date: str = "1990-03-02",
    channel: str = "whatsapp",
    creditors_id: str = "",
) -> Person:
    """Make a new debtor of a country, with debts to creditors of that country.

    The creditors are new ones too, unless `creditors_id` says whose: those of one id are shared.
    """
    habits = habits_of(country)
    mark = uuid4().hex[:8]
    debts = owes or (usual_debt(country),)
    names = dict.fromkeys(each.creditor for each in debts)
    creditors = {each: f"c-{creditors_id or mark}-{n}" for n, each in enumerate(names)}
    row = {
        "id": f"d-{mark}",
        "name": name,
        "document": f"4567{next(_documents)}",
        "birth_date": birth_date,
        "country": country,
        "timezone": habits.timezone,
        "contacts": [{"channel": channel, "address": new_number(country), "consent": True}],
        "debts": [
            {
                "id": f"d-{mark}-{place}",
                "creditor": creditors[each.creditor],
                "product": each.product,
                "currency": habits.currency,
                "balance": each.balance,
                "overdue": each.overdue,
                "interest": each.interest,
                "fees": each.fees,
                "due_on": (today(country) - timedelta(days=each.days_late)).isoformat(),
            }
            for place, each in enumerate(debts)
        ],
    }
    terms = policy or a_policy(country)
    return Person(
        tuple(_creditor(id_, name, country, terms) for name, id_ in creditors.items()), row
    )


def _creditor(external_id: str, name: str, country: str, policy: Row) -> Row:
    habits = habits_of(country)
    return {
        "id": external_id,
        "name": name,
        "agency": AGENCY,
        "country": country,
        "currency": habits.currency,
        "timezone": habits.timezone,
        "payment_methods": f"Transferencia a la cuenta 191-000 de {name}.",
        "complaints": "Puede dejar su reclamo en la oficina del acreedor.",
        "policy": policy,
    }


def portfolio(people: Iterable[Person]) -> Row:
    """Put people together in one portfolio; creditors they share stand in it once."""
    everybody = list(people)
    creditors = {each["id"]: each for person in everybody for each in person.creditors}
    return {"creditors": [*creditors.values()], "debtors": [each.row for each in everybody]}


def new_number(country: str) -> str:
    """Give a number that nobody else of this run has."""
    land = _LANDS[country]
    return f"{land.prefix}{next(_numbers):0{land.digits}}"


def today(country: str = "PE") -> date:
    """The local date at which the product begins."""
    return local_date(START, habits_of(country).timezone)


def in_days(days: int, country: str = "PE") -> date:
    """The local date so many days after the product's first."""
    return today(country) + timedelta(days=days)
