"""The law of each country as data: one file a country, validated when first read. Pure."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml
from pydantic import TypeAdapter

from acuerdo.contact.law.rules import (
    CITATION_LIMIT,
    Confidence,
    Hours,
    Jurisdiction,
    Limit,
    Profile,
    Rule,
)
from acuerdo.values.channels import Channel

_HERE: Final = Path(__file__).parent
COUNTRIES: Final = frozenset({"MX", "CO", "PE", "CL", "EC", "AR", "ES", "US"})
_TELEPHONE: Final = [Channel.VOICE, Channel.VISIT]
_GROUPS: Final[Mapping[str, list[Channel]]] = {
    "all": list(Channel),
    "tel": _TELEPHONE,
    "msg": [channel for channel in Channel if channel not in _TELEPHONE],
}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FILE: Final = TypeAdapter(Jurisdiction)
_RULES: Final = TypeAdapter(tuple[Rule, ...])


class BadJurisdiction(ValueError):
    """A country's file contradicts itself."""


@cache
def load(country: str, readings: frozenset[tuple[str, str]] = frozenset()) -> Jurisdiction:
    """The rules of a country by its ISO code, in their default readings but for `readings`.

    A reading is a rule's id and the name of one of its alternatives. Raises LookupError for a
    country or reading that nobody wrote down, ValueError (pydantic's, too) for a bad file.
    """
    if country not in COUNTRIES:
        raise LookupError(f"no contact rules for country {country!r}")
    text = (_HERE / f"{country.lower()}.yml").read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    rules = [_shaped(rule) for rule in written["rules"]]
    for rule in rules:
        for alternative in rule.get("alternatives", ()):
            # read and validated although nobody chose it: a bad one must not wait to be found
            _RULES.validate_python([rule | alternative["change"]])
    chosen = dict(readings)
    written["rules"] = [_read(rule, chosen.pop(rule["id"], None)) for rule in rules]
    if chosen:
        raise LookupError(f"{country} has no such rules: {sorted(chosen)}")
    found = _FILE.validate_python(written)
    _check(found)
    return found


def _shaped(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule with its channel group and its weekdays spelt out."""
    channels = rule["channels"]
    shaped: dict[str, Any] = rule | {
        "channels": _GROUPS[channels] if isinstance(channels, str) else channels
    }
    if "windows" in rule:
        shaped["windows"] = [rule["windows"].get(day, []) for day in _DAYS]
        if unknown := set(rule["windows"]) - set(_DAYS):
            raise BadJurisdiction(f"{rule['id']}: {unknown} are no weekdays")
    return shaped


def _read(rule: dict[str, Any], reading: str | None) -> dict[str, Any]:
    if reading is None:
        return rule
    for alternative in rule.get("alternatives", ()):
        if alternative["name"] == reading:
            changed: dict[str, Any] = rule | alternative["change"]
            return changed
    raise LookupError(f"{rule['id']} has no reading {reading!r}")


def _check(jurisdiction: Jurisdiction) -> None:
    """What types cannot say; raises BadJurisdiction."""
    ids = [each.id for each in (*jurisdiction.rules, *jurisdiction.duties)]
    if len(ids) != len(set(ids)):
        raise BadJurisdiction(f"{jurisdiction.country}: an id twice")
    for zone in jurisdiction.zones:
        ZoneInfo(zone)
    for each in (*jurisdiction.rules, *jurisdiction.duties):
        if (each.profile is Profile.HOUSE) is not (each.confidence is Confidence.HOUSE):
            raise BadJurisdiction(f"{each.id}: a law has a source, a house rule is ours")
    for rule in jurisdiction.rules:
        _check_rule(rule)


def _check_rule(rule: Rule) -> None:
    if len(rule.citation) > CITATION_LIMIT:
        raise BadJurisdiction(f"{rule.id}: the citation is too long for the ledger")
    if isinstance(rule, Hours):
        windows = [window for day in rule.windows for window in day]
        if not windows or any(opens >= closes for opens, closes in windows):
            raise BadJurisdiction(f"{rule.id}: windows open before they close")
        if any(list(day) != sorted(day) for day in rule.windows):
            raise BadJurisdiction(f"{rule.id}: windows of a day stand in their order")
    if isinstance(rule, Limit) and (
        rule.limit < 1 or not rule.periods or any(period.length < 1 for period in rule.periods)
    ):
        raise BadJurisdiction(f"{rule.id}: a limit is at least one in at least one period")
