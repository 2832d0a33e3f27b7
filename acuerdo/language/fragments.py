"""Texts that cannot stand alone: a greeting, a name, half a sentence, a value that nobody asked."""

import re
from typing import Final

from acuerdo.language.bare_answers import is_bare_answer
from acuerdo.language.folding import words_in

_GREETINGS: Final = re.compile(
    r"(?:(?:muy )?(?:hola+|ola|buenas?|buenos?|dias?|tardes?|noches?|que tal|saludos|alo|hey"
    r"|disculpe|disculpa|oiga|oye|mire|mira|una (?:pregunta|consulta|duda)|senor|senora|senorita"
    r"|joven|amigo|por favor|como esta(?:s|n)?|bueno|bien|gracias)(?: |$))+"
)
_NAME: Final = re.compile(
    r"(?:hola )?(?:yo )?(?:soy|me llamo|mi nombre es|le habla|te habla|habla)"
    r"(?: [a-z]+){1,4}"
)
# A verb that wants an object, or a word after which something must follow.
_OPEN_END: Final = re.compile(
    r"(?:.* )?(?:(?:le |te |les |lo |la )?(?:pago|pagare|pagaria|doy|dare|deposito|depositare|abono"
    r"|transfiero|puedo|podria|quiero|quisiera|necesito|tengo|debo|voy a|vamos a)"
    r"(?: (?:pagar|pagarle|pagarles|dar|darle|depositar|abonar|hacer|transferir|pedir|decir"
    r"|decirle|preguntar|preguntarle|saber))?"
    r"|y|o|pero|que|porque|de|del|el|la|los|las|un|una|con|para|por|en|a|al|mi|es|si|como|solo|mejor"
    r"|entonces|es que|pues|este|digo|o sea|osea|eh|mmm)"
)
_VALUE: Final = re.compile(
    r"(?:(?:s|soles|pesos|dolares|luca|lucas|palos|mil|cien|el|este|para|al|proximo|que viene|lunes"
    r"|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|pasado|quincena|fin de mes|la|de"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    r"|diciembre|[0-9]+)(?: |$))+"
)
_QUESTION_WORDS: Final = frozenset(
    ("cuanto", "cuanta", "cuantos", "cuando", "donde", "quien", "cual", "como")
)
_MOST_WORDS: Final = 7


def is_fragment(text: str, *, is_answering: bool) -> bool:
    """Tell whether more must follow a text; `is_answering`: a value or a yes answers a question."""
    said = words_in(text)
    if not said or len(said) > _MOST_WORDS or text.rstrip().endswith(("?", "!")):
        return text.rstrip().endswith((",", ":", "...", "\u2026")) if said else False
    line = " ".join(said)
    if _GREETINGS.fullmatch(line) or _NAME.fullmatch(line):
        return not is_answering or _GREETINGS.fullmatch(line) is not None
    if is_answering and is_bare_answer(text):
        return False
    if not (_QUESTION_WORDS | {"no"}) & set(said) and _OPEN_END.fullmatch(line):
        return True
    return not is_answering and _VALUE.fullmatch(line) is not None
