"""The simulated phone belongs to whom one chose, however slowly its page loads."""

from playwright.sync_api import expect

from tests.browser.held_back import HeldBack
from tests.browser.phone import Phone

NUMBER = "+525599990000"


def test_a_number_typed_before_the_list_arrives_stays_chosen(phone: Phone) -> None:
    people = HeldBack(phone.page, "**/control/people")
    phone.page.goto("/simulator/")
    phone.page.get_by_label("Otro número").fill(NUMBER)
    phone.page.get_by_role("button", name="Usar").click()
    people.arrives()
    expect(phone.page.get_by_role("button", name="Ana Sofía Ramírez")).to_be_visible()
    expect(phone.page.locator("#whose")).to_contain_text("Número desconocido")


def test_a_number_outside_of_the_list_is_still_chosen_after_a_reload(phone: Phone) -> None:
    phone.has_number(NUMBER)
    phone.page.reload()
    expect(phone.page.locator("#whose")).to_contain_text("Número desconocido")


def test_who_types_a_number_while_the_list_arrives_goes_on_in_its_field(phone: Phone) -> None:
    people = HeldBack(phone.page, "**/control/people")
    phone.page.goto("/simulator/")
    field = phone.page.get_by_label("Otro número")
    field.fill(NUMBER[:5])
    people.arrives()
    expect(phone.page.locator(".person[aria-pressed=true]")).to_be_visible()
    phone.page.keyboard.type(NUMBER[5:])
    expect(field).to_have_value(NUMBER)
