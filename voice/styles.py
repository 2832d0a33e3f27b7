"""What the transports of a call share: how people of a country are spoken to."""

from acuerdo.bootstrap import Acuerdo
from acuerdo.values.countries import COUNTRIES, country
from voice.twiml import Style

_ELSEWHERE = "US"


def style_of(core: Acuerdo, code: str) -> Style:
    """How people of a country are spoken to."""
    home = country(code if code in COUNTRIES else _ELSEWHERE)
    return Style(home, neural=core.settings.voice.neural)
