"""Who picks up a call of ours: greetings of mailboxes, networks and call screens, and people."""

import pytest

from acuerdo.language.first_words import PickedUp, picked_up

MACHINES = [
    "Deja tu recado y te llamo",
    "Graba tu mensaje al oír la señal",
    "El cliente que usted marcó no está disponible",
    "casilla de mensajes de 1155, dejá tu mensaje",
    "Ha llamado al buzón de voz",
    "El número que usted marcó no existe",
    "Su llamada será transferida al sistema correo de voz",
    "Hola, soy Ana, en este momento no puedo contestar, déjame un mensaje",
    "Hola soy Ana, ahorita no te puedo atender",
    "Este es el contestador de Movistar",
    "El abonado al que llama se encuentra apagado o fuera de cobertura",
    "El teléfono al que usted llama está apagado o fuera del área de servicio",
    "Gracias por llamar a Ferretería López, marque uno para ventas",
    "Deje su mensaje después del tono",
    "Después de la señal grabe su mensaje",
    "Usted se ha comunicado con la casilla de voz",
    "Has llamado a Pedro, no puedo atender tu llamada, te llamo luego",
    "Memovox, deje su mensaje",
    "Está hablando con el casillero de voz",
    "The person you are trying to reach is not available",
    "Lo sentimos, su llamada no puede ser completada",
    "El usuario no se encuentra disponible, intente más tarde",
    "dejame tu mensaje",
    "bienvenido al buzón telcel",
    "Hola, ahora no puedo contestarte, te regreso la llamada en cuanto pueda",
    "no estoy, deja mensaje",
    "dejanos tu mensaje y te respondemos",
    "el suscriptor que usted llamó no se encuentra disponible",
]
SCREENINGS = [
    "¿Quién llama y cuál es el motivo?",
    "La persona a la que llamas usa un filtro de llamadas. Di tu nombre y el motivo de tu llamada",
    "Graba tu nombre y el motivo de la llamada y veré si esta persona está disponible",
    "Hola, soy el asistente de Google, ¿quién llama y para qué?",
    "no cuelgue por favor",
    "mantente en la línea",
    "por favor diga su nombre y la razón de su llamada",
]
PEOPLE = [
    "¿Aló?",
    "sí",
    "bueno",
    "¿bueno?",
    "diga",
    "¿quién habla?",
    "hola",
    "Sí, dígame",
    "buenas tardes",
    "habla Ana",
    "mande",
    "con quién hablo",
    "sí soy yo",
    "¿de parte de quién?",
    "oigo",
    "hola quién es",
    "Aló, buenas",
    "¿Sí, bueno?",
    "Hola, ¿quién habla?",
    "dígame",
    "sí, ¿quién es?",
]
# Neither: they are asked whether they are there, and nothing else is said.
UNCLEAR = ["", "la ferretería de la esquina", "mmm", "para la próxima semana no sé"]


@pytest.mark.parametrize("words", MACHINES)
def test_a_mailbox_or_the_network(words: str) -> None:
    assert picked_up(words) in (PickedUp.MAILBOX, PickedUp.NETWORK)


@pytest.mark.parametrize("words", SCREENINGS)
def test_a_call_screening(words: str) -> None:
    assert picked_up(words) is PickedUp.SCREENING


@pytest.mark.parametrize("words", PEOPLE)
def test_a_person(words: str) -> None:
    assert picked_up(words) is PickedUp.PERSON


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_could_be_either(words: str) -> None:
    assert picked_up(words) is PickedUp.UNCLEAR
