"""The voices that read out a call, by country. Pure.

Twilio has voices for Mexico, the United States and Spain only; elsewhere the neutral one of the
United States is closest. Source: the voices that npm `twilio` 6 lists for <Say>.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice to read out with, and the language it speaks."""

    name: str
    language: str


_NEURAL: Final = {
    "MX": Voice("Polly.Mia-Neural", "es-MX"),
    "ES": Voice("Polly.Lucia-Neural", "es-ES"),
    "": Voice("Polly.Lupe-Neural", "es-US"),
}
_STANDARD: Final = {
    "MX": Voice("Polly.Mia", "es-MX"),
    "ES": Voice("Polly.Lucia", "es-ES"),
    "": Voice("Polly.Lupe", "es-US"),
}


def voice_of(country: str, *, neural: bool) -> Voice:
    """The voice that people of a country (ISO) hear, of the neural or of the standard ones."""
    voices = _NEURAL if neural else _STANDARD
    return voices.get(country, voices[""])
