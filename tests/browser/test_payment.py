"""A debtor pays by a link."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import PHONE_WIDTH
from tests.browser.layout import fits
from tests.browser.phone import Phone


def test_a_link_is_paid_and_thanked(phone: Phone) -> None:
    phone.belongs_to("Luis Ángel Torres")
    phone.proves_who_they_are("6618")
    link = phone.says("pásame el link de pago", "enlace para pagar", "$1,500.50")
    phone.sees_it_was_read("pásame el link de pago")
    with phone.page.expect_popup() as opened:
        link.get_by_role("link").click()
    shop = opened.value
    expect(shop.get_by_role("heading", name="1,500.50")).to_be_visible()
    shop.get_by_role("button", name=re.compile("^Pagar .*1,500")).click()
    expect(shop.get_by_role("status")).to_contain_text("Pago aprobado")
    phone.hears("¡Gracias, Luis!", "Recibimos su pago de $1,500.50")
    # and the merchant, on a phone, gives a part of it back
    shop.set_viewport_size(PHONE_WIDTH)
    fits(shop)
    shop.get_by_role("link", name="Ver pago").click()
    shop.get_by_text("Devolver una parte").click()
    shop.get_by_label("Monto en MXN").fill("500.50")
    shop.get_by_role("button", name="Devolver este monto").click()
    expect(shop.get_by_role("status")).to_have_text("Pago devuelto en parte")
    expect(shop.get_by_role("button", name="Devolver MXN 1,000.00")).to_be_visible()
    shop.get_by_text("Avisos a Acuerdo (2)").click()
    fits(shop)
