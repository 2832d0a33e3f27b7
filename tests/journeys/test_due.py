"""What is due is what was agreed, in the words of people (B06), and a reason to collect (B35)."""

import pytest

from quality.people import Owes
from quality.product import Product
from tests.journeys.people import Someone


def wish(product: Product, external_id: str, **more: object) -> tuple[int, dict[str, object]]:
    """Ask to collect from somebody on WhatsApp; the status and the body of the answer."""
    wanted = {"debtor": external_id, "channel": "whatsapp", "purpose": "collection"} | more
    answer = product.api.post("/contacts", json=wanted)
    return answer.status_code, answer.json()


def test_b06_the_next_instalment_by_day_and_amount_and_a_link_for_it(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero pagar en 3 cuotas", "3 pagos", "¿Lo confirmo?")
    ana.phone.says("sí", "Quedó su plan de 3 pagos")
    said = ana.phone.says("¿cuándo es mi próxima cuota y de cuánto?", "1 de diciembre", "106.83")
    assert "120.50" not in said.text
    assert "octubre" not in said.text
    ana.phone.says("quiero pagar la primera cuota ahora", "enlace para pagar S/ 106.83")
    ana.phone.says("cuánto debo en total?", "320.50", "106.83")


@pytest.mark.parametrize(
    ("country", "words", "amount"),
    [
        ("MX", "te deposito 1,500 el viernes", "$1,500.00"),
        ("CO", "pago 350 mil el viernes", "$350.000"),
    ],
)
def test_b06_what_was_promised_is_due(
    someone: Someone, country: str, words: str, amount: str
) -> None:
    debtor = someone(country=country)
    debtor.verified()
    debtor.phone.says(words, "¿Lo confirmo?")
    debtor.phone.says("sí", "Anoté su compromiso")
    debtor.phone.says("cuándo me toca pagar?", amount, "27 de noviembre")
    debtor.phone.says("mándame el link para pagar", f"enlace para pagar {amount}")


def test_b35_nobody_is_asked_to_pay_without_a_reason(product: Product, someone: Someone) -> None:
    jorge = someone(Owes("5000.00", "0.00", days_late=-6), country="MX")
    status, body = wish(product, jorge.row["id"])
    assert (status, body["reason"], body["next_allowed_at"]) == (409, "nothing_overdue", None)
    jorge.phone.hears_nothing()
    ana = someone()
    ana.verified()
    ana.phone.says("te pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    status, body = wish(product, ana.row["id"], schedule=True)
    assert (status, body["reason"]) == (409, "promise_open")
    assert ana.ledger.file()["attempts"][-1]["reason"] == "promise_open"
