"""How and when a person wants to be contacted, in their words.

An hour that may be morning or night is not guessed: then nothing is read, and a person asks.
"""

import re
from datetime import time
from typing import Final

from acuerdo.language.folding import words_in
from acuerdo.values.channels import Channel
from acuerdo.values.requests import Wish

_CHANNELS: Final = {
    Channel.WHATSAPP: r"whats\w*|wh?ats?ap\w*|wasap\w*|guasap\w*|guats\w*|wsp|wpp|wapp?|wa",
    Channel.TELEGRAM: r"telegram\w*|tele ?gram",
    Channel.EMAIL: r"correos?|e ?mails?|mails?|por escrito al correo",
    Channel.SMS: r"sms|mensajes? de texto|textos?",
    Channel.VOICE: (
        r"llam\w*|telefono|telefonicamente|marque\w*|marca\w*me|fono|por voz"
        r"|hable\w*me|hablar por telefono"
    ),
}
_NAMED: Final = {channel: re.compile(rf"\b(?:{words})\b") for channel, words in _CHANNELS.items()}
_NOT_BY: Final = re.compile(
    r"\b(?:no|nada de|ni|sin|nunca|en vez de|en lugar de|mas que)"
    r" (?:(?:me|uso|usar|tengo|quiero|que|una|por|el|las?|gusta\w*|contesto|atiendo|mas|bien|se) )"
    r"{{0,8}}"
    r"(?:{})".format("|".join(_CHANNELS.values()))
)
_SPOKEN: Final = "una dos tres cuatro cinco seis siete ocho nueve diez once doce"
_NUMBERS: Final = {word: str(number) for number, word in enumerate(_SPOKEN.split(" "), 1)}
_HALF: Final = r"(?: ?(am|pm|a m|p m|de la manana|de la tarde|de la noche|del dia))?"
_HOUR: Final = rf"(?:las? )?(\d{{1,2}})(?: (\d\d)| y media)?(?: ?(?:horas|hrs?|h)\b)?{_HALF}"
_BETWEEN: Final = re.compile(rf"\b(?:entre|de|desde) {_HOUR} (?:y|a|hasta) {_HOUR}\b")
_NOT_BEFORE: Final = re.compile(
    rf"\b(?:despues de|a partir de|desde|luego de|pasadas?|no antes de|nunca antes de) {_HOUR}\b"
)
_NOT_AFTER: Final = re.compile(
    rf"\b(?:(?<!no )(?<!nunca )antes de|hasta|no despues de|no mas tarde de) {_HOUR}\b"
)
_PARTS: Final = {
    "manana": (time(8), time(12)),
    "mediodia": (time(12), time(14)),
    "tarde": (time(12), time(19)),
    "noche": (time(19), time.max),
}
_PART: Final = re.compile(
    r"\b(?:en|por|de|a) (?:las? |el )?(mananas?|mediodia|tardes?|noches?)\b|\b(?:al) (mediodia)\b"
)
_FROM_THEN_ON: Final = re.compile(r"no antes|nunca antes|desde")
_OTHER_THAN: Final = re.compile(r"\b(?:no|nunca|ni|menos)(?: \w+){0,3} $")
_WRITTEN: Final = re.compile(
    r"(?<!no )(?<!no me )\b(mensaj\w*|escri\w+|chat|por aqui|por este medio|por aca)\b"
)


def contact_preference(text: str, current: Channel) -> Wish:
    """Read the wish in a person's words; an empty one where they name no channel and no hours.

    Who asks for messages, or to be written to, means the channel on which they write: `current`.
    """
    said = _plain(text)
    channel = _channel(said)
    if channel is None and _WRITTEN.search(_NOT_BY.sub(" ", said)):
        channel = current
    begins, ends = _hours(said)
    return Wish(channel, begins, ends)


def _plain(text: str) -> str:
    return " ".join(_NUMBERS.get(word, word) if word != "una" else word for word in words_in(text))


def _channel(said: str) -> Channel | None:
    """Give the one channel that is wanted; those that are refused in passing are left out."""
    wanted = _NOT_BY.sub(" ", said)
    named = [channel for channel, named in _NAMED.items() if named.search(wanted)]
    if Channel.SMS in named and len(named) > 1:
        named.remove(Channel.SMS)
    return named[0] if len(named) == 1 else None


def _hours(said: str) -> tuple[time | None, time | None]:
    between = _BETWEEN.search(said)
    if between:
        return _range(between)
    begins = _one(_NOT_BEFORE.search(said), late=True)
    ends = _one(_NOT_AFTER.search(_NOT_BEFORE.sub(" ", said)), late=False)
    if begins or ends:
        return (begins, ends) if begins is None or ends is None or begins < ends else (None, None)
    wanted = [
        (part[1] or part[2]).rstrip("s")
        for part in _PART.finditer(said)
        if not _OTHER_THAN.search(said[: part.start()])
    ]
    return _PARTS[wanted[0]] if len(set(wanted)) == 1 else (None, None)


def _range(match: re.Match[str]) -> tuple[time | None, time | None]:
    """Both ends; "de 9 a 6" is a day of work, "de 2 a 5" an afternoon."""
    first, second = int(match[1]), int(match[4])
    half = _is_late(match[6])
    last = _hour(
        second, half if half is not None else second <= first or second < 8 or second == 12
    )
    own = _is_late(match[3])
    begin = _hour(first, own if own is not None else first < 7 or (half is True and first < second))
    if last is None or begin is None or begin >= last:
        return None, None
    return time(begin, _minute(match[0], match[2])), time(last, _minute("", match[5]))


def _one(match: re.Match[str] | None, *, late: bool) -> time | None:
    """Give one hour; from eight to eleven it must say which half of the day where that matters."""
    if match is None:
        return None
    number, half = int(match[1]), _is_late(match[3])
    if half is None and number <= 12:
        if 8 <= number <= 11 and late and not _FROM_THEN_ON.search(match[0]):
            return None
        half = number < 8 or number == 12
    hour = _hour(number, half is True)
    return None if hour is None else time(hour, _minute(match[0], match[2]))


def _is_late(half: str | None) -> bool | None:
    if half is None:
        return None
    return half in ("pm", "p m", "de la tarde", "de la noche", "del dia")


def _hour(number: int, late: bool) -> int | None:
    if number > 23:
        return None
    if late and number < 12:
        return number + 12
    return 0 if number == 12 and not late else number


def _minute(words: str, digits: str | None) -> int:
    if digits is not None and int(digits) < 60:
        return int(digits)
    return 30 if "y media" in words else 0
