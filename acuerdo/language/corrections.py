"""What an answer to a form's question is about, where it holds no value."""

import re
from typing import Final

_QUESTION: Final = re.compile(
    r"\?|\bqué\b|\bque (?:es|son|pasa|saldo)\b|\b(?:cu[aá]nt|cu[aá]ndo|c[oó]mo|d[oó]nde|qui[eé]n)",
    re.I,
)
_AMOUNT: Final = re.compile(r"\b(monto|cantidad|cu[aá]nto|importe|plata|valor)\b", re.I)
_DATE: Final = re.compile(r"\b(fecha|d[ií]a|cu[aá]ndo)\b", re.I)
_NO_RECEIPT: Final = re.compile(
    r"\b(?:no|ni|sin|perd[ií]|bot[eé]|tir[eé])\b.{0,20}\b(?:teng|guard|encuentr|conserv|sal|foto|"
    r"comprobante|recibo|papel|voucher|boleta)|\b(?:perd[ií]|bot[eé]|tir[eé])\b",
    re.I,
)


def is_question(text: str) -> bool:
    """Tell whether something is asked; "la fecha" or "el total" alone only look like it."""
    return _QUESTION.search(text) is not None


def names_amount(text: str) -> bool:
    """Tell whether the words are about the amount: "cambie el monto"."""
    return _AMOUNT.search(text) is not None


def names_date(text: str) -> bool:
    """Tell whether the words are about the date: "la fecha no"."""
    return _DATE.search(text) is not None


def has_no_receipt(text: str) -> bool:
    """Tell whether a person says that they have no receipt: "perdí el papel"."""
    return _NO_RECEIPT.search(text) is not None
