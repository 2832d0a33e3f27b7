"""How people say that they want silence: the words that need no engine, and how far they reach.

One word inside a sentence is never taken for a keyword: that is for the classifier.
"""

import re
from typing import Final

from acuerdo.language.folding import words_in
from acuerdo.values.requests import Scope

# What carriers and chat programs have taught people to write, whole.
_KEYWORDS: Final = frozenset(
    (
        *("baja", "alto", "stop", "stopall", "unsubscribe", "basta", "la baja", "de baja"),
        *("dar de baja", "darme de baja", "dame de baja", "deme de baja", "denme de baja"),
        *("quiero darme de baja", "quiero la baja", "quiero baja", "pido la baja", "dar baja"),
        *("solicito la baja", "solicito baja", "baja total", "baja inmediata"),
        *("no contactar", "no molestar", "no mas mensajes", "cancelar suscripcion"),
    )
)
# Who is in the middle of something says so to leave it, and many say it for paying.
_ALSO_CANCELS: Final = frozenset(("cancelar", "cancel", "cancelar mensajes"))
_POLITE: Final = frozenset(
    ("por", "favor", "porfavor", "porfa", "porfis", "gracias", "ya", "pls", "please", "hola")
)
_EVERYWHERE: Final = re.compile(
    r"\b(ningun\w* (medio|lado|canal|forma|manera|via|parte|numero|telefono)"
    r"|por (todos los medios|ninguna parte)|en ningun\w*|de ninguna (forma|manera)"
    r"|todos (los|mis) (medios|canales|numeros|telefonos)|baja total"
    r"|ni (por )?(llam|telef|whats|wasap|wsp|mensaj|corre|mail|email|sms|texto))"
)
_WORKPLACE: Final = re.compile(
    r"\b(trabajo|oficina|laburo|chamba|pega|empresa|negocio|centro laboral|mi jefe)\b"
)
_HERE: Final = re.compile(r"\b(est[ea] (es|numero|telefono|celular|linea)|aqui|aca)\b")


def is_opt_out(text: str, *, in_dialogue: bool) -> bool:
    """Tell whether a whole message is one of the known words for silence.

    `in_dialogue`: we have just answered this person; then "cancelar" is left to the classifier.
    """
    said = " ".join(word for word in words_in(text) if word not in _POLITE)
    return said in _KEYWORDS or (said in _ALSO_CANCELS and not in_dialogue)


def scope_of(text: str) -> Scope:
    """Give how far a refusal reaches by its words; this channel where they do not say."""
    said = " ".join(words_in(text))
    if _EVERYWHERE.search(said):
        return Scope.ALL
    return Scope.WORKPLACE if _WORKPLACE.search(said) else Scope.CHANNEL


def means_this_address(text: str) -> bool:
    """Tell whether somebody says that the address they write from is their workplace."""
    return _HERE.search(" ".join(words_in(text))) is not None
