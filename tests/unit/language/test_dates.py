from datetime import date

import pytest

from acuerdo.language import extract
from tests.unit.language.speech import a_context, heard, values

# Said on Saturday the 21st of November 2026.
CASES = [
    ("hoy mismo", "2026-11-21"),
    ("mañana", "2026-11-22"),
    ("mñna", "2026-11-22"),
    ("manana en la manana", "2026-11-22"),
    ("pasado mañana", "2026-11-23"),
    ("pasdo mañana", "2026-11-23"),
    ("mañana o pasado", "2026-11-22 2026-11-23"),
    ("ayer", "2026-11-20"),
    ("anteayer", "2026-11-19"),
    ("antier pagué", "2026-11-19"),
    ("el 15", "2026-12-15"),
    ("el veinte", "2026-12-20"),
    ("el 31", "2026-12-31"),
    ("el 21", "2026-12-21"),
    ("pago el primero", "2026-12-01"),
    ("15 de dic", "2026-12-15"),
    ("el dies de disiembre", "2026-12-10"),
    ("diciembre 15", "2026-12-15"),
    ("20/12", "2026-12-20"),
    ("20-12-2026", "2026-12-20"),
    ("2026-12-20", "2026-12-20"),
    ("el 29 de febrero", "2028-02-29"),
    ("el 5 del otro mes", "2026-12-05"),
    ("el 25 del mes que entra", "2026-12-25"),
    ("el 28 de este mes", "2026-11-28"),
    ("el viernes", "2026-11-27"),
    ("el vienres q viene", "2026-11-27"),
    ("este sábado", "2026-11-28"),
    ("el otro martes", "2026-12-01"),
    ("el viernes no, el otro", "2026-12-04"),
    ("el martes de la otra semana", "2026-11-24"),
    ("viernes 4 de diciembre", "2026-12-04"),
    ("el lunes 30", "2026-11-30"),
    ("el lunes pasado", "2026-11-16"),
    ("ya pagué el viernes", "2026-11-20"),
    ("deposite el 10", "2026-11-10"),
    ("hice el depósito el 3 de noviembre", "2026-11-03"),
    ("me pagaron el lunes", "2026-11-16"),
    ("cuando me paguen el 30", "2026-11-30"),
    ("quiero que pague el viernes", "2026-11-27"),
    ("ya pagué el viernes y el lunes pago el resto", "2026-11-20 2026-11-23"),
    ("la quincena", "2026-11-30"),
    ("en la kincena", "2026-11-30"),
    ("la otra quincena", "2026-12-15"),
    ("la segunda quincena de diciembre", "2026-12-31"),
    ("fin de mes", "2026-11-30"),
    ("a fines de diciembre", "2026-12-31"),
    ("a principios de diciembre", "2026-12-01"),
    ("a mediados de enero", "2027-01-15"),
    ("a mediados", "2026-12-15"),
    ("el último viernes del mes", "2026-11-27"),
    ("el segundo martes de diciembre", "2026-12-08"),
    ("en ocho días", "2026-11-29"),
    ("de hoy en ocho", "2026-11-28"),
    ("el viernes en ocho", "2026-12-04"),
    ("en quince días", "2026-12-06"),
    ("dentro de un mes", "2026-12-21"),
    ("en cinco días hábiles", "2026-11-27"),
    ("la próxima semana", "2026-11-23"),
    ("hace tres días", "2026-11-18"),
    ("navidad", "2026-12-25"),
    ("después de año nuevo", "2027-01-01"),
    ("el día de reyes", "2027-01-06"),
    ("15 de marzo del 90", "1990-03-15"),
    ("15/03/1990", "1990-03-15"),
    ("nací el 5 de mayo de 1985", "1985-05-05"),
    ("uno de marzo de mil novecientos noventa y dos", "1992-03-01"),
    ("7 de setiembre del 92", "1992-09-07"),
    ("pago el 15 o el 16", "2026-12-15 2026-12-16"),
    ("15 o 16 de diciembre", "2026-12-15 2026-12-16"),
    ("15/dic/2026", "2026-12-15"),
    ("este vier", "2026-11-27"),
    ("mañana domingo", "2026-11-22"),
    ("fin d mes", "2026-11-30"),
    ("el próximo mes el día 5", "2026-12-05"),
    ("quedé de pagar el 30", "2026-11-30"),
    ("nos vemos el miércoles primero Dios", "2026-11-25"),
    ("el día último", "2026-11-30"),
    ("soy Juan Reyes", ""),
    ("30 de febrero", ""),
    ("hace tres meses que no trabajo", ""),
    ("de lunes a viernes trabajo", ""),
    ("el vienes 11", "2026-12-11"),
    ("este vienes", "2026-11-27"),
    ("de hoy en una semana", "2026-11-28"),
    ("de hoy en dos semanas", "2026-12-05"),
    ("el viernes en una semana", "2026-12-04"),
    ("vivo en la 25 de mayo", ""),
    ("calle 9 de octubre y malecón", ""),
    ("estoy en la av. 9 de octubre 410", ""),
    ("me mudé al barrio 20 de julio", ""),
    ("barrio primero de mayo", ""),
    ("plaza 25 de mayo, pago el 20 de julio", "2027-07-20"),
    ("pago el 25 de mayo", "2027-05-25"),
    ("soy Domingo", ""),
    ("soy domingo, dígame", ""),
    ("habla don Domingo", ""),
    ("con Domingo Pérez", ""),
    ("Domingo Pérez a la orden", ""),
    ("mi nombre es Domingo", ""),
    ("vivo en Santo Domingo", ""),
    ("el domingo Pedro le paga", "2026-11-22"),
    ("Domingo pago", "2026-11-22"),
    ("soy yo, el domingo pago", "2026-11-22"),
]


@pytest.mark.parametrize(("text", "days"), CASES)
def test_a_date_is_read_from_today_and_tense(text: str, days: str) -> None:
    assert values(heard(text), "date") == days.split()


@pytest.mark.parametrize(
    ("text", "today", "day", "other"),
    [
        ("el lunes", date(2026, 11, 23), "2026-11-30", "2026-11-23"),
        ("el 15", date(2026, 12, 15), "2027-01-15", "2026-12-15"),
        ("03/04", date(2026, 1, 10), "2026-04-03", "2026-03-04"),
        ("en ocho días", date(2026, 11, 21), "2026-11-29", "2026-11-28"),
        ("el otro martes", date(2026, 11, 21), "2026-12-01", "2026-11-24"),
        ("la quincena", date(2026, 12, 15), "2026-12-31", "2026-12-15"),
    ],
)
def test_an_ambiguous_date_carries_its_other_reading(
    text: str, today: date, day: str, other: str
) -> None:
    (found,) = extract(text, a_context(today=today))
    assert found.value == day
    assert [reading.value for reading in found.alternatives] == [other]


@pytest.mark.parametrize(
    ("country", "day"), [("MX", "2027-09-16"), ("CL", "2027-09-18"), ("PE", "2027-07-28")]
)
def test_a_national_day_depends_on_the_country(country: str, day: str) -> None:
    assert values(heard("para fiestas patrias", country), "date") == [day]


@pytest.mark.parametrize("text", ["el viernes", "mañana"])
def test_the_last_days_of_the_calendar_do_not_raise(text: str) -> None:
    assert values(extract(text, a_context(today=date(9999, 12, 31), hour=None)), "date") == []
