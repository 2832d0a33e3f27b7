"""What was sent is not asked for again (B39)."""

import pytest

from tests.journeys.people import Someone

_PAID = "ya pagué ayer 120.50, aquí está"


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_b39_a_file_with_words_is_the_proof(someone: Someone, kind: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.sends_file(kind, b"", "", caption=_PAID)
    assert "comprobante" not in ana.phone.hears("Anoté su pago").text


def test_b39_a_photo_and_then_the_words(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.sends("photo", "archivo")
    assert "comprobante" not in ana.phone.says("ya pagué ayer 120.50", "Anoté su pago").text


def test_b39_a_photo_before_the_date_is_asked(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("ya pagué")
    ana.phone.sends("photo", "día")
    ana.phone.says("ayer", "¿")
    assert "comprobante" not in ana.phone.says("120.50", "Anoté su pago").text


def test_b39_a_photo_with_words_before_the_proof_of_identity(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola")
    ana.phone.sends_file("photo", b"", "", caption=_PAID)
    ana.phone.hears()
    ana.phone.says("sí, soy yo", "últimos 4")
    assert "comprobante" not in ana.phone.says(ana.last4, "Anoté su pago").text
