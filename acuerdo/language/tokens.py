"""Words and numbers of a text, each with its place in it."""

import re
from dataclasses import dataclass

import spacy
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

from acuerdo.language.folding import fold
from acuerdo.language.numerals import Numeral, read_literal
from acuerdo.language.spelling import correct, correct_after

# Shapes that must stay whole, longest first. Digits are masked by zeros before spaCy sees the
# text, so that its string store neither grows with every number nor keeps anyone's document.
_SHAPES = re.compile(
    r"""
      (?<![^\s@])[^\s@]++@[^\s@]+ | https?://\S+ | www\.\S+
    | 0{1,2}\.?000\.?000-[0k](?![a-z0])        # a Chilean RUT
    | 0{4}[-/]0{1,2}[-/]0{1,2}(?!0)            # 2026-12-20
    | 0{1,2}([-/.])0{1,2}\1(?:0000|00)(?![0.,])  # 20/12/2026
    | 0{1,2}[/-]0{1,2}(?![0/-])                # 20/12
    | 0{1,2}:00(?::00)?(?!0)                   # 15:30
    | 00?h00(?![0a-z])                       # 17h30
    | 0+(?:-0+){2,} | 0{4,}-0+ | 0+-0{4,}      # 55-1234-5678
    | 0+(?:[.,']0+)*
    | us\$ | u\$[sd] | \$u(?![a-z]) | (?:rd|[cr]|mx|ar|cop|clp|usd)\$ | \$
    | [sb]/\.?(?=0|$) | [ql]\.?(?=0) | [ql]\.$   # S/ 200, B/.30, Q300, L. 500
    | [^\W\d_]+
    | \S
    """,
    re.VERBOSE,
)
# Signs of money when a number is written right behind them; the same as with their point.
_SIGN_LETTERS = frozenset({"q", "l"})
_LETTER_O = re.compile(r"(?<=[0-9])o{2,}(?![a-z])")
_DIGIT = re.compile(r"[0-9]")
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:[.,'][0-9]+)*")
_SPLIT_MIL = re.compile(
    r"(un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta|cuarenta|"
    r"cincuenta|sesenta|setenta|ochenta|noventa|cien|doscientos|trescientos|quinientos)(mil)"
)
_SPLIT_Y = re.compile(
    r"(treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)([iy])"
    r"(un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
_HOUR = re.compile(r"([0-9]{1,2})h([0-5][0-9])")
_WORD = re.compile(r"[^\W\d_]+")

_TOKENIZER = Tokenizer(spacy.blank("es").vocab, infix_finditer=_SHAPES.finditer)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as rules read it (`text`), its offsets, and its number if it is one."""

    text: str
    start: int
    end: int
    numeral: Numeral | None = None


def tokenise(text: str, country: str) -> list[Token]:
    """The tokens of a text, spelling corrected, numbers in digits read the country's way."""
    folded, offsets = fold(text)
    folded = _LETTER_O.sub(lambda zeros: "0" * len(zeros[0]), folded)
    offsets.append(len(text))
    tokens: list[Token] = []
    for part in _TOKENIZER(_DIGIT.sub("0", folded)):
        first, last = part.idx, part.idx + len(part)
        piece = folded[first:last]
        if piece.isspace() or not piece:
            continue
        if piece in _SIGN_LETTERS and folded[last : last + 1].isdigit():
            tokens.append(Token(f"{piece}.", offsets[first], offsets[last - 1] + 1))
            continue
        for word, begin, end in _words_of(piece):
            start, stop = offsets[first + begin], offsets[first + end - 1] + 1
            before = tokens[-1].text if tokens else ""
            tokens.append(_token(correct_after(before, word), start, stop, country))
    return tokens


def _words_of(piece: str) -> list[tuple[str, int, int]]:
    """A piece as words; "cienmil" and "treintaicinco" are several."""
    glued = _SPLIT_MIL.fullmatch(piece) or _SPLIT_Y.fullmatch(piece)
    if glued is None:
        return [(piece, 0, len(piece))]
    return [
        ("y" if word == "i" else word, *glued.span(group))
        for group, word in enumerate(glued.groups(), start=1)
    ]


def _token(word: str, start: int, end: int, country: str) -> Token:
    if _PLAIN_NUMBER.fullmatch(word):
        numeral = read_literal(word, country)
        return Token(numeral.text if numeral else word, start, end, numeral)
    if hour := _HOUR.fullmatch(word):
        return Token(":".join(hour.groups()), start, end)
    return Token(correct(word) if _WORD.fullmatch(word) else word, start, end)
