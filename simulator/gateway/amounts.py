"""Amounts at the gateway: decimal text in, decimals inside, as people write them on its pages."""

import re
from decimal import Decimal
from typing import Final

from simulator.gateway.errors import GatewayRefusal

_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.([0-9]{1,4}))?")
_DECIMALS: Final = {"CLP": 0, "PYG": 0, "CLF": 4}
# How amounts are written where the currency is used.
_POINT_IS_DECIMAL: Final = frozenset({"MXN", "PEN", "USD"})


def positive(text: str, currency: str) -> Decimal:
    """The amount; refused with 400 where it is none above zero, or finer than the currency."""
    found = _AMOUNT.fullmatch(text)
    decimals = len((found[1] or "").rstrip("0")) if found else 0
    if found is None or decimals > _DECIMALS.get(currency, 2) or Decimal(text) <= 0:
        raise GatewayRefusal(400, "amount_invalid", "The amount must be a positive decimal.")
    return Decimal(text)


def shown(amount: Decimal, currency: str) -> str:
    """The amount as its country writes it: `PEN 1,500.50`, `COP 1.500,50`."""
    text = f"{amount:,.{_DECIMALS.get(currency, 2)}f}"
    if currency not in _POINT_IS_DECIMAL:
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{currency} {text}"
