"""Paying now: the link, the payment's event, what it closes; and payments made elsewhere."""

import re

import pytest

from quality.people import Owes
from tests.journeys.people import Debtor, Someone


def _link(text: str) -> str:
    found = re.search(r"/gateway/pay/(lnk_\w+)", text)
    assert found, text
    return found.group(1)


def _pays(debtor: Debtor, link_id: str, outcome: str = "approve") -> None:
    paid = debtor.product.control.post("/payments", json={"link_id": link_id, "outcome": outcome})
    assert paid.status_code == 200, paid.text


def test_the_link_is_paid_and_thanks_are_said(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    link = _link(ana.phone.presses("Pagar ahora", "enlace", "120.50").text)
    assert ana.ledger.outcome() == "payment_link_sent"
    _pays(ana, link)
    ana.phone.hears("Gracias, Ana", "120.50", "200.00")
    (payment,) = ana.ledger.payments()
    assert (payment["amount_minor"], payment["currency"]) == (12050, "PEN")
    debt = ana.ledger.debt()
    assert (debt["balance"], debt["overdue"], debt["status"]) == ("200.00", "0.00", "open")
    ana.phone.hears_nothing()


def test_a_payment_keeps_the_promise(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 soles mañana", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    link = _link(ana.phone.says("mejor mándame el link y lo pago de una vez", "100.00").text)
    _pays(ana, link)
    ana.phone.hears("Gracias, Ana", "100.00")
    assert ana.ledger.promises() == [("100.00", "2026-11-25", "kept")]
    assert ana.ledger.outcome() == "promise"


def test_all_of_it_closes_the_debt(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    link = _link(ana.phone.says("quiero pagar todo ya, pásame el link", "320.50").text)
    _pays(ana, link)
    ana.phone.hears("Gracias, Ana", "320.50", "saldada")
    assert ana.ledger.debt()["status"] == "paid"
    ana.phone.says("cuanto debo ahora?", "no tiene ningún saldo pendiente")


def test_the_first_instalment_of_a_plan_is_paid(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("en 2 cuotas", "¿Lo confirmo?")
    ana.phone.says("sí", "Quedó su plan")
    link = _link(ana.phone.says("quiero pagar 160.25 ahora", "160.25").text)
    _pays(ana, link)
    ana.phone.hears("Gracias, Ana", "160.25")
    states = ana.product.rows(
        "select i.state from instalment i join plan p on p.id = i.plan_id"
        " join debt t on t.id = p.debt_id where t.external_id = %s order by i.number",
        ana.row["debts"][0]["id"],
    )
    ana.ledger.file()
    assert [row["state"] for row in states] == ["paid", "pending"]


def test_paid_twice_is_thanked_for_what_was_paid(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    _pays(ana, _link(ana.phone.says("dame el enlace de pago").text), "twice")
    ana.phone.hears("Gracias, Ana", "120.50")
    ana.product.settle()
    assert len({row["id"] for row in ana.ledger.payments()}) == len(ana.ledger.payments())
    assert ana.ledger.debt()["overdue"] == "0.00"


def test_a_declined_card_changes_nothing(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    _pays(ana, _link(ana.phone.says("link de pago porfa").text), "decline")
    ana.phone.hears_nothing()
    assert ana.ledger.payments() == []
    assert ana.ledger.debt()["balance"] == "320.50"


def test_the_same_link_when_it_is_asked_for_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    first = _link(ana.phone.says("quiero pagar ahora").text)
    assert _link(ana.phone.says("no me abre, mándame otra vez el link").text) == first


def test_already_paid_with_date_amount_and_photo(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("eso ya lo pagué", "¿Qué día hizo el pago?")
    ana.phone.says("el sábado pasado", "¿Cuánto pagó?")
    ana.phone.says("120.50", "foto del comprobante")
    ana.phone.sends("photo", "Anoté su pago", "servicio eléctrico")
    (claim,) = ana.ledger.file()["payment_claims"]
    assert claim == {
        "debt": ana.row["debts"][0]["id"],
        "amount": "120.50",
        "paid_on": "2026-11-21",
        "state": "open",
    }
    assert ana.ledger.stops() == ["payment_claim"]
    assert ana.ledger.outcome() == "already_paid_claim"
    assert ana.ledger.waiting_reason() == "claim_to_check"
    photos = [message for message in ana.ledger.messages() if message["media"]]
    assert photos[0]["media"][0]["content_type"].startswith("image/")


@pytest.mark.parametrize(
    ("words", "amount", "paid_on"),
    [
        ("ayer ya les deposité 120.50 por yape", "120.50", "2026-11-23"),
        ("yo pagué 100 soles el 15 de noviembre", "100.00", "2026-11-15"),
    ],
)
def test_already_paid_in_one_sentence(
    someone: Someone, words: str, amount: str, paid_on: str
) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says(words, "foto del comprobante")
    ana.phone.says("no lo tengo a la mano", "Anoté su pago")
    (claim,) = ana.ledger.file()["payment_claims"]
    assert (claim["amount"], claim["paid_on"]) == (amount, paid_on)


def test_already_paid_but_nothing_is_remembered(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pero si yo ya cancelé eso", "¿Qué día")
    ana.phone.says("no me acuerdo", "¿Cuánto pagó?")
    ana.phone.says("no sé", "foto del comprobante")
    ana.phone.presses("No lo tengo", "Anoté su pago")
    (claim,) = ana.ledger.file()["payment_claims"]
    assert (claim["amount"], claim["paid_on"]) == (None, None)


def test_a_claimed_debt_is_not_asked_for(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("eso lo pagué ayer, 120.50", "foto")
    ana.phone.says("no tengo foto", "Anoté su pago")
    ana.phone.says("cuánto debo?", "comprobando el pago")


def test_which_of_two_debts_was_paid(someone: Someone) -> None:
    rosa = someone(
        Owes("12300.00", "4100.00", "préstamo personal", days_late=95),
        Owes("3200.00", "800.00", "tarjeta departamental", days_late=12),
        country="MX",
        name="Rosa Elena Cruz",
    )
    rosa.verified()
    rosa.phone.says("ya pagué ayer 800 pesos", "¿De cuál")
    rosa.phone.says("la tarjeta", "foto del comprobante")
    rosa.phone.says("no la tengo", "Anoté su pago", "tarjeta departamental")
    (claim,) = rosa.ledger.file()["payment_claims"]
    assert claim["debt"] == rosa.row["debts"][1]["id"]
    assert (claim["amount"], claim["paid_on"]) == ("800.00", "2026-11-23")
