"""Two factors, none of which follows from another, by country and by document."""

from datetime import date

import pytest

from acuerdo.debts.factors import (
    asked_beside,
    asked_of_known,
    holds_birth_date,
    is_computable,
)

BORN = date(1990, 3, 2)
TWO = ("document_last4", "birth_date")


@pytest.mark.parametrize(
    ("document", "tells"),
    [
        ("FOLA900302MDFLRN09", True),  # CURP
        ("PERL850512HDFRZS05", True),
        ("VECJ880326XK4", True),  # RFC of a person
        ("PEA800101ABC", True),  # RFC whose Ñ fell out of the normal form
        ("GMVLMR80070501M100", True),  # voter's key
        ("4821093371052", False),  # number on the back of an INE
        ("45671234", False),  # DNI of Peru, cédula of Colombia
        ("12345678K", False),  # RUT
        ("12345678Z", False),  # DNI of Spain
        ("X1234567L", False),  # NIE
        ("ABC991399XYZ", False),  # no such month
        ("", False),
    ],
)
def test_which_documents_tell_a_birth_date(document: str, tells: bool) -> None:
    assert holds_birth_date(document) is tells
    assert asked_beside(document) == ("account_last4" if tells else "birth_date")


@pytest.mark.parametrize(
    ("wanted", "document", "birth", "asked"),
    [
        (TWO, "45671234", BORN, TWO),
        (TWO, "FOLA900302MDFLRN09", BORN, ("document_last4", "account_last4")),
        (TWO, "VECJ880326XK4", BORN, ("document_last4", "account_last4")),
        (TWO, "45671234", None, ("document_last4", "account_last4")),
        (TWO, None, BORN, ("account_last4", "birth_date")),
        (TWO, None, None, ("account_last4",)),
        (("document_last4",), "FOLA900302MDFLRN09", BORN, ("document_last4",)),
        (("birth_date",), "FOLA900302MDFLRN09", BORN, ("birth_date",)),
        (("document", "birth_date"), "VECJ880326XK4", BORN, ("document", "account_last4")),
    ],
)
def test_what_follows_from_a_document_is_not_asked_beside_it(
    wanted: tuple[str, ...], document: str | None, birth: date | None, asked: tuple[str, ...]
) -> None:
    assert asked_of_known(wanted, document, birth) == asked


@pytest.mark.parametrize(
    ("factors", "computable"),
    [
        (TWO, False),
        (("document_last4",), False),
        (("document_last4", "account_last4"), False),
        (("document", "document_last4"), True),
        (("birth_date", "birth_date"), True),
    ],
)
def test_a_policy_cannot_ask_the_same_twice(factors: tuple[str, ...], computable: bool) -> None:
    assert is_computable(factors) is computable
