"""The portfolio file: creditors, debtors, their addresses and debts."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.verification import normal_document
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES


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


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


def _known_document(document: str) -> str:
    if len(normal_document(document)) < _SHORTEST_DOCUMENT:
        raise ValueError(f"needs {_SHORTEST_DOCUMENT} letters or digits at least")
    return document


# Its last four characters are what most people are asked for.
_SHORTEST_DOCUMENT = 4
Text = Annotated[str, AfterValidator(_printable)]
Document = Annotated[str, Field(max_length=40), AfterValidator(_known_document)]
ExternalId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:@-]+$")]
CountryCode = Annotated[str, AfterValidator(_known_country)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=4)]
Line = Annotated[Text, Field(min_length=1, max_length=200)]


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


class DebtorRow(_Row):
    """A person, their addresses and their debts."""

    id: ExternalId
    name: Line
    document: Document | None = None
    birth_date: date | None = None
    country: CountryCode
    timezone: Zone
    contacts: tuple[ContactRow, ...] = ()
    debts: tuple[DebtRow, ...] = ()
