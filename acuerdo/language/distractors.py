"""Numbers that are no amount, date or code: addresses, ages, shops, idioms, percentages."""

from acuerdo.language.lexicon import MONTHS
from acuerdo.language.sentence import Sentence, phrase

_IDIOMS = (
    phrase(r"24 (?:/ )?7|24/7|24 horas|7 eleven|seven eleven|7 - eleven|50/50"),
    phrase(r"(?:1000000|1000) (?:de )?(?:gracias|disculpas|perdones|veces|cosas|problemas)"),
    phrase(
        r"(?:ni|sin) (?:un|una|1|medio|media) (?:sol[oa] )?(?:peso|sol|luca|gamba|chaucha|"
        r"centavo|quinto|cinco|mango|varo|dolar|cobre)"
    ),
    phrase(r"ni (?:5|un 5)|al (?:100|cien)(?: por ciento)?|a la 1(?: por)|al 1000"),
    phrase(r"100 (?:por (?:ciento|100)|%)|(?:covid|super|canal|linea|windows|top|iphone) [0-9]+"),
    phrase(r"[0-9]{1,2} ?/ ?100(?: m ?[.]? ?n ?[.]?)?|a las 500(?! (?:am|pm|de la))"),
    phrase(r"(?:cobr[a-z]+|pagan|gano) (?:el |los )?15 y (?:ultimo|30)"),
    phrase(r"(?:dos|2) que (?:tres|3)|uno? que otro|entre (?:nosotros )?(?:2|dos)"),
    phrase(r"(?<!en )(?:un|1) (?:momento|momentito|segundo|segundito|minuto|minutito)"),
    phrase(
        r"(?:dame|deme|denme|espere[a-z]*|aguante[a-z]*|aguanta[a-z]*|permitame) (?:unos )?"
        r"[0-9]+ (?:minutos?|segundos?)"
    ),
    phrase(
        r"(?:el|un|mi|su|este|ese|al|del) cuarto (?:de(?! la lista)|del|donde|en|que|con|alquilado|"
        r"rentado|oscuro)"
    ),
    phrase(r"primero dios|(?:numero|num|nro) equivocado"),
    phrase(
        r"(?:descuento|quita|rebaja|interes|condonacion) (?:de |del |de un )?(?:un )?"
        r"[0-9.]+ (?:%|por (?:ciento|100)|porciento)"
    ),
    phrase(r"(?:el |la |un )?[0-9.]+ (?:%|por (?:ciento|100)|porciento) de (?:interes|descuento)"),
    phrase(r"(?:el |la |un )?(?!50 )[0-9.]+ (?:%|por (?:ciento|100)|porciento)"),
    phrase(r"de (?:lunes|martes) a (?:viernes|sabado|domingo)"),
    phrase(
        r"(?:los|ellos|ustedes|nosotros) [2-9](?= (?:$|[.,] ))|(?:los|las) [2-9] (?:deudas|cuentas)"
    ),
)
_ADDRESS = phrase(
    r"(?:(?:calle|av|avenida|jr|jiron|pasaje|psje|diagonal|"
    r"urb)(?: [.])?(?: [a-z]+){1,4}?(?= [0-9])|"
    r"calle|av|avenida|jr|jiron|carrera|cra|kra|cll|depto|dpto|departamento|piso|casa|lote|mz|"
    r"manzana|km|kilometro|colonia|exterior|interior|block|local|torre|apto|apartamento|oficina|"
    r"diagonal|transversal|pasaje|psje|edificio|ventanilla|caja|sucursal|modulo|ruta|escalera)"
    r"(?: [.]| #| no| numero| n| o| con| -| [a-z]+(?= [0-9])){0,6}"
    r"(?: [0-9][0-9a-z/-]*(?: (?:#|-|con|bis|nro|de (?:mayo|febrero|septiembre|noviembre|julio|"
    r"abril|agosto|octubre|diciembre)))?)+"
)
_AGE = phrase(
    r"(?:tengo |de |cumplo |cumpli |tiene )?(?P<age>[0-9]{1,3}) (?:anos|anitos)(?: de edad)?"
)
_YEAR = phrase(
    r"(?:desde|ano|en|del|de|hasta|el) (?:el )?(?:ano )?(?:del )?(?:19[5-9][0-9]|"
    r"20[0-4][0-9])(?! (?:pesos|soles|el|hoy|mensual|y|por|dolares|o|al|cada) )"
)
_NO_SUCH_DAY = phrase(
    rf"(?:el )?[0-9]{{1,2}} (?:de )?(?:{'|'.join(MONTHS)})|"
    rf"[0-9]{{1,2}}[/-][0-9]{{1,2}}(?:[/-][0-9]+)?"
)
_MIXED = phrase(r"[^ ]*@[^ ]*|https?:[^ ]*|www[^ ]*")


def claim_distractors(sentence: Sentence) -> None:
    """Take away the words whose numbers mean nothing that is looked for."""
    for pattern in (_MIXED, *_IDIOMS, _ADDRESS, _AGE):
        for match in sentence.matches(pattern):
            sentence.claim(sentence.span_of(match))


def claim_false_dates(sentence: Sentence) -> None:
    """Years that belong to no date ("desde 2019") and days that do not exist (30 de febrero)."""
    for pattern in (_NO_SUCH_DAY, _YEAR):
        for match in sentence.matches(pattern):
            sentence.claim(sentence.span_of(match))
