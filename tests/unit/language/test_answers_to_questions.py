"""What answers are about: closing a debt, a correction, a reason, a document, a yes."""

from datetime import date

import pytest

from acuerdo.language.closing import closes_debt
from acuerdo.language.context import ReadingContext
from acuerdo.language.corrections import (
    has_no_receipt,
    is_question,
    names_amount,
    names_date,
)
from acuerdo.language.debt_names import named_in
from acuerdo.language.dispute_reasons import dispute_reason
from acuerdo.language.folding import fold, folded, words_in
from acuerdo.language.options import count_in, place_in, plan_in
from acuerdo.language.reading import Reading, read
from acuerdo.language.spoken_answers import is_no, is_yes
from acuerdo.values.requests import DisputeReason

TODAY = ReadingContext(date(2026, 11, 24), "America/Lima", "PE", expecting="installments")


def reading(text: str) -> Reading:
    return read(text, TODAY)


def test_every_letter_is_folded_and_keeps_its_place() -> None:
    assert fold("Ñandú – 5°") == ("nandu - 5o", list(range(10)))
    assert folded("e\u0301l") == "el"
    assert words_in("¡BÁJA, ya!") == ["baja", "ya"]


@pytest.mark.parametrize("text", ["se los doy y listo", "quiero saldarla", "para cerrar la cuenta"])
def test_closing_a_debt_is_said_so(text: str) -> None:
    assert closes_debt(text)
    assert not closes_debt("le doy 200 el viernes")


def test_a_correction_names_what_is_wrong() -> None:
    assert names_amount("cambie el monto")
    assert names_date("la fecha no")
    assert not names_amount("la fecha")
    assert not names_date("el monto")


def test_a_question_is_told_from_a_value_that_looks_like_one() -> None:
    assert is_question("¿cuánto es?")
    assert is_question("que saldo tengo")
    assert not is_question("el total")
    assert not is_question("la fecha")


@pytest.mark.parametrize("text", ["no tengo el recibo", "perdí el papel", "sin comprobante"])
def test_a_missing_receipt_is_said_so(text: str) -> None:
    assert has_no_receipt(text)
    assert not has_no_receipt("aquí está la foto")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("me suplantaron", DisputeReason.IDENTITY_THEFT),
        ("nunca me instalaron nada", DisputeReason.NOT_RECEIVED),
        ("me cobran de más", DisputeReason.WRONG_AMOUNT),
        ("esa deuda no es mía", DisputeReason.NOT_MINE),
        ("no estoy de acuerdo", None),
    ],
)
def test_the_reason_of_a_dispute_is_in_the_words(text: str, reason: DisputeReason | None) -> None:
    assert dispute_reason(text) is reason


def test_a_debt_is_named_where_it_is_pointed_at() -> None:
    assert named_in("la de Claro", ["Claro"])
    assert not named_in("claro, el viernes", ["Claro"])
    assert named_in("la eléctrica", ["servicio eléctrica"])


@pytest.mark.parametrize(
    ("text", "place"), [("la segunda", 2), ("el último", 3), ("2.", 2), ("4", None), ("sí", None)]
)
def test_what_was_read_out_is_chosen_by_its_place(text: str, place: int | None) -> None:
    assert place_in(reading(text), text, 3) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("la primera", 1),
        ("el 2 me acomoda", 2),
        ("6", 2),
        ("12", 3),
        ("en 6 cuotas", 2),
        ("la quinta", None),
        ("en 4 cuotas", None),
    ],
)
def test_a_plan_is_chosen_by_its_place_or_its_instalments(text: str, place: int | None) -> None:
    assert plan_in(reading(text), text, [3, 6, 12]) == place


def test_a_count_is_read_where_plans_were_read_out() -> None:
    assert count_in("¿en 4 no se puede?") == 4
    assert count_in("en 4 días") is None


def test_a_spoken_yes_and_no() -> None:
    assert is_yes("sí, correcto")
    assert is_yes("así es")
    assert is_no("no, nada que ver")
    assert not is_no("sí")
