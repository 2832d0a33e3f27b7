"""The words for silence, and how far they reach."""

import pytest

from acuerdo.language.opt_out import is_opt_out, means_this_address, scope_of
from acuerdo.values.requests import Scope


@pytest.mark.parametrize(
    "text",
    [
        *("BAJA", "baja", " Baja. ", "BAJA!!!", "baja por favor", "Baja, gracias", "baja 🙏"),
        *("STOP", "stop", "Alto", "ALTO!", "basta", "unsubscribe", "darme de baja"),
        *("Quiero darme de baja", "denme de baja ya", "solicito la baja", "no molestar"),
        *("cancelar suscripción", "¡BÁJA!", "Hola, baja por favor"),
    ],
)
def test_a_whole_message_that_asks_for_silence_is_heard(text: str) -> None:
    assert is_opt_out(text, in_dialogue=False)
    assert is_opt_out(text, in_dialogue=True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "👍", "la señal está baja", "mi sueldo es muy bajo", "alto ahí, yo ya pagué"),
        *("quiero cancelar mi deuda", "voy a cancelar mañana", "la cuota es muy alta"),
        *("me dieron de baja del trabajo", "¿baja la cuota?", "stop it", "no", "ya no", "para"),
        *("estoy de baja médica", "dar de baja el servicio"),
    ],
)
def test_the_word_inside_a_sentence_is_left_to_the_classifier(text: str) -> None:
    assert not is_opt_out(text, in_dialogue=False)


def test_cancelar_is_silence_only_where_nothing_is_being_talked_about() -> None:
    assert is_opt_out("CANCELAR", in_dialogue=False)
    assert not is_opt_out("CANCELAR", in_dialogue=True)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("ya no me escriban", Scope.CHANNEL),
        ("no quiero que me manden mensajes", Scope.CHANNEL),
        ("BAJA", Scope.CHANNEL),
        ("baja total", Scope.ALL),
        ("no me contacten por ningún medio", Scope.ALL),
        ("no quiero mensajes ni llamadas", Scope.ALL),
        ("ya no me busquen de ninguna manera", Scope.ALL),
        ("no me llamen al trabajo", Scope.WORKPLACE),
        ("dejen de llamar a mi oficina", Scope.WORKPLACE),
    ],
)
def test_how_far_it_reaches_is_in_the_words(text: str, scope: Scope) -> None:
    assert scope_of(text) is scope


def test_whose_telephone_this_is_may_be_said() -> None:
    assert means_this_address("este es el teléfono de mi trabajo, no escriban aquí")
    assert not means_this_address("no me llamen al trabajo")
