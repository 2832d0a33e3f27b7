"""Reading words as people type them: chat spelling, typing and hearing errors."""

import re

from acuerdo.language.lexicon import AFTER_ARTICLE, CHAT, PHONETIC, REAL_WORDS, TYPED

_LONGEST = 16
_DIMINUTIVE = re.compile(r"(.{1,20}?)(?:ec|c)?it([oa]s?)")
_SILENT_H = re.compile(r"(?<!c)h")
_SOFT_C = re.compile(r"c(?=[ei])")
_HARD_C = re.compile(r"qu(?=[ei])|q|c(?!h)")
_SOFT_G = re.compile(r"g(?=[ei])")
_REPEATED = re.compile(r"(.)\1+")


def correct(word: str) -> str:
    """The word that was meant: itself, or a known one that is spelt or sounds almost so.

    Only words that rules look for are ever corrected to, and real words stay as they are.
    """
    if word in CHAT:
        return CHAT[word]
    small = _DIMINUTIVE.fullmatch(word)
    if small and "".join(small.groups()) in _BASES:
        return "".join(small.groups())
    if word in _KNOWN or not 3 <= len(word) <= _LONGEST:
        return word
    sound = _sound(word)
    if sound in _BY_SOUND:
        return _BY_SOUND[sound]
    if len(word) < 5:
        return word
    for shorter in _with_one_less(word):
        if (candidate := _BY_SLIP.get(shorter)) and _is_one_slip(word, candidate):
            return candidate
    return word


def correct_after(before: str, word: str) -> str:
    """The word that was meant after another: "el vienes" is no verb."""
    return AFTER_ARTICLE.get(word, word) if before in _ARTICLES else word


def _sound(word: str) -> str:
    """How a Latin-American ear hears a spelling: s=c=z, b=v, y=ll, k=qu, a silent h."""
    word = _SILENT_H.sub("", word)
    word = word.replace("ll", "y").replace("v", "b").replace("z", "s").replace("x", "s")
    word = _SOFT_C.sub("s", word)
    word = _HARD_C.sub("k", word)
    word = _SOFT_G.sub("j", word)
    return _REPEATED.sub(r"\1", word)


def _with_one_less(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, added, changed or swapped with its neighbour."""
    if typed[0] != meant[0]:
        return False
    shared = 0
    while shared < min(len(typed), len(meant)) and typed[shared] == meant[shared]:
        shared += 1
    rest, goal = typed[shared:], meant[shared:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == goal or rest == goal[1:] or rest[1:] == goal[1:] or swapped == goal


_ARTICLES = frozenset({"el", "este", "del", "al"})
_BASES = frozenset(TYPED) | frozenset(PHONETIC)
_KNOWN = frozenset(TYPED) | frozenset(PHONETIC) | REAL_WORDS | frozenset(CHAT.values())
_BY_SOUND = {_sound(word): word for word in (*PHONETIC, *TYPED)}
_BY_SLIP = {
    shorter: word for word in reversed(TYPED) if len(word) >= 5 for shorter in _with_one_less(word)
}
