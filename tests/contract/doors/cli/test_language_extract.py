"""`acuerdo language extract`: a line in, a line out, in order."""

import io
from typing import Any

import orjson
import pytest

from doors.cli import language_extract


def extracted(*asked: Any) -> list[dict[str, Any]]:
    """What comes out for some lines; bytes go in as they are."""
    source = b"".join(
        (each if isinstance(each, bytes) else orjson.dumps(each)) + b"\n" for each in asked
    )
    target = io.BytesIO()
    language_extract.extract(io.BytesIO(source), target)
    return [orjson.loads(line) for line in target.getvalue().splitlines()]


def a_line(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "today": "2026-11-23", "tz": "America/Lima"} | more


def test_every_field_comes_back_with_the_entities() -> None:
    (answer,) = extracted(a_line("pago 120.50 soles el viernes", id=7, note={"a": [1]}))
    assert (answer["id"], answer["note"], answer["tz"]) == (7, {"a": [1]}, "America/Lima")
    assert [(each["kind"], each["value"]) for each in answer["entities"]] == [
        ("amount", 120.5),
        ("date", "2026-11-27"),
    ]
    assert all(
        set(each) == {"kind", "value", "currency", "start", "end"} for each in answer["entities"]
    )
    (amount, _) = answer["entities"]
    assert answer["text"][amount["start"] : amount["end"]].startswith("120.50")


def test_numbers_are_numbers_and_the_rest_is_text() -> None:
    answers = extracted(
        a_line("en 6 cuotas mensuales"),
        a_line("pago 100 soles mañana a las 3 de la tarde"),
        a_line("la primera opción"),
    )
    kinds = {each["kind"]: each["value"] for answer in answers for each in answer["entities"]}
    assert kinds["installments"] == 6
    assert kinds["frequency"] == "monthly"
    assert kinds["amount"] == 100
    assert kinds["datetime"] == "2026-11-24T15:00"
    assert kinds["ordinal"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"7",
        {},
        {"text": "x"},
        a_line("x", today="ayer"),
        a_line("x", tz="Mars/Phobos"),
        a_line("x", now="noon"),
        {"text": None, "today": "2026-11-23", "tz": "America/Lima"},
        {"text": 7, "today": "2026-11-23", "tz": "America/Lima"},
    ],
)
def test_a_wrong_line_is_answered_in_its_place(
    wrong: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    first, middle, last = extracted(a_line("pago 100"), wrong, a_line("pago 200"))
    assert middle["entities"] == []
    assert middle["error"].startswith("line 2:")
    assert [first["entities"][0]["value"], last["entities"][0]["value"]] == [100, 200]
    if isinstance(wrong, dict):
        assert wrong.items() <= middle.items()
    assert "line 2" in capsys.readouterr().err


def test_empty_lines_are_no_questions() -> None:
    assert len(extracted(b"", a_line("hola"), b"   ")) == 1
