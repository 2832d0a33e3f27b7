"""Which number of ours a person sees when we call. Pure."""

from collections.abc import Mapping
from typing import Final

# Chile: automated and mass calls show a number that begins with 600 (an existing relation, as in
# collection) or 809 (unsolicited). Subtel, Resolución Exenta 286 de 2025.
_PREFIXES: Final = {"CL": ("+56600", "+56809")}


def caller_id(country: str, numbers: Mapping[str, str], default: str) -> str | None:
    """The number to call people of a country from; None where the law allows none that we have."""
    number = numbers.get(country) or default
    prefixes = _PREFIXES.get(country)
    if not number or (prefixes and not number.startswith(prefixes)):
        return None
    return number
