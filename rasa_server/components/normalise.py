"""Makes the many spellings of chat Spanish look alike before they are compared.

Pure and applied alike to training data and messages, so it may lose letters that a reader needs:
what comes out is only ever looked at by the classifier. "Siiii, xq??" and
"sí, porque?" end up the same.
"""

from __future__ import annotations

import re
import unicodedata

# Only abbreviations that have one reading in a conversation about a payment.
_ABBREVIATIONS = {
    "q": "que",
    "k": "que",
    "ke": "que",
    "qe": "que",
    "x": "por",
    "xq": "porque",
    "pq": "porque",
    "xk": "porque",
    "porq": "porque",
    "xfa": "por favor",
    "xfavor": "por favor",
    "porfa": "por favor",
    "porfis": "por favor",
    "pf": "por favor",
    "plis": "por favor",
    "d": "de",
    "dl": "del",
    "tb": "tambien",
    "tmb": "tambien",
    "tbn": "tambien",
    "bn": "bien",
    "grax": "gracias",
    "grs": "gracias",
    "toy": "estoy",
    "ta": "esta",
    "tas": "estas",
    "pa": "para",
    "pal": "para el",
    "ud": "usted",
    "uds": "ustedes",
    "msj": "mensaje",
    "msje": "mensaje",
    "nro": "numero",
    "num": "numero",
    "tel": "telefono",
    "cel": "celular",
    "dps": "despues",
    "ntp": "no te preocupes",
    "wsp": "whatsapp",
    "wpp": "whatsapp",
    "wasap": "whatsapp",
    "whats": "whatsapp",
    "aki": "aqui",
    "oki": "ok",
    "okey": "ok",
    "okay": "ok",
    "sip": "si",
    "nop": "no",
    "nel": "no",
}

_ELONGATED = re.compile(r"([^\W\d])\1{2,}")
_REPEATED_MARK = re.compile(r"([?!.,])[?!.,]*")
# A word of these letters alone that laughs twice or more. Looked at once per word: with the letters
# around it as repetitions of their own, 2,000 letters of laughter took the engine minutes.
_LAUGHTER = re.compile(r"\b(?:(?=[ja]*jaja)[ja]+|(?=[je]*jeje)[je]+|(?:lo)+l+)\b")
_DIGITS = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W_]+|[?!%$]|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2764]")
# Marks that only change how an emoji looks: variation, skin tone, joiner.
_EMOJI_VARIANTS = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]")

# Letters that sound alike in Latin America and are taken for each other.
_SOUNDS = (
    (re.compile(r"v"), "b"),
    (re.compile(r"ch"), "\x01"),
    (re.compile(r"z|c(?=[ei])"), "s"),
    (re.compile(r"qu(?=[ei])|[qc]"), "k"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"\bhu(?=[aeio])|w"), "gu"),
    (re.compile(r"h"), ""),
    (re.compile(r"ll"), "y"),
    (re.compile("\x01"), "ch"),
)


def normalise(text: str) -> str:
    """Gives the text as tokens separated by single spaces; empty if nothing in it can be compared.

    Digits become 0, one for one: how long a number is says what it may be, its value does not.
    """
    text = _EMOJI_VARIANTS.sub("", unicodedata.normalize("NFKC", text).lower())
    text = _without_accents(text)
    text = _LAUGHTER.sub("jaja", text)
    text = _ELONGATED.sub(r"\1", text)
    text = _REPEATED_MARK.sub(r"\1", text)
    text = _DIGITS.sub("0", text)
    return " ".join(_ABBREVIATIONS.get(token, token) for token in _TOKEN.findall(text))


def as_it_sounds(normalised: str) -> str:
    """Writes a normalised text with one letter a sound: "ke kieren" and "que quieren" are one."""
    for pattern, letters in _SOUNDS:
        normalised = pattern.sub(letters, normalised)
    return normalised


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))
