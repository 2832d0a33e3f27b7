"""Whether a clause tells what has happened or what will."""

import re

from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence

# First-person preterites that lose their accent in chat and then look like subjunctives.
_PRETERITE = re.compile(
    r"pague|deposite|abone|transferi|consigne|gire|cancele|liquide|mande|envie|realice|efectue|"
    r"hice|hicimos|hizo|hicieron|di|dimos|dieron|puse|fui|fue|fuimos|pude|tuve|cobre|recibi|"
    r"compre|retire|meti|yapee|plinee|cumpli|salde|complete|entregue|lleve|deje|quedo|vencio|"
    r"debito|llego|"
    r"[a-z]{1,24}(?:aste|aron|ieron)|(?:pag|deposit|abon|mand|envi|consign|gir|cancel|cobr)amos"
)
_PARTICIPLE = re.compile(r"[a-z]{1,24}(?:ado|ido)|hecho|puesto|dicho")
_HAVE = words("he ha han hemos habia habian hube")
_FUTURE = re.compile(
    r"voy|vamos|va|van|pago|pagamos|pagan|puedo|podria|podemos|deposito|abono|mando|envio|"
    r"cobro|cobramos|doy|consigno|giro|cancelo|liquido|quiero|hago|paso|caen|cae|depositan|"
    r"tengo|tendre|(?:muev|mov|cambi|corr|pas|pon)[a-z]{0,24}l[oa]|(?:llam|marqu|marc|habl|escrib|contact|busqu)[a-z]*|"
    r"comprometo|[a-z]{1,24}(?:are|ere|ire|aremos|aran|ara)"
)
_NOT_FUTURE = words("para compare prepare espere quiere adquiere cara clara rara fuera")
_MAKES_SUBJUNCTIVE = words("que cuando me le les nos favor si ojala aunque hasta apenas")
_MAKES_NOUN = words("el un mi su del este ese al otro de ningun tu primer ultimo")
_ACCENTED_PAST = re.compile(
    r"\w{1,24}(?:[^r]é|bré|pré|tiré|ió|[^r]í|gó|tó|nó|dó|zó)", re.IGNORECASE
)
# "Quedé de pagar el 30" tells a day that was still to come.
_PROMISES = frozenset({"quede", "quedamos", "prometi", "dije", "comprometi"})
# "No llego al viernes" is about a day that is still to come.
_NOT_YET = frozenset({"no", "si", "cuando", "apenas"})
_BREAKS = frozenset(".;")
_JOINS = frozenset({"y", "pero", ","})
_REACH = 12
# A sentence as people speak it; further back is another matter, and long texts stay cheap.
_REACH_BACK = 40
_ACCENTED_OTHERWISE = words("asi aqui ahi alli que porque jose bebe cafe este")
_THIRD = re.compile(
    r" (?:mi (?:esposo|esposa|hijo|hija|marido|senora|mama|papa|hermano|hermana|pareja)|ella|"
    r"alguien|banco|se) (?:ya |me |lo |la ){0,4}"
    r"(?:pago|deposito|abono|transfirio|mando|envio|hizo) $"
)


def is_past_tense(sentence: Sentence, index: int) -> bool:
    """Whether the day at this token lies in the past, by the nearest verb of its clause.

    The verb before decides; when there is none, or it stands before an "y" and the new clause
    has its own ("pagué el viernes y el lunes pago"), the one after.
    """
    before, is_joined = _before(sentence, index)
    if before is None or is_joined:
        after = _after(sentence, index)
        if after is not None:
            return after
    return bool(before)


def _before(sentence: Sentence, index: int) -> tuple[bool | None, bool]:
    """What the nearest verb before tells, and whether an "y" or a comma lies between."""
    is_joined = False
    for position in range(index - 1, max(index - 1 - _REACH_BACK, -1), -1):
        verdict = _verdict(sentence, position)
        word = sentence.tokens[position].text
        if verdict is not None:
            return verdict, is_joined
        if word in _BREAKS:
            break
        is_joined = is_joined or word in _JOINS
    return None, False


def _after(sentence: Sentence, index: int) -> bool | None:
    for position in range(index, min(index + _REACH, len(sentence.tokens))):
        word = sentence.tokens[position].text
        verdict = _verdict(sentence, position)
        if verdict is not None:
            return verdict
        if word in _BREAKS or word in _JOINS:
            break
    return None


def _verdict(sentence: Sentence, index: int) -> bool | None:
    token = sentence.tokens[index]
    before = sentence.tokens[index - 1].text if index else ""
    original = sentence.text[token.start : token.end]
    if token.text in _PROMISES:
        return None
    if _PARTICIPLE.fullmatch(token.text) and before in _HAVE:
        return True
    if _ACCENTED_PAST.fullmatch(original) and token.text not in _ACCENTED_OTHERWISE:
        return True
    if token.text == "llego" and before in _NOT_YET:
        return False
    if _PRETERITE.fullmatch(token.text):
        return _is_preterite(sentence, index, before)
    if before in _MAKES_NOUN or "depósito" in original.lower():
        return None
    if _FUTURE.fullmatch(token.text) and token.text not in _NOT_FUTURE:
        start = max(0, index - 5)
        clause = " " + "".join(f"{word} " for word in sentence.words(start, index + 1))
        return bool(_THIRD.search(clause))
    return None


def _is_preterite(sentence: Sentence, index: int, before: str) -> bool | None:
    word = sentence.tokens[index].text
    if not word.endswith("e") or word in {"hice", "puse", "pude", "tuve", "fue"}:
        return True
    if word.endswith("aste") or before not in _MAKES_SUBJUNCTIVE:
        return True
    said_already = "ya" in sentence.words(index - 4, index)
    return True if said_already and before not in {"cuando", "apenas"} else None
