"""By when a case is answered: the country's law, or the house where none says. Pure."""

from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import TypeAdapter

from acuerdo.cases.kinds import CaseKind
from acuerdo.contact.law.deadline import Deadline

_HOUSE: Final = "house"


_FILE: Final = TypeAdapter(dict[str, dict[CaseKind, Deadline]])


def deadline(country: str, kind: CaseKind) -> Deadline:
    """The deadline of a kind in a country, by its ISO code; the house's where no law is known.

    Requests about data have theirs in `contact/data_rights.yml`: LookupError.
    """
    return _all().get(country, {}).get(kind) or _all()[_HOUSE][kind]


@cache
def _all() -> dict[str, dict[CaseKind, Deadline]]:
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    return _FILE.validate_python(yaml.safe_load(text))
