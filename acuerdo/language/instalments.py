"""How many payments and how often: "en tres cuotas", "cada quince días", "a seis meses"."""

import re
from dataclasses import replace
from datetime import date

from acuerdo.language.days import add_months
from acuerdo.language.entity import Entity
from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence, phrase

_NUMBER = r"(?P<count>[1-9][0-9]?|1[0-9]{2}|un par de)"
_PAYMENTS = (
    r"(?:pagos|cuotas|mensualidades|abonos|partes|parcialidades|plazos|letras|armadas|"
    r"exhibiciones|tandas|depositos|quincenas|meses sin intereses|msi|entregas|giros|"
    r"quincenalidades|semanalidades|pedazos|porciones|transferencias|contados)"
)
_SPLIT = (
    r"(?:part[a-z]+|divid[a-z]+|divis[a-z]+|separ[a-z]+|fraccion[a-z]+|difer[a-z]+|difier[a-z]+|"
    r"repart[a-z]+|cort[a-z]+|financi[a-z]+|reestructur[a-z]+|prorrate[a-z]+|desglos[a-z]+|"
    r"pagarlo|pagarla|pagarselo|hacerlo|hago|dejarlo|liquidarlo|pago|lo pago|la pago|cuotas|"
    r"pagarles|pagarte|pagar|dej[a-z]+|pongan|poner|acomod[a-z]+|arregl[a-z]+)"
)
_MONTHS_TO_PAY = (
    r"(?:pago|pagar|pagara|pagarlos|pagando|liquido|liquidar|seria|quedaria|sale|saldria)"
)
_SPLIT_IT = (
    r"(?:(?:lo|la|los|las|me la|me lo) [a-z]+|[a-z]+(?:lo|la)|part[a-z]+|divid[a-z]+|difer[a-z]+|"
    r"difier[a-z]+|fraccion[a-z]+|financi[a-z]+|convenio|acuerdo|plan|deuda)"
)
_ALREADY = words(
    "debo debia deben debemos falta faltan faltaban llevo llevamos hice hicimos tengo tenia quedan "
    "queda van atrase atrasada pague restan ultimas ultimos primeras di quedaban pagado cubri "
    "pendientes todas vencieron cumpli"
)
_NOT_OPEN = (
    r"(?! (?:atrasad[a-z]+|vencid[a-z]+|pendientes|pagad[a-z]+|de (?:atraso|mora)|sin pagar) )"
)
_NOT_FREQUENCY_NOUN = r"(?! (?:sin |de atraso|de mora|que |trabaj|atras|buscando|despues))"
_THEN = (
    r"(?= (?:$|[.,;?!)] |(?:porfa|porfavor|por|y|o|para|si|pero|no|veces|seria|cada|puede|se|a|"
    r"joven|gracias|al|tantos|mensual|quincenal|semanal|nada|verdad|amigo|senorita|va|que|el|este|"
    r"con|de|esta|me|ok|mejor|como|sin|senor|oiga|es|digamos|maximo) ))"
)
_EITHER = phrase(
    r"(?:en |a |por |los |las |unas |unos )?(?:(?P<first>[1-9][0-9]?) (?:o|u)|"
    r"(?:de |entre )?(?P<first_2>[1-9][0-9]?) (?:a|-)|entre (?P<first_3>[1-9][0-9]?) y) "
    rf"(?:a |en |unas |unos )?(?P<last>{_NUMBER} {_PAYMENTS}){_NOT_OPEN}"
)
_COUNT_RULES = (
    phrase(
        rf"(?:en |a |por |de |los |las |hacer |solo |unos |unas )?{_NUMBER} {_PAYMENTS}{_NOT_OPEN}"
    ),
    phrase(
        r"(?:a|la de|el de|lo de|por|durante|los|las|diferido a|"
        r"(?:plan|plazo|opcion|convenio|acuerdo|propuesta)(?: [a-z]+){0,3}? (?:de|a)) "
        rf"(?:los |las |unos )?{_NUMBER} meses{_NOT_FREQUENCY_NOUN}"
    ),
    phrase(rf"en {_NUMBER} veces(?! (?:que|me|les|le|he|ha|han|ya) )"),
    phrase(rf"(?:en )?{_NUMBER} meses (?:de plazo|sin intereses|para pagar)"),
    phrase(rf"{_SPLIT_IT} (?:[a-z]+ ){{0,5}}?(?P<core>en {_NUMBER} (?:meses|cuotas|pagos|veces))"),
    phrase(
        rf"{_MONTHS_TO_PAY} (?:[a-z]+ ){{0,3}}?(?P<core>en (?P<count>[3-9]|[1-9][0-9]) (?:meses|"
        rf"veces))"
    ),
    phrase(
        rf"{_SPLIT} (?:[a-z]+ ){{0,5}}?(?P<core>en (?P<count>[2-9]|1[0-9]|2[0-4]|36|48|60))"
        rf"{_THEN}"
    ),
    phrase(rf"{_SPLIT_IT} (?P<core>a (?P<count>3|6|9|12|18|24|36|48)){_THEN}"),
    phrase(rf"(?:la|el|plan|opcion) (?:de|a) (?:los )?(?P<count>3|6|9|12|18|24|36|48){_THEN}"),
)
_IN_MONTHS = re.compile(r"en [0-9]+ meses")
_SINGLE = phrase(
    r"(?:en |de )?(?:una? sol[ao] (?:pago|exhibicion|cuota|parte|abono|vez)|una exhibicion|"
    r"un pago unico|pago unico|un unico pago|1 (?:sola exhibicion|solo pago))"
)
_FREQUENCIES: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (
        phrase(
            r"(?:cada |los |todos los |dias )(?:dias )?15 y (?:los |el |cada )?(?:30|31|ultimo|"
            r"fin de mes|fin)(?: de cada mes| del mes)?|"
            r"(?:el )?15 y (?:el )?(?:30|ultimo) de cada mes"
        ),
        "semimonthly",
        None,
    ),
    (phrase(r"(?:2|un par de) veces (?:al|por) mes"), "semimonthly", None),
    (
        phrase(
            r"(?:de manera |de forma )?(?:cada|por|a la|todas las|en cada) quincenas?|"
            r"quincena a quincena|quincena con quincena|"
            r"(?:de (?:manera|forma) |bi)?quincenal(?:es|mente)?|quincenalidad(?:es)?"
        ),
        "semimonthly",
        "fortnightly",
    ),
    (
        phrase(r"(?:cada|c /) (?:14|15) (?:dias|d)|cada (?:2 semanas|catorcena)"),
        "fortnightly",
        None,
    ),
    (phrase(r"(?:por )?catorcena(?:l|les|lmente)?|bisemanal(?:es)?"), "fortnightly", None),
    (phrase(r"cada 15(?! de)"), "fortnightly", "semimonthly"),
    (
        phrase(r"cada (?:2 (?:meses|mes)|bimestre)|de 2 en 2 meses|bimestral(?:es|mente)?"),
        "bimonthly",
        None,
    ),
    (
        phrase(
            r"(?:todos los|cada) (?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
            r"(?: de cada semana)?|(?:los|las) (?:lunes|martes|miercoles|jueves|viernes|sabados|"
            r"domingos)(?! (?:proximos|y )[0-9])"
        ),
        "weekly",
        None,
    ),
    (
        phrase(
            r"(?:cada|por|a la|todas las|x|en cada) semanas?|cada (?:7|8) dias|semana a semana|"
            r"semana con semana|semanal(?:es|mente)?|semanitas"
        ),
        "weekly",
        None,
    ),
    (
        phrase(
            r"(?:a )?diari[oa]s?|diariamente|cada dia|todos los dias|dia a dia|dia con dia|por dia"
        ),
        "daily",
        None,
    ),
    (
        phrase(
            r"(?:de )?cada mes|todos los meses|por mes|x mes|mes a mes|mes con mes|mes tras mes|"
            r"mensual(?:es|mente)?|cada (?:30|31) dias|cada fin de mes|cada mes|al mes(?! de)"
        ),
        "monthly",
        None,
    ),
)
_PER_DAY = phrase(r"(?P<amount>[0-9.]+(?: (?:pesos|soles|mil|lucas|dolares))?) (?P<core>al dia)")


def find_instalments(sentence: Sentence, today: date) -> list[Entity]:
    """Numbers of payments proposed; what is already paid or owed is not one.

    "En seis meses" may also be the day six months from today, which is kept as other reading.
    """
    found: list[Entity] = []
    for match in sentence.matches(_EITHER):
        found += _either(sentence, match)
    for pattern in _COUNT_RULES:
        for match in sentence.matches(pattern):
            found += _counted(sentence, match, today)
    single = sentence.matches(_SINGLE)
    return found + [_entity(sentence, match, "installments", 1) for match in single]


def _either(sentence: Sentence, match: re.Match[str]) -> list[Entity]:
    """ "Four or five payments" are two proposals."""
    name = next(group for group in ("first", "first_2", "first_3") if match[group])
    first = sentence.span_of(match, name).first
    if not match["count"].isdigit() or _ALREADY & set(sentence.words(first - 3, first)):
        return []
    return [
        _entity(sentence, match, "installments", int(match[name]), name),
        _entity(sentence, match, "installments", int(match["count"]), "last"),
    ]


def _counted(sentence: Sentence, match: re.Match[str], today: date) -> list[Entity]:
    core = "core" if match.groupdict().get("core") else 0
    first = sentence.span_of(match, core).first
    if not match["count"] or _ALREADY & set(sentence.words(first - 3, first)):
        return []
    count = int(match["count"]) if match["count"].isdigit() else 2
    entity = _entity(sentence, match, "installments", count, core)
    day = add_months(today, count) if _IN_MONTHS.fullmatch(match[core]) else None
    if day is None:
        return [entity]
    other = Entity("date", day.isoformat(), None, entity.start, entity.end)
    return [replace(entity, alternatives=(other,))]


def find_frequencies(sentence: Sentence) -> list[Entity]:
    """How often someone would pay.

    "Quincenal" is read as twice a month, on pay days (15th and last), as in Mexico and Colombia,
    with every 15 days as its other reading; "cada 15 días" and "catorcenal" are fortnightly.
    """
    found: list[Entity] = []
    for pattern, value, other in _FREQUENCIES:
        found.extend(
            _entity(sentence, match, "frequency", value, 0, other)
            for match in sentence.matches(pattern)
        )
    found.extend(
        _entity(sentence, match, "frequency", "daily", "core")
        for match in sentence.matches(_PER_DAY)
    )
    return found


def _entity(
    sentence: Sentence,
    match: re.Match[str],
    kind: str,
    value: int | str,
    group: int | str = 0,
    other: str | None = None,
) -> Entity:
    span = sentence.span_of(match, group)
    start, end = sentence.offsets(span)
    sentence.claim(span)
    others = (Entity(kind, other, None, start, end),) if other else ()
    return Entity(kind, value, None, start, end, others)
