"""Journeys that hold on any day: what is said and what comes of it follow from the first day.

`make soak` repeats them on every weekday, 29 February, 31 December and before every clock change.
"""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from acuerdo.values.countries import country as habits_of
from quality.caller import Caller
from quality.people import a_policy, in_days, today
from quality.product import Product
from tests.journeys.people import Someone
from tests.journeys.voice.conftest import proves
from tests.journeys.wording import THE_YES

_WEEKDAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS: Final = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_SUNDAY: Final = 6
_LIMA: Final = ZoneInfo("America/Lima")


def weekday(day: date) -> str:
    """Name the weekday of a day."""
    return _WEEKDAYS[day.weekday()]


def written(day: date) -> str:
    """Write a day as the assistant does: "27 de noviembre"."""
    return f"{day.day} de {_MONTHS[day.month - 1]}"


def end_of_month(day: date) -> date:
    """Give the last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@pytest.mark.parametrize("days", [2, 4, 6])
def test_a_weekday_is_the_next_one_to_come(someone: Someone, days: int) -> None:
    ana, day = someone(), in_days(days)
    ana.verified()
    ana.phone.says(f"pago 100 el {weekday(day)}", written(day), "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté su compromiso")
    assert ana.ledger.promises() == [("100.00", str(day), "open")]


def test_todays_weekday_asks_which_one(someone: Someone) -> None:
    ana, day = someone(), in_days(7)
    ana.verified()
    asked = ana.phone.says(f"pago 100 el {weekday(day)}", "Para no equivocarme")
    assert len(asked.titles) == 2
    ana.phone.presses(f"{weekday(day)} {day.day}/{day.month}", written(day), THE_YES)
    ana.phone.says("sí", "Anoté su compromiso")
    assert ana.ledger.promises() == [("100.00", str(day), "open")]


@pytest.mark.parametrize(
    ("country", "amount"),
    [("MX", "1500.00"), ("CO", "350000.00"), ("PE", "100.00"), ("CL", "50000"), ("AR", "20000.00")],
)
@pytest.mark.parametrize(("words", "days"), [("mañana", 1), ("pasado mañana", 2)])
def test_tomorrow_and_the_day_after_everywhere(
    someone: Someone, country: str, amount: str, words: str, days: int
) -> None:
    debtor = someone(country=country)
    debtor.verified()
    debtor.phone.says(f"pago {amount.partition('.')[0]} {words}", "¿Lo confirmo?")
    debtor.phone.says("sí", "Anoté su compromiso")
    assert debtor.ledger.promises() == [(amount, str(in_days(days, country)), "open")]


def test_the_end_of_the_month(someone: Someone) -> None:
    ana = someone(policy=a_policy("PE", promise={"max_days": 40}))
    ana.verified()
    ana.phone.says("pago 100 a fin de mes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté su compromiso")
    assert ana.ledger.promises() == [("100.00", str(end_of_month(today())), "open")]


def test_the_last_day_that_policy_allows_and_the_one_after_it(someone: Someone) -> None:
    ana, last = someone(), in_days(10)
    ana.verified()
    ana.phone.says(f"pago 100 el {written(in_days(11))}", "hasta", written(last), "¿Qué día")
    ana.phone.says(f"el {written(last)}", written(last), "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", str(last), "open")]


def test_a_promise_in_a_call(someone: Someone) -> None:
    ana, day = someone(), in_days(3)
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático")
    proves(ana, call)
    call.says(f"pago cien soles el {weekday(day)}", "cien soles", weekday(day), "¿Lo confirmo?")
    call.says("sí", "anoté su compromiso")
    call.hangs_up()
    assert ana.ledger.promises() == [("100.00", str(day), "open")]


def test_yesterday_it_was_paid(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("ayer ya les deposité 120.50 por yape", "comprobante")
    ana.phone.says("no lo tengo", "Anoté su pago")
    (claim,) = ana.ledger.file()["payment_claims"]
    assert (claim["amount"], claim["paid_on"]) == ("120.50", str(in_days(-1)))


def test_a_plan_adds_up_and_its_days_go_on(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("puedo pagar en 3 partes?", "3 pagos")
    ana.phone.says("sí", "Quedó su plan")
    (plan,) = ana.ledger.plans()
    days = [date.fromisoformat(part["due_on"]) for part in plan["instalments"]]
    assert days == sorted(set(days))
    assert today() <= days[0] <= in_days(15)
    assert sum(float(part["amount"]) for part in plan["instalments"]) == float(plan["total"])


def test_another_time_is_inside_the_permitted_hours(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("ahorita no puedo, escríbame mañana a las 11 de la noche", "retomamos")
    (callback,) = ana.ledger.file()["callbacks"]
    at = datetime.fromisoformat(callback["at"]).astimezone(_LIMA)
    assert at > datetime.combine(in_days(1), datetime.min.time(), _LIMA)
    assert (at - datetime.combine(in_days(1), at.timetz())).days <= 4
    assert at.weekday() != _SUNDAY
    assert 7 <= at.hour < 20


def test_we_begin_on_a_weekday_and_on_no_sunday(product: Product, someone: Someone) -> None:
    ana = someone()
    wanted = {"debtor": ana.row["id"], "channel": "whatsapp", "purpose": "collection"}
    answer = product.api.post("/contacts", json=wanted)
    if today().weekday() == _SUNDAY:
        assert answer.status_code == 409
        allowed_at = datetime.fromisoformat(answer.json()["next_allowed_at"])
        assert local(allowed_at, "PE") > today()
        ana.phone.hears_nothing()
    else:
        assert answer.status_code == 202
        ana.phone.hears("¿Hablo con Ana")


def local(at: datetime, country: str) -> date:
    """Give the local day of a moment."""
    return at.astimezone(ZoneInfo(habits_of(country).timezone)).date()
