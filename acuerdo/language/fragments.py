"""Texts that cannot stand alone: a greeting, a name, half a sentence, a value that nobody asked."""

from typing import Final

from acuerdo.language.bare_answers import is_bare_answer
from acuerdo.language.folding import words_in


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETINGS: Final = _words(
    "hola holaa ola buena buenas bueno buenos dia dias tarde tardes noche noches muy que tal"
    " saludos alo hey disculpe disculpa oiga oye mire mira una pregunta consulta duda"
    " senor senora senorita joven amigo por favor como esta estas estan bien gracias"
)
_INTRODUCED: Final = (
    ("soy",), ("yo", "soy"), ("me", "llamo"), ("mi", "nombre", "es"), ("le", "habla"), ("habla",),
)  # fmt: skip
_MOST_NAMES: Final = 4
# A verb that wants an object, or a word after which something must follow.
_OPEN_END: Final = _words(
    "pago pagare pagaria doy dare deposito depositare abono transfiero puedo podria quiero quisiera"
    " necesito tengo debo voy vamos pagar pagarle pagarles dar darle depositar abonar hacer"
    " transferir pedir decir decirle preguntar preguntarle saber"
    " y o pero que porque de del el la los las un una con para por en a al mi es si como solo mejor"
    " entonces pues este digo osea eh mmm"
)
_VALUES: Final = _words(
    "s soles pesos dolares luca lucas mil cien el este para al proximo que viene lunes martes"
    " miercoles jueves viernes sabado domingo hoy manana pasado quincena fin mes la de enero"
    " febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
)
# After these it is a question or a refusal, which stands alone.
_COMPLETE: Final = _words("cuanto cuanta cuantos cuando donde quien cual como no")
_GOES_ON: Final = (",", ":", "...", "\u2026")
_MOST_WORDS: Final = 7


def is_fragment(text: str, *, is_answering: bool) -> bool:
    """Tell whether more must follow a text; `is_answering`: a value or a yes answers a question."""
    said = words_in(text)
    end = text.rstrip()
    if said and end.endswith(_GOES_ON):
        return True
    if not said or len(said) > _MOST_WORDS or end.endswith("?"):
        return False
    if _GREETINGS.issuperset(said):
        return True
    if is_answering and is_bare_answer(text):
        return False
    if _is_name(said):
        return not is_answering
    if said[-1] in _OPEN_END and _COMPLETE.isdisjoint(said):
        return True
    return not is_answering and all(word in _VALUES or word.isdigit() for word in said)


def _is_name(said: list[str]) -> bool:
    words = said[1:] if said[0] == "hola" else said
    for introduced in _INTRODUCED:
        named = words[len(introduced) :]
        if tuple(words[: len(introduced)]) == introduced and 0 < len(named) <= _MOST_NAMES:
            return True
    return False
