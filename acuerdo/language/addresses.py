"""Where someone lives: streets named after dates, crossings, houses and flats by number."""

from acuerdo.language.lexicon import MONTHS
from acuerdo.language.sentence import Sentence, phrase

_PLACE = (
    r"(?:calle|av|ave|avda|avenida|barrio|bo|sector|urbanizacion|urb|colonia|col|plaza|parque|"
    r"pasaje|jiron|jr|carrera|boulevard|bulevar|blvd|autopista|villa|ciudadela|cooperativa|"
    r"asentamiento|poblacion|estacion|puente|escuela|colegio|liceo|hospital|mercado|esquina)"
)
_NOT_MONEY = r"(?! (?:centavos|pesos|soles|dolares|mil|lucas|quetzales|lempiras|colones|%) )"
_STREETS = r"(?:la|calle|cll|cl|carrera|cra|kra|kr|transversal|diagonal|av|avenida)"
_RULES = (
    # Dates are masculine in Spanish, so "la 9 de octubre" can only be a street.
    phrase(
        rf"(?:{_PLACE}(?: [.])?(?: de la| del| la| el)?|la) (?:[0-9]{{1,2}}|primero) "
        rf"(?:(?:ro|ero|er|o) )?de (?:{'|'.join(MONTHS)})(?! (?:de |del )?20[0-9][0-9] )"
        rf"(?: (?:numero |no |nro |# )?[0-9]{{1,5}}{_NOT_MONEY})?"
    ),
    phrase(
        rf"{_STREETS} [0-9]{{1,3}} (?:con|y|entre|esquina) (?:{_STREETS} )?[0-9]{{1,3}}"
        rf"(?: y [0-9]{{1,3}})?{_NOT_MONEY}"
    ),
    phrase(r"# [0-9]{1,4}(?: - |-)[0-9]{1,4}"),
    phrase(
        r"casa (?:es )?(?:la |el )?(?:numero |nro |no |num |# )?[0-9]{1,5}(?: [a-h](?= ))?"
        rf"{_NOT_MONEY}"
    ),
    phrase(
        r"(?:vivo|vivimos|vive|resido) (?:en )?(?:el|la|al) (?:numero |nro |no )?[0-9]{1,5}"
        rf"(?! de ){_NOT_MONEY}"
    ),
    phrase(r"(?:el |la )?[1-9][0-9]? (?:to|do|ro|er|mo|vo|ta|da|ra) [a-h](?= (?:$|[.,;]))"),
)


def claim_addresses(sentence: Sentence) -> None:
    """Take away the numbers, and what looks like dates, of an address."""
    for pattern in _RULES:
        for match in sentence.matches(pattern):
            sentence.claim(sentence.span_of(match))
