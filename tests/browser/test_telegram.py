"""Telegram: the deep link that a creditor sends opens the bot and says who it is."""

from playwright.sync_api import expect

from tests.browser.phone import Phone


def test_the_deep_link_binds_the_chat(phone: Phone) -> None:
    phone.belongs_to("Martín Gutiérrez", channel="telegram")
    phone.page.get_by_role("button", name="Iniciar").click()
    phone.hears("¿Hablo con Martín?")
    phone.presses("Sí, soy yo", "últimos 4")
    phone.says("6789", "quedó confirmado")
    phone.presses("Ver mi saldo", "Pampa Créditos", "185.000,00")
    expect(phone.page.locator("#phone")).to_have_attribute("data-channel", "telegram")
