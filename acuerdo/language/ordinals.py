"""Which of several: "la segunda", "opción 2", "la última"."""

import re

from acuerdo.language.entity import Entity
from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence, phrase

_WORDS = {
    "primer": 1,
    "primera": 1,
    "primero": 1,
    "segunda": 2,
    "segundo": 2,
    "tercera": 3,
    "tercer": 3,
    "tercero": 3,
    "cuarta": 4,
    "cuarto": 4,
    "quinta": 5,
    "quinto": 5,
    "sexta": 6,
    "sexto": 6,
    "ultima": -1,
    "ultimo": -1,
    "a": 1,
    "b": 2,
    "c": 3,
}
_WORD = r"(?P<word>primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|ultim[oa])"
_CHOICE = r"(?:opcion|alternativa|propuesta|oferta|plan|numero|num|nro|deuda|cuenta|convenio)"
# What has a first and a second without anyone choosing between them.
_COUNTED_IN_ORDER = words(
    "vez ves ocasion oportunidad chance intento llamada visita carta aviso notificacion mensaje "
    "quincena semana dia dias mes ano hora trimestre semestre bimestre temporada generacion edad "
    "lunes martes miercoles jueves viernes sabado domingo pm am turno cita dosis ola etapa fase "
    "ciclo grado nivel clase prueba cuota cuotas pago pagos mensualidad parcialidad abono deposito "
    "recibo lugar puesto mano parte mitad instancia persona piso planta puerta casa calle cuadra "
    "avenida entrada torre bloque manzana region zona seccion division fila esposa esposo mujer "
    "marido pareja novia matrimonio hija hijo nieta nieto hermana hermano familia operacion "
    "quimio embarazo jornada vuelta base dama guerra"
)
_NOT_CHOICE = rf"(?! (?:{'|'.join(sorted(_COUNTED_IN_ORDER))}|que nada|para las?|de hora) )"
_SUFFIX = r"(?: (?:ro|ra|er|era|do|da|to|ta|o|a|ero|ro))"
_CHOOSES = (
    r"(?:elijo|escojo|prefiero|tomo|agarro|me quedo con|voy con|vamos con|me conviene|me gusta|"
    r"quiero|acepto|seria|mejor|me sirve|me late|dame|deme|va|vamos por|la de)"
)
_RULES = (
    phrase(
        rf"(?:la |el )?{_CHOICE} (?:numero |num |nro |no |# |: ){{0,4}}(?P<number>[1-9]|"
        rf"1[0-9]){_SUFFIX}?(?! (?:de|pesos|mil|soles|meses|cuotas|pagos) )"
    ),
    phrase(r"(?:la|el) (?:no|n|nro|num|numero|#)(?: [.])? (?P<number>[1-9]|1[0-9])"),
    phrase(rf"(?:la |el )?{_CHOICE} (?P<word>a|b|c)(?= (?:$|[.,?!] |por|esta|me))"),
    phrase(rf"(?:la |el )?{_WORD} (?:opcion|alternativa|propuesta|oferta|deuda|forma|cuenta)"),
    phrase(rf"(?:la|el) (?P<number>[1-9]){_SUFFIX}{_NOT_CHOICE}"),
    phrase(rf"(?:la|el) {_WORD}{_NOT_CHOICE}"),
    phrase(
        r"la (?P<number>[1-9])(?! (?:de|del|cuotas|y|pesos|opciones|por ciento|%|am|pm|deudas|a|"
        r"p) )"
    ),
)
_CHOSEN_NUMBER = phrase(
    rf"{_CHOOSES} (?P<core>el (?P<number>[1-6]))(?! (?:de|del) )(?! [a-z]+bre )"
)
_CHOSEN_WORD = phrase(rf"{_CHOOSES} (?P<core>(?:el |la )?{_WORD}){_NOT_CHOICE}")
_ALONE = phrase(
    r"(?P<word>primero|segundo|tercero|primera|segunda|tercera|ultima|ultimo)(?P<number>)?"
    rf"{_NOT_CHOICE}"
)
_PAYS = re.compile(
    r" (?:pag|abon|deposit|transfi|mand|dep|liquid|cancel|consign|cobr|promet|compromet|hasta|para|"
    r"antes|a partir|desde|despues|recien)[a-z]* "
)
_FIRST_OF_MONTH = phrase(r"(?:el|al|del) (?:1 (?:ro|ero|er|o)|primero)")


def find_chosen(sentence: Sentence) -> list[Entity]:
    """Choices that would look like dates, so they are looked for first: "prefiero el 2"."""
    found = [
        _entity(sentence, match, _value(match), "core")
        for pattern in (_CHOSEN_NUMBER, _CHOSEN_WORD)
        for match in sentence.matches(pattern)
    ]
    for match in sentence.matches(_FIRST_OF_MONTH):
        span = sentence.span_of(match)
        is_digit = sentence.tokens[span.first + 1].text == "1"
        before = " " + " ".join(sentence.words(0, span.first)) + " "
        if is_digit and span.after >= len(sentence.tokens) and not _PAYS.search(before):
            found.append(_entity(sentence, match, 1))
    return found


def find_ordinals(sentence: Sentence) -> list[Entity]:
    """Choices by number or place; "la primera vez" and "un segundo" are none."""
    found = [
        _entity(sentence, match, _value(match))
        for pattern in _RULES
        for match in sentence.matches(pattern)
    ]
    if not found and len(sentence.tokens) <= 2:
        return [_entity(sentence, match, _value(match)) for match in sentence.matches(_ALONE)]
    return found


def _value(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups["number"]) if groups.get("number") else _WORDS[groups["word"]]


def _entity(sentence: Sentence, match: re.Match[str], value: int, group: str | int = 0) -> Entity:
    span = sentence.span_of(match, group)
    start, end = sentence.offsets(span)
    sentence.claim(span)
    return Entity("ordinal", value, None, start, end)
