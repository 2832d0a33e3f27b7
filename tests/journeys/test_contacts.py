"""Contacts that begin with us, asked for by another system and made as the law allows."""

from quality.product import Product
from tests.journeys.people import Someone


def wish(product: Product, external_id: str, **more: object) -> tuple[int, dict[str, object]]:
    """Ask to contact somebody on WhatsApp; the status and the body of the answer."""
    answer = product.api.post(
        "/contacts",
        json={"debtor": external_id, "channel": "whatsapp", "purpose": "collection"} | more,
    )
    return answer.status_code, answer.json()


def test_a_talk_that_we_begin_discloses_nothing_before_the_proof(
    product: Product, someone: Someone
) -> None:
    ana = someone()
    status, body = wish(product, ana.row["id"])
    assert status == 202, body
    # nobody has written yet, so WhatsApp carries the approved wording only
    ana.phone.hears("asistente automático", "¿Hablo con Ana?", "[Sí, soy yo]")
    ana.phone.never_heard(["Luz Norte", "320.50", "deuda", "debe"])
    ana.phone.presses("Sí, soy yo", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado", "320.50")
    first = ana.ledger.file()["attempts"][0]
    assert (first["purpose"], first["allowed"]) == ("collection", True)


def test_the_yes_may_be_written(product: Product, someone: Someone) -> None:
    ana = someone()
    assert wish(product, ana.row["id"])[0] == 202
    ana.phone.hears("¿Hablo con")
    ana.phone.says("si con ella", "últimos 4")


def test_the_wrong_person_hears_nothing_more(product: Product, someone: Someone) -> None:
    ana = someone()
    assert wish(product, ana.row["id"])[0] == 202
    ana.phone.hears("¿Hablo con")
    ana.phone.says("número equivocado, no conozco a esa persona")
    assert ana.ledger.stops() == ["wrong_person"]
    status, body = wish(product, ana.row["id"])
    assert (status, body["reason"]) == (409, "address_retired")


def test_who_promised_hears_of_it_after_the_proof(product: Product, someone: Someone) -> None:
    ana = someone(country="MX")
    ana.verified()
    ana.phone.says("te deposito 1,500 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté su compromiso")
    # who is still proven is told at once
    status, body = wish(product, ana.row["id"], purpose="reminder")
    assert status == 202, body
    ana.phone.hears("Le recuerdo lo acordado", "1,500.00 el viernes 27 de noviembre")
    ana.phone.presses("Cambiar la fecha", "¿")


def test_an_opt_out_is_the_last_word(product: Product, someone: Someone) -> None:
    ana = someone()
    ana.phone.says("ya no me escriban más, borren mi número")
    status, body = wish(product, ana.row["id"], schedule=True)
    assert (status, body["reason"], body["next_allowed_at"]) == (409, "opted_out", None)
    refused = ana.ledger.file()["attempts"][-1]
    assert (refused["allowed"], refused["reason"]) == (False, "opted_out")


def test_what_is_wrong_is_said(product: Product, someone: Someone) -> None:
    ana = someone()
    assert wish(product, "nobody")[0] == 404
    assert wish(product, ana.row["id"], debt="nothing")[0] == 404
    status, body = wish(product, ana.row["id"], channel="pigeon")
    assert (status, body["code"]) == (422, "invalid_request")
    status, body = wish(product, ana.row["id"], channel="telegram")
    assert (status, body["reason"]) == (409, "no_address")
