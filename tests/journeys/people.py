"""Invented debtors, new ones for every test, taken over through the REST API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import uuid4

from acuerdo.values.countries import country as habits_of
from acuerdo.values.dates import local_date
from tests.journeys.ledger import Ledger
from tests.journeys.phone import Heard, Phone
from tests.journeys.product import CLOCK_START, RunningProduct
from tests.journeys.wording import THE_NAME

AGENCY: Final = "Gestiones del Sur"
# By country: how the invented numbers begin (ranges never given out), how many digits follow, the
# smallest promise and the smallest instalment.
_HABITS: Final = {
    "MX": ("+5255000", 5, "200.00", "300.00"),
    "CO": ("+573000", 6, "30000", "40000"),
    "PE": ("+51900", 6, "50.00", "50.00"),
    "CL": ("+56900", 6, "10000", "20000"),
    "AR": ("+54110", 7, "5000", "10000"),
}
Someone = Callable[..., "Debtor"]
# the demonstration has numbers of the same ranges, the first hundreds of each
_numbers = count(10_001)
_people = count(4001)


@dataclass(frozen=True)
class Owes:
    """One debt of a builder: decimal strings in the creditor's currency."""

    balance: str
    overdue: str
    product: str = "préstamo personal"
    creditor: str = "Crédito Azul"
    interest: str = "0"
    fees: str = "0"
    days_late: int = 45


_USUAL: Final = {
    "MX": Owes("8400.00", "2100.00", interest="900.00", fees="150.00"),
    "CO": Owes("1250000", "420000", "compra de televisor", "Tienda del Sol"),
    "PE": Owes("320.50", "120.50", "servicio eléctrico", "Luz Norte"),
    "CL": Owes("740000", "148000", "crédito de consumo", "Banco Andino"),
    "AR": Owes("185000.00", "61500.00", "compra en cuotas", "Pampa Créditos"),
}


def a_policy(country: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """A creditor's policy; `changes` by part: `promise={"max_days": 5}`."""
    _, _, promise, instalment = _HABITS[country]
    policy: dict[str, dict[str, Any]] = {
        "verification": {"factors": ["document_last4"], "max_attempts": 3},
        "promise": {"max_days": 10, "min_amount": promise, "max_open": 1},
        "plan": {
            "max_instalments": 6,
            "min_instalment": instalment,
            "frequencies": ["weekly", "fortnightly", "monthly"],
            "min_down_payment_percent": 0,
            "max_first_payment_days": 15,
        },
        "settlement": {"max_discount_percent": 0, "valid_days": 5},
    }
    return {name: part | changes.get(name, {}) for name, part in policy.items()}


@dataclass
class Debtor:
    """An invented person who is in the portfolio, with their phone and their file."""

    product: RunningProduct
    portfolio: dict[str, Any]
    phone: Phone
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.product, self.row["id"])

    @property
    def row(self) -> dict[str, Any]:
        """The person's row of the portfolio."""
        row: dict[str, Any] = self.portfolio["debtors"][0]
        return row

    @property
    def first_name(self) -> str:
        """How friends call them."""
        return str(self.row["name"].split()[0])

    @property
    def last4(self) -> str:
        """The last four characters of their document."""
        return str(self.row["document"][-4:])

    @property
    def number(self) -> str:
        """Their telephone number."""
        return str(self.row["contacts"][0]["address"])

    @property
    def creditors(self) -> list[str]:
        """The names of those they owe."""
        return [each["name"] for each in self.portfolio["creditors"]]

    def verified(self) -> Heard:
        """Prove who they are, from the first greeting on; gives the last answer."""
        self.phone.says("hola", THE_NAME, self.row["name"])
        self.phone.says("sí, soy yo", "últimos 4")
        return self.phone.says(self.last4, "quedó confirmado")

    def imported_again(self) -> None:
        """The creditor's nightly file comes once more."""
        take_over(self.product, self.portfolio)

    def on_telegram(self, token: str | None = None) -> Phone:
        """A Telegram chat of theirs; with a token, bound to them by its deep link."""
        chat = Phone(self.product, str(700_000_000 + next(_numbers)), "telegram")
        if token is not None:
            chat.starts(token)
        return chat


def someone(
    product: RunningProduct,
    *owes: Owes,
    country: str = "PE",
    name: str = "Ana Flores Quispe",
    policy: dict[str, Any] | None = None,
    birth_date: str = "1990-03-02",
    channel: str = "whatsapp",
) -> Debtor:
    """A new debtor of a country, with debts to creditors of that country."""
    habits = habits_of(country)
    mark = uuid4().hex[:8]
    debts = owes or (_USUAL[country],)
    creditors = {each.creditor: f"c-{mark}-{n}" for n, each in enumerate(debts)}
    number = _new_number(country)
    today = _today(country)
    portfolio = {
        "creditors": [
            {
                "id": external_id,
                "name": creditor,
                "agency": AGENCY,
                "country": country,
                "currency": habits.currency,
                "timezone": habits.timezone,
                "payment_methods": f"Transferencia a la cuenta 191-000 de {creditor}.",
                "complaints": "Puede dejar su reclamo en la oficina del acreedor.",
                "policy": policy or a_policy(country),
            }
            for creditor, external_id in creditors.items()
        ],
        "debtors": [
            {
                "id": f"d-{mark}",
                "name": name,
                # all documents differ in their last four characters
                "document": f"4567{next(_people)}",
                "birth_date": birth_date,
                "country": country,
                "timezone": habits.timezone,
                "contacts": [{"channel": channel, "address": number, "consent": True}],
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
                        "due_on": (today - timedelta(days=each.days_late)).isoformat(),
                    }
                    for place, each in enumerate(debts)
                ],
            }
        ],
    }
    take_over(product, portfolio)
    return Debtor(product, portfolio, Phone(product, number))


def take_over(product: RunningProduct, portfolio: dict[str, Any]) -> None:
    """Import a portfolio as an ERP does."""
    answer = product.api.post("/portfolio", json=portfolio)
    assert answer.status_code == 200, answer.text


def a_stranger(product: RunningProduct, country: str = "PE") -> Phone:
    """A phone whose number is in no portfolio."""
    return Phone(product, _new_number(country))


def _new_number(country: str) -> str:
    beginning, digits, *_ = _HABITS[country]
    return f"{beginning}{next(_numbers):0{digits}}"


def in_days(days: int, country: str = "PE") -> date:
    """The local date so many days after the product's today."""
    return _today(country) + timedelta(days=days)


def _today(country: str) -> date:
    return local_date(datetime.fromisoformat(CLOCK_START), habits_of(country).timezone)
