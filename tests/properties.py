"""How properties are tried: with the same values on any day, in whatever time a machine needs."""

import os
from typing import Final

from hypothesis import settings

_SAME: Final = "same on any day"
_OTHERS: Final = "others in every campaign"

settings.register_profile(_SAME, derandomize=True, database=None, deadline=None)
settings.register_profile(_OTHERS, deadline=None)


def choose_values() -> None:
    """Try the same values as on any day; in `make soak` others."""
    settings.load_profile(_OTHERS if "ACUERDO_SOAK_SEED" in os.environ else _SAME)
