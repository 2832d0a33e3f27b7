"""The files themselves: what every rule must name, and the documents beside them."""

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from acuerdo.contact.jurisdictions import COUNTRIES, load
from acuerdo.contact.law.rules import CITATION_LIMIT, Confidence, Event, Profile, Reason, Rule
from acuerdo.values.channels import Channel

DOCS = Path(__file__).parents[4] / "docs" / "contact-rules"
RULES = [rule for country in sorted(COUNTRIES) for rule in load(country).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_names_its_text_and_how_sure_it_is(rule: Rule) -> None:
    assert rule.law
    assert rule.article
    assert rule.source
    assert rule.says
    assert len(rule.citation) <= CITATION_LIMIT
    assert (rule.confidence is Confidence.HOUSE) is (rule.profile is Profile.HOUSE)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_in_the_house_every_stop_event_stops_every_channel(country: str) -> None:
    rules = load(country).bound
    for channel in Channel:
        stopped = {
            rule.event for rule in rules[Profile.HOUSE, channel].absolute if rule.kind == "stop"
        }
        assert stopped == set(Event)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_the_document_of_a_country_tells_every_rule_and_no_other(country: str) -> None:
    told = (DOCS / f"{country.lower()}.md").read_text(encoding="utf-8")
    jurisdiction = load(country)
    ids = {each.id for each in (*jurisdiction.rules, *jurisdiction.duties)}
    assert set(re.findall(rf"`({country.lower()}\.\w+)`", told)) == ids
    for each in (*jurisdiction.rules, *jurisdiction.duties):
        assert each.says in told, f"run the table of {each.id} again"
    for question in jurisdiction.counsel:
        assert question in told


def test_every_event_is_a_reason() -> None:
    assert {event.value for event in Event} <= {reason.value for reason in Reason}


def test_unknown_countries_and_readings_are_refused() -> None:
    with pytest.raises(LookupError):
        load("BR")
    with pytest.raises(LookupError):
        load("CO", frozenset({("co.one_a_day", "whatever")}))
    with pytest.raises(LookupError):
        load("CO", frozenset({("co.nothing", "two_way")}))


def test_a_rule_with_an_unknown_field_or_without_source_is_refused() -> None:
    written = {
        "id": "x.y",
        "kind": "barred",
        "profile": "law",
        "law": "L",
        "article": "a",
        "confidence": "primary",
        "says": "s",
        "channels": ["voice"],
        "source": "s",
    }
    adapter: TypeAdapter[Rule] = TypeAdapter(Rule)
    adapter.validate_python(written)
    with pytest.raises(ValidationError):
        adapter.validate_python({**written, "windws": []})
    del written["source"]
    with pytest.raises(ValidationError):
        adapter.validate_python(written)
