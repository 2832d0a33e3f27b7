"""People who are called like a day or a month: "soy Domingo", "Julio Pérez"."""

from acuerdo.language.lexicon import MONTHS, WEEKDAYS, words
from acuerdo.language.sentence import Sentence, Span, phrase

_INTRODUCED = phrase(
    r"(?:soy|don|senor|sr|sr [.]|senora|sra|llamo|llama|llamaba|nombre es|nombre de|apellido|"
    r"habla|con|contra|parte de|atiende|saluda|hijo|hermano|esposo|marido|tio|primo|compadre|"
    r"amigo|doctor|dr|licenciado|ingeniero|santo|san) (?P<name>domingo)"
)
_BEFORE_DATES = words("el este al del de los dia proximo en para hasta desde por o y")
_NAMESAKES = words("domingo julio abril")
_SHORTEST_SURNAME = 3


def claim_names(sentence: Sentence) -> None:
    """Take away names that would look like dates, told by what introduces them or a surname."""
    for match in sentence.matches(_INTRODUCED):
        sentence.claim(sentence.span_of(match, "name"))
    for index, token in enumerate(sentence.tokens[:-1]):
        if token.text in _NAMESAKES and sentence.is_free(index) and _has_surname(sentence, index):
            sentence.claim(Span(index, index + 1))


def _has_surname(sentence: Sentence, index: int) -> bool:
    """Both words are written like names, and nothing before makes the first one a date."""
    before = sentence.words(index - 1, index)
    if before and (before[0] in _BEFORE_DATES or before[0].isdigit()):
        return False
    surname = sentence.tokens[index + 1]
    if surname.text in MONTHS or surname.text in WEEKDAYS or len(surname.text) < _SHORTEST_SURNAME:
        return False
    return all(
        sentence.text[token.start : token.end].istitle()
        for token in sentence.tokens[index : index + 2]
    )
