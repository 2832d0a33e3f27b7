"""Amounts of money in minor units, never in floating point."""

from dataclasses import dataclass
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DecimalException,
    Inexact,
    InvalidOperation,
    Overflow,
)
from typing import Final, Self

from acuerdo.values.countries import Country

# Digits after the decimal point in use (ISO 4217 list one); two where a currency is not named here.
_EXPONENTS: Final = {"CLP": 0, "PYG": 0, "CLF": 4}
_SYMBOLS: Final = {"PEN": "S/", "USD": "US$", "EUR": "€", "CLF": "UF"}
# More than all the money there is, in any minor unit.
_MOST_DIGITS: Final = 30
# Nothing is rounded off while an amount is read, neither centavos nor the last of many digits.
_EXACT: Final = Context(prec=2 * _MOST_DIGITS, traps=[InvalidOperation, Overflow, Inexact])
# Colombians do not write centavos, although ISO gives the peso two decimals.
_SHOWN_WHOLE: Final = frozenset({"COP", "CLP", "PYG"})


def exponent(currency: str) -> int:
    """How many decimal digits a currency's minor unit has."""
    return _EXPONENTS.get(currency, 2)


class NotAnAmount(ValueError):
    """The text or number cannot be an amount of this currency."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`minor` units (centavos where the currency has them) of an ISO 4217 `currency`."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Self:
        """Read a decimal amount; NotAnAmount where it is none or has too many decimals."""
        try:
            scaled = Decimal(amount).scaleb(exponent(currency), context=_EXACT)
        except DecimalException as error:
            raise NotAnAmount(str(amount)) from error
        # an exponent beyond reason would be written out digit by digit
        if (
            not scaled.is_finite()
            or scaled.adjusted() > _MOST_DIGITS
            or scaled != scaled.to_integral_value()
        ):
            raise NotAnAmount(str(amount))
        return cls(int(scaled), currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """The nearest amount that the currency can express."""
        scaled = amount.scaleb(exponent(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def plain(self) -> str:
        """A decimal string for machines: `1500.50`."""
        return f"{self.amount:.{exponent(self.currency)}f}"

    def text(self, country: Country) -> str:
        """The amount as people of a country write it: `$1,500.50`, `$ 1.500,50`, `S/ 320.50`."""
        digits = 0 if self._shown_whole() else exponent(self.currency)
        written = f"{self.amount:,.{digits}f}"
        written = written.translate({ord(","): country.thousands, ord("."): country.decimal})
        if self.currency in _SYMBOLS:
            return f"{_SYMBOLS[self.currency]} {written}"
        return f"${written}" if self.currency == country.currency else f"{self.currency} {written}"

    def _shown_whole(self) -> bool:
        return self.currency in _SHOWN_WHOLE and self.amount == self.amount.to_integral_value()

    def percent(self, percent: int) -> "Money":
        """That many percent of the amount, rounded half up to the minor unit."""
        return Money((self.minor * percent + 50) // 100, self.currency)

    def split(self, parts: int) -> tuple["Money", ...]:
        """Equal parts that add up to the whole; the remainder goes to the last one.

        Parts are whole units where people write no decimals, unless that would leave them empty.
        """
        if parts < 1:
            raise ValueError("parts must be at least one")
        each = self.minor // parts
        unit = 10 ** exponent(self.currency) if self.currency in _SHOWN_WHOLE else 1
        if each >= unit:
            each -= each % unit
        last = self.minor - each * (parts - 1)
        return (*(Money(each, self.currency) for _ in range(parts - 1)), Money(last, self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.minor
