"""What is heard on the telephone: a yes, a no, or a machine."""

import re
from typing import Final

_YES: Final = re.compile(
    r"^\W*(?:s[ií]|correcto|exacto|as[ií] es|eso es|eso mismo|claro|aj[aá]|ok|dale|afirmativo)\b",
    re.I,
)
_NO: Final = re.compile(r"^\W*(?:no|nop|negativo|incorrecto|nada que ver)\b", re.I)
# What a machine says before its tone, where the provider's own detection has not told us.
_MACHINE: Final = re.compile(
    r"buz[oó]n de (?:voz|mensajes)|despu[eé]s (?:del|de la|de escuchar el) (?:tono|se[nñ]al)|"
    r"dej[ea] (?:su|tu|un) mensaje|el n[uú]mero (?:que usted )?(?:marc|ha marc)|"
    r"correo de voz|no se encuentra disponible|fuera de(?:l [aá]rea de)? servicio",
    re.I,
)


def is_yes(words: str) -> bool:
    """Tell whether the words begin with a yes."""
    return _YES.match(words) is not None


def is_no(words: str) -> bool:
    """Tell whether the words begin with a no."""
    return _NO.match(words) is not None


def is_machine(words: str) -> bool:
    """Tell whether the words are those of a voicemail or of the network."""
    return _MACHINE.search(words) is not None
