"""Whether a bare number, with nothing that names money, is an amount."""

import re

from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence

_GIVES = re.compile(
    r"pag[a-z]+|abon[a-z]+|deposit[a-z]+|doy|dar|dare|daria|doi|transf[a-z]+|consign[a-z]+|"
    r"mand[a-z]+|"
    r"envi[a-z]+|gir[a-z]+|yape[a-z]+|plin[a-z]*|ofrezco|ofrecer|junt[a-z]+|complet[a-z]+|"
    r"ajust[a-z]+|"
    r"pong[a-z]+|poner|alcanz[a-z]+|dejo|dejar|adelant[a-z]+|cobr[a-z]+|deb[a-z]+|presto|"
    r"liquid[a-z]+|"
    r"aport[a-z]+|cubr[a-z]+|solamente|dando|damos|acept[a-z]+|sumo|bajan|bajen|quitan|pase|"
    r"cuotas|pagos|abonos|mensualidades|minimo|maximo|nomas|cantidad|monto|total|tope|hasta"
)
_COUNTED = words(
    "hijo hija nino nina persona dia dias mes ano hora horas minuto minutos semana vez veces "
    "hermano "
    "tarjeta deuda cuenta credito cuota pago bebe nieto cuadra trabajo llamada mensaje correo km "
    "kilo "
    "metro grado punto opcion factura recibo letra carro casa numero digito era ro ra do da er "
    "kilometros gente chico chica y% % am pm hs h por% bocas boca mensualidad abono quincena "
    "plazo"
)
# Words in -s that may follow an amount without being what it counts.
_NOT_COUNTED = words(
    "pues menos mas quincenales semanales mensuales lunes martes miercoles jueves viernes "
    "despues antes "
    "gracias nomas entonces ustedes es nos dos tres les los las mes mes has diarios diarias jaja "
    "as tus "
    "sus mis otros unos unas ellos amigos este eras pesos soles estos esas tras jefes señores "
    "senores "
    "fijos saludos netos apenas ademas hos oks restantes"
)
_COUNTS_PEOPLE = words("somos eramos seremos viven vivimos")
_NUMBERED = words(
    "# numero num nro no. opcion local puerta canal linea calle articulo ley unidad clase version "
    "talla covid grupo nivel etapa fase"
)
_SMALL = 20
_LOOK_BACK = 4


def is_plausible_amount(sentence: Sentence, index: int, expected: bool) -> bool:
    """Whether the number at this token is money, by its size and the words beside it.

    A small one needs a verb of paying before it unless an amount was asked for; one that counts
    something ("3 hijos") or is numbered ("local 25") is none.
    """
    token = sentence.tokens[index]
    numeral = token.numeral
    if numeral is None or (numeral.spoken and numeral.value == 1):
        return False
    before = sentence.words(index - _LOOK_BACK, index)
    if before and (before[-1] in _NUMBERED or _COUNTS_PEOPLE & set(before[-2:])):
        return False
    after = sentence.words(index + 1, index + 2)
    if after and _is_counted(after[0]):
        return False
    if expected:
        return True
    if numeral.value < _SMALL:
        return any(_GIVES.fullmatch(word) for word in before) and numeral.value >= 2
    return True


def _is_counted(word: str) -> bool:
    if word in _COUNTED:
        return True
    if word in _NOT_COUNTED or len(word) <= 3 or not word.isalpha():
        return False
    return word.endswith(("s", "z")) and not word.endswith(("mente", "mos"))
