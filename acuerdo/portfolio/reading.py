"""Which rows of a portfolio file fit, and what is wrong with the others. Pure.

A row is a creditor, a debtor, an address or a debt. Each is judged by itself: what is wrong with
one keeps that one out, and what hangs on it. Whatever the file holds, the answer is rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import orjson
from pydantic import AwareDatetime, TypeAdapter, ValidationError

from acuerdo.platform.errors import EncodingUnknown, PortfolioMalformed
from acuerdo.portfolio.encoding import UnknownEncoding, decoded
from acuerdo.portfolio.report import Imported
from acuerdo.portfolio.schema import ContactRow, CreditorRow, DebtorOwnRow, DebtorRow, DebtRow
from acuerdo.values import phone
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.money import Money, NotAnAmount

_PARTS: Final = ("creditors", "debtors")
_AMOUNTS: Final = ("balance", "overdue", "interest", "fees")
_MOMENT: Final = TypeAdapter(AwareDatetime)

_Row = TypeVar("_Row", CreditorRow, ContactRow, DebtRow, DebtorOwnRow)

# E-mail and visits are written down and not served yet: they have no traits.
_BY_PHONE: Final = frozenset(channel for channel, traits in TRAITS.items() if traits.by_phone)


@dataclass(slots=True)
class PortfolioFile:
    """The rows that fit, in the order of the file.

    `as_of`: when it was true, as it says itself. `debtors_given`: how many it has, right or wrong.
    `report` holds the errors so far.
    """

    creditors: list[CreditorRow] = field(default_factory=list)
    debtors: list[DebtorRow] = field(default_factory=list)
    as_of: datetime | None = None
    debtors_given: int = 0
    report: Imported = field(default_factory=Imported)

    @property
    def fits(self) -> bool:
        """Whether there is something to take: a debtor, where there are any."""
        if self.debtors_given:
            return bool(self.debtors)
        return bool(self.creditors) or not self.report.errors


def parsed(content: bytes) -> object:
    """The data of a JSON file, whatever its encoding.

    Raises PortfolioMalformed or EncodingUnknown.
    """
    try:
        return orjson.loads(decoded(content))
    except UnknownEncoding as error:
        raise EncodingUnknown(str(error)) from error
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise PortfolioMalformed from error


def rows_of(portfolio: object, known_creditors: Collection[str]) -> PortfolioFile:
    """Judge every row; a debt's creditor is in the file or is known already."""
    file = PortfolioFile()
    if not isinstance(portfolio, dict):
        file.report.wrong("", "", "a portfolio is an object")
        return file
    for key in portfolio.keys() - {*_PARTS, "as_of"}:
        file.report.wrong("", str(key)[:64], "not a part of a portfolio")
    if not _take_moment(portfolio, file):
        return file
    creditors, debtors = (_listed(portfolio, key, file.report) for key in _PARTS)
    file.creditors = [
        row
        for raw in _distinct(creditors, file.report)
        if (row := _valid(CreditorRow, raw, file.report, "", _name(raw))) is not None
    ]
    file.debtors_given = len(debtors)
    doubled = _doubled_debts(debtors)
    known = {*known_creditors, *(each.id for each in file.creditors)}
    for raw in _distinct(debtors, file.report):
        debtor = _debtor(raw, known, doubled, file.report)
        if debtor is not None:
            file.debtors.append(debtor)
    return file


def _take_moment(portfolio: dict[Any, Any], file: PortfolioFile) -> bool:
    given = portfolio.get("as_of")
    if given is None:
        return True
    try:
        file.as_of = _MOMENT.validate_python(given)
    except (ValidationError, OverflowError):
        file.report.wrong("", "as_of", "not a moment with an offset (ISO 8601)")
        return False
    return True


def _listed(portfolio: dict[Any, Any], key: str, report: Imported) -> list[Any]:
    rows = portfolio.get(key, [])
    if isinstance(rows, list):
        return rows
    report.wrong("", key, "must be a list")
    return []


def _distinct(rows: list[Any], report: Imported) -> Iterable[Any]:
    """Rows without those of one id that say different things: nobody knows which is right."""
    by_id: dict[str, list[Any]] = {}
    for raw in rows:
        by_id.setdefault(_name(raw), []).append(raw)
    given: set[str] = set()
    for raw in rows:
        name = _name(raw)
        same = by_id[name]
        if name == _NAMELESS or len(same) == 1:
            yield raw
        elif all(each == same[0] for each in same):
            if name not in given:
                given.add(name)
                yield raw
        else:
            report.wrong(name, "id", "appears twice with different contents")


def _doubled_debts(debtors: list[Any]) -> frozenset[str]:
    """The ids of debts that are those of several people, or stand twice in one."""
    distinct: dict[str, Any] = {}
    count: Counter[str] = Counter()
    for place, raw in enumerate(debtors):
        name = _name(raw)
        if distinct.setdefault(name if name != _NAMELESS else f"\x00{place}", raw) is not raw:
            continue
        debts = raw.get("debts") if isinstance(raw, dict) else None
        if isinstance(debts, list):
            count.update(_name(debt) for debt in debts)
    return frozenset(name for name, times in count.items() if times > 1 and name != _NAMELESS)


_NAMELESS: Final = "?"


def _name(raw: object) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    return given.strip()[:65] if isinstance(given, str) and given.strip() else _NAMELESS


def _valid(kind: type[_Row], raw: object, report: Imported, prefix: str, name: str) -> _Row | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        _note(error, report, prefix, name)
    except (OverflowError, RecursionError, ValueError):
        report.wrong(name, prefix, "cannot be read")
    return None


def _note(error: ValidationError, report: Imported, prefix: str, name: str) -> None:
    for each in error.errors(include_input=False, include_url=False, include_context=False):
        where: tuple[int | str, ...] = (prefix, *each["loc"])
        report.wrong(name, ".".join(str(part) for part in where if part != ""), each["msg"])


def _debtor(
    raw: object, known: Collection[str], doubled: Collection[str], report: Imported
) -> DebtorRow | None:
    name = _name(raw)
    if not isinstance(raw, dict):
        report.wrong(name, "", "must be an object")
        return None
    own = {key: each for key, each in raw.items() if key not in ("contacts", "debts")}
    person = _valid(DebtorOwnRow, own, report, "", name)
    given = {key: raw.get(key, []) for key in ("contacts", "debts")}
    for key, rows in given.items():
        if not isinstance(rows, list):
            report.wrong(name, key, "must be a list")
            return None
    if person is None:
        return None
    contacts = [_contact(each, n, person, report) for n, each in enumerate(given["contacts"])]
    debts = [_debt(each, n, name, known, doubled, report) for n, each in enumerate(given["debts"])]
    fitting = tuple(each for each in debts if each is not None)
    if debts and not fitting:
        # of somebody whose debts are all wrong nothing is known that could be used
        return None
    return DebtorRow(
        **dict(person),
        contacts=tuple(each for each in contacts if each is not None),
        lists_addresses="contacts" in raw and None not in contacts,
        debts=fitting,
    )


def _contact(raw: object, place: int, person: DebtorOwnRow, report: Imported) -> ContactRow | None:
    row = _valid(ContactRow, raw, report, f"contacts.{place}", person.id)
    if row is None or row.channel not in _BY_PHONE:
        return row
    try:
        return row.model_copy(update={"address": phone.listed(row.address, person.country)})
    except phone.NotAPhone:
        report.wrong(person.id, "contacts.address", "not a telephone number that can be called")
        return None


def _debt(
    raw: object,
    place: int,
    debtor: str,
    known: Collection[str],
    doubled: Collection[str],
    report: Imported,
) -> DebtRow | None:
    row = _valid(DebtRow, raw, report, f"debts.{place}", debtor)
    if row is None:
        return None
    if row.id in doubled:
        report.wrong(row.id, "id", "appears twice")
        return None
    before = len(report.errors) + report.errors_left_out
    if row.creditor not in known:
        report.wrong(row.id, "creditor", "is not in the portfolio")
    for name in _AMOUNTS:
        _check_amount(row, name, report)
    if row.overdue > row.balance or row.interest + row.fees > row.balance:
        report.wrong(row.id, "balance", "is less than its parts")
    return row if len(report.errors) + report.errors_left_out == before else None


def _check_amount(row: DebtRow, name: str, report: Imported) -> None:
    try:
        Money.of(getattr(row, name), row.currency)
    except NotAnAmount:
        report.wrong(row.id, name, f"too many decimals for {row.currency}")
