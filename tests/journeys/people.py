"""Invented debtors as journeys need them: in the portfolio, with a phone and a ledger."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from quality import people
from quality.people import Owes, Person
from quality.phone import Heard, Phone
from quality.product import Product
from tests.journeys.ledger import Ledger
from tests.journeys.wording import THE_NAME

Someone = Callable[..., "Debtor"]
_chats = count(700_000_001)


@dataclass
class Debtor:
    """An invented person who is in the portfolio, with their phone and their file."""

    product: Product
    person: Person
    phone: Phone = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.phone = Phone(self.product, self.number)
        self.ledger = Ledger(self.product, self.person.id)

    @property
    def row(self) -> dict[str, Any]:
        """The person's row of the portfolio."""
        return self.person.row

    @property
    def first_name(self) -> str:
        """How friends call them."""
        return str(self.row["name"].split()[0])

    @property
    def last4(self) -> str:
        """The last four characters of their document."""
        return self.person.last4

    @property
    def number(self) -> str:
        """Their telephone number."""
        return self.person.number

    @property
    def creditors(self) -> list[str]:
        """The names of those they owe."""
        return [each["name"] for each in self.person.creditors]

    def verified(self) -> Heard:
        """Prove who they are, from the first greeting on; gives the last answer."""
        self.phone.says("hola", THE_NAME, self.first_name)
        self.phone.says("sí, soy yo", "últimos 4")
        return self.phone.says(self.last4, "quedó confirmado")

    def imported_again(self) -> None:
        """Let the creditor's nightly file come once more."""
        self.product.take_over(self.person.portfolio)

    def on_telegram(self, token: str | None = None) -> Phone:
        """Open a Telegram chat of theirs; with a token, bound to them by its deep link."""
        chat = Phone(self.product, str(next(_chats)), "telegram")
        if token is not None:
            chat.starts(token)
        return chat


def someone(product: Product, *owes: Owes, **about: Any) -> Debtor:
    """Make a new debtor, see `quality.people.invented`, and import them."""
    person = people.invented(*owes, **about)
    product.take_over(person.portfolio)
    return Debtor(product, person)


def a_stranger(product: Product, country: str = "PE") -> Phone:
    """Give a phone whose number is in no portfolio."""
    return Phone(product, people.new_number(country))
