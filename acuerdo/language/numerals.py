"""Numbers written in digits: which separator means what, by country."""

from dataclasses import dataclass
from decimal import Decimal

from acuerdo.language.currencies import decimal_separators


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, how it was said, and what else it could be.

    `raw` keeps the digits as typed (leading zeros matter in a document number). `spoken` means
    written in words, `grouped` that its form already says it counts something large
    (thousands separators, "mil", "millones").
    """

    value: Decimal
    raw: str
    spoken: bool = False
    grouped: bool = False
    others: tuple[Decimal, ...] = ()

    @property
    def text(self) -> str:
        """The number in plain digits, as rules match it."""
        return format(self.value, "f")

    @property
    def whole(self) -> int | None:
        """The number as an integer, None when it has decimals."""
        return int(self.value) if self.value == self.value.to_integral_value() else None


def read_literal(raw: str, country: str) -> Numeral | None:
    """A number such as 1.500,50 or 1,500.50 read as that country writes it.

    Three digits after a single separator are thousands everywhere, for money has no third
    decimal; where the separator is the country's decimal one, the fraction is kept as another
    reading. None for groups that are no number ("10.11.12").
    """
    marks = [character for character in raw if character in ".,'"]
    if not marks:
        return Numeral(Decimal(raw), raw)
    head, *groups = raw.replace(",", ".").replace("'", ".").split(".")
    in_thousands = all(len(group) == 3 for group in groups) and 0 < len(head) <= 3
    if in_thousands and head != "0":
        return _thousands(head, groups, marks, country)
    if len(set(marks)) >= 2 and marks.count(marks[-1]) == 1:
        whole, fraction = head + "".join(groups[:-1]), groups[-1]
        return Numeral(Decimal(f"{whole}.{fraction}"), whole + fraction, grouped=True)
    if len(marks) == 1:
        return Numeral(Decimal(f"{head}.{groups[0]}"), head + groups[0])
    return None


def _thousands(head: str, groups: list[str], marks: list[str], country: str) -> Numeral:
    digits = head + "".join(groups)
    others: tuple[Decimal, ...] = ()
    if len(marks) == 1 and marks[0] in decimal_separators(country):
        others = (Decimal(f"{head}.{groups[0]}"),)
    return Numeral(Decimal(digits), digits, grouped=True, others=others)
