"""How and when a person wants to be contacted, read in their words."""

from datetime import time

import pytest

from acuerdo.language.contact_preferences import contact_preference
from acuerdo.values.channels import Channel


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("mejor por whatsapp", Channel.WHATSAPP),
        ("x wpp mejor", Channel.WHATSAPP),
        ("por whats porfa, no me llames", Channel.WHATSAPP),
        ("no tengo whatsapp, mejor llámeme", Channel.VOICE),
        ("no sé usar bien el whatsapp, llámeme mejor", Channel.VOICE),
        ("prefiero una llamada", Channel.VOICE),
        ("me pueden mandar la info por email en vez de whatsapp?", Channel.EMAIL),
        ("prefiero todo por escrito al correo", Channel.EMAIL),
        ("uso telegram, no whatsapp", Channel.TELEGRAM),
        ("solo mensajes de texto por favor", Channel.SMS),
        # who asks to be written to means where they write
        ("prefiero mensajes, no llamadas", Channel.WHATSAPP),
        ("prefiero que me escriban y no que me llamen", Channel.WHATSAPP),
        # several, or none, is no answer
        ("por whatsapp o por telegram, da igual", None),
        ("de otra forma", None),
        ("no me escriban en las noches", None),
    ],
)
def test_the_channel_is_read(words: str, channel: Channel | None) -> None:
    assert contact_preference(words, Channel.WHATSAPP).channel is channel


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("llámeme después de las 6", time(18), None),
        ("a partir de las 18:30", time(18, 30), None),
        ("después de las seis y media", time(18, 30), None),
        ("después de las 8 de la noche", time(20), None),
        ("no antes de las 9", time(9), None),
        ("antes de las 10 am", None, time(10)),
        ("hasta las 7 pm", None, time(19)),
        ("entre las 9 y las 12", time(9), time(12)),
        ("entre las 10 y la 1", time(10), time(13)),
        ("de 2 a 5 de la tarde", time(14), time(17)),
        ("de 9 a 6", time(9), time(18)),
        ("por la mañana mejor", time(8), time(12)),
        ("solo por las tardes", time(12), time(19)),
        ("a mediodía", time(12), time(14)),
        ("no me llame en la mañana, mejor en la tarde", time(12), time(19)),
        # an hour that may be morning or night is asked, not guessed
        ("después de las 8", None, None),
        ("no me escriban en las noches", None, None),
        ("en la mañana o en la tarde", None, None),
        ("a las 25", None, None),
    ],
)
def test_the_hours_are_read(words: str, begins: time | None, ends: time | None) -> None:
    wish = contact_preference(words, Channel.WHATSAPP)
    assert (wish.begins, wish.ends) == (begins, ends)
