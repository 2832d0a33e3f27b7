"""What becomes of money after it came: it goes back, or is too much; what is said is true."""

from typing import Any

from quality.patience import eventually
from quality.product import Product
from tests.journeys.people import Someone


def pays(product: Product, person: Any, **how: Any) -> str:
    """A payment by the person's one link; what the gateway calls it."""
    (link,) = product.rows(
        "select l.* from payment_link l join debt t on t.id = l.debt_id where t.external_id = %s",
        person.row["debts"][0]["id"],
    )
    done = product.control.post("/payments", json={"link_id": link["gateway_id"]} | how).json()
    return str(done["payments"][0])


def test_b07_a_promise_that_was_paid_stands_again_once_the_money_goes_back(
    product: Product, someone: Someone
) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("puedo pagar 120.50 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "su compromiso")
    ana.phone.says("mándeme el link de pago", "120.50")
    payment = pays(product, ana)
    ana.phone.hears("Recibimos su pago de S/ 120.50", "S/ 200.00")
    assert [state for *_, state in ana.ledger.promises()] == ["kept"]
    product.control.post(f"/payments/{payment}", json={"act": "refund", "amount": "20.50"})
    eventually(lambda: ana.ledger.debt()["balance"] == "220.50", "the refund counts")
    product.control.post(f"/payments/{payment}", json={"act": "charge_back"})
    eventually(lambda: ana.ledger.debt()["balance"] == "320.50", "the chargeback counts")
    assert [state for *_, state in ana.ledger.promises()] == ["open"]
    # nobody is written to about it, and who asks hears what is owed
    ana.phone.hears_nothing()
    ana.phone.says("cuánto debo", "S/ 320.50")


def test_b15_what_is_paid_too_much_is_said_and_owned(product: Product, someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("mándeme el link de pago", "120.50")
    pays(product, ana, amount="400")
    ana.phone.hears("Recibimos su pago de S/ 400.00", "S/ 79.50 a su favor")
    debt = ana.ledger.debt()
    assert (debt["balance"], debt["surplus"]) == ("0.00", "79.50")
    eventually(
        lambda: product.rows(
            "select c.id from debtor_case c join debtor d on d.id = c.debtor_id"
            " where c.kind = 'money' and d.external_id = %s",
            ana.row["id"],
        ),
        "a person is asked",
    )
