"""A debtor settles by chat, on the page with the phone."""

from tests.browser.phone import Phone


def test_a_promise_is_made_and_moved(phone: Phone) -> None:
    phone.is_picked_up_from_the_start_page()
    phone.chooses("Ana Flores")
    phone.says("hola", "¿Hablo con Ana?")
    phone.presses("Sí, soy yo", "últimos 4 dígitos de su DNI")
    phone.says("1234", "quedó confirmado")
    phone.says("puedo pagar 100 el viernes", "S/ 100.00", "27 de noviembre", "¿Lo confirmo?")
    phone.presses("Sí, confirmo", "Anoté su compromiso", "S/ 100.00")
    phone.says("no, mejor el 30", "cambio su compromiso", "30 de noviembre")
    phone.presses("Sí, confirmo", "Cambié su compromiso", "30 de noviembre")
    phone.sees_it_was_read("no, mejor el 30")


def test_a_plan_is_chosen_by_its_number(phone: Phone) -> None:
    phone.belongs_to("Ana Sofía Ramírez")
    phone.proves_who_they_are("1052")
    phone.picks("Ver opciones", "Pagar en partes", "1. ", "2. ", "¿Cuál le acomoda?")
    phone.says("2", "Le repito el plan", "¿Lo confirmo?")
    phone.presses("Sí, confirmo", "Quedó su plan")
