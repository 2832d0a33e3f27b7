"""The portfolio file: creditors, debtors, their addresses and debts. Pure."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.verification import normal_document
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES
from acuerdo.values.text import is_seen, one_line, upright


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("not a time zone of the IANA database") from error
    return name


def _known_country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError(f"not a country we serve: {', '.join(sorted(COUNTRIES))}")
    return code


def _storable(text: str) -> str:
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("holds half of a character")
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return upright(text)


def _printable(identifier: str) -> str:
    if not all(is_seen(each) for each in identifier):
        raise ValueError("holds a character that cannot be seen")
    return identifier


def _a_name(text: str) -> str:
    line = one_line(_storable(text))
    if not line:
        raise ValueError("is empty")
    return line


def _of_a_person(born: date) -> date:
    if born.year < _OLDEST_BIRTH:
        raise ValueError("is too long ago")
    return born


def _known_document(document: str) -> str:
    if len(normal_document(document)) < _SHORTEST_DOCUMENT:
        raise ValueError(f"needs {_SHORTEST_DOCUMENT} letters or digits at least")
    return document


# Its last four characters are what most people are asked for.
_SHORTEST_DOCUMENT = 4
_OLDEST_BIRTH = 1880
Text = Annotated[str, AfterValidator(_storable)]
Document = Annotated[Text, Field(max_length=40), AfterValidator(_known_document)]
# Others' identifiers are theirs: any text that can be printed on one line.
ExternalId = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_printable)]
CountryCode = Annotated[str, AfterValidator(_known_country)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=4)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_a_name)]
BirthDate = Annotated[date, AfterValidator(_of_a_person)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CreditorRow(_Row):
    """A creditor with its policies and texts."""

    id: ExternalId
    name: Line
    agency: Line
    country: CountryCode
    currency: Currency
    timezone: Zone
    payment_methods: Text = Field(default="", max_length=2000)
    complaints: Text = Field(default="", max_length=2000)
    policy: CreditorPolicy = CreditorPolicy()


class ContactRow(_Row):
    """An address of a debtor, whether they agreed to be reached there, whether it is at work."""

    channel: Channel
    address: Text = Field(min_length=3, max_length=160)
    consent: bool = False
    workplace: bool = False


class DebtRow(_Row):
    """A debt; amounts are decimal strings in the debt's currency."""

    id: ExternalId
    creditor: ExternalId
    product: Line
    currency: Currency
    balance: Amount
    overdue: Amount = Decimal(0)
    interest: Amount = Decimal(0)
    fees: Amount = Decimal(0)
    due_on: date


class DebtorOwnRow(_Row):
    """A person, without their addresses and debts."""

    id: ExternalId
    name: Line
    document: Document | None = None
    birth_date: BirthDate | None = None
    country: CountryCode
    timezone: Zone


class DebtorRow(DebtorOwnRow):
    """A person with the addresses and debts of theirs that fit.

    Addresses of telephones are canonical. `lists_addresses`: the row says which addresses the
    person has, and all of them could be read: what it does not have is theirs no more.
    """

    contacts: tuple[ContactRow, ...] = ()
    lists_addresses: bool = False
    debts: tuple[DebtRow, ...] = ()
