"""Several short messages in a few seconds get one answer; this product waits as in production."""

from quality.product import Product
from tests.journeys import people


def test_four_messages_get_one_answer(waiting: Product) -> None:
    ana = people.someone(waiting)
    ana.verified()
    for part in ("hola", "oiga", "le puedo pagar 100", "el viernes"):
        ana.phone.writes(part)
    ana.phone.hears("100.00", "27 de noviembre", "¿Lo confirmo?")
    ana.phone.hears_nothing()
    said = [message for message in ana.ledger.messages() if message["direction"] == "in"][-4:]
    assert len({message["turn_id"] for message in said}) == 1
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_two_people_who_write_in_pieces_are_answered_apart(waiting: Product) -> None:
    ana = people.someone(waiting)
    luis = people.someone(waiting, country="MX", name="Luis Ángel Torres")
    for part in ("buenas", "buenas tardes"):
        ana.phone.writes(part)
        luis.phone.writes(part)
    ana.phone.hears("¿Hablo con Ana")
    luis.phone.hears("¿Hablo con Luis")
    ana.phone.hears_nothing()
    luis.phone.hears_nothing()
