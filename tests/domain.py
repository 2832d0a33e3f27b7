"""What Rasa is trained on, as `make train` puts it together: domain, rules and responses."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from acuerdo.platform.settings import ROOT

TOPICS = sorted(path.stem for path in (ROOT / "data" / "nlu").glob("*.yml"))

# Said to whoever holds the phone. A new response of this kind must be added here by hand: it is
# read by a person first.
NEUTRAL = [
    "utter_greet",
    "utter_greet_plain",
    "utter_hello",
    "utter_greet_again",
    "utter_help_neutral",
    "utter_ask_verification_form_identity_confirmed",
    "utter_ask_verification_form_identity_proof",
    "utter_proof_failed",
    "utter_last_try",
    "utter_verified",
    "utter_locked",
    "utter_unprovable",
    "utter_refused_proof",
    "utter_refused_proof_twice",
    "utter_not_the_person",
    "utter_wrong_person",
    "utter_third_party",
    "utter_deceased",
    "utter_who_agency",
    "utter_who_plain",
    "utter_is_bot",
    "utter_is_scam",
    "utter_is_scam_plain",
    "utter_recording",
    "utter_data_rights",
    "utter_media_received",
    "utter_opted_out",
    "utter_ask_callback_form_callback_at",
    "utter_callback_recorded",
    "utter_callback_moved",
    "utter_no_callback",
    "utter_handed_over",
    "utter_complaint",
    "utter_legal",
    "utter_prior_agreement",
    "utter_harm",
    "utter_update_contact_data",
    "utter_prefer_channel",
    "utter_not_quite",
    "utter_not_understood",
    "utter_not_understood_twice",
    "utter_of_course",
    "utter_you_are_welcome",
    "utter_goodbye",
    "utter_hold_on",
    "utter_cancelled",
    "utter_no_problem",
    "utter_calm",
    "utter_calm_end",
    "utter_resume",
    "utter_nothing_to_choose",
    "utter_did_you_mean",
    "utter_left",
    "utter_offer_person",
]


@cache
def domain() -> dict[str, Any]:
    """The domain without its responses."""
    return _read(ROOT / "domain.yml")


def intents() -> list[str]:
    """The names of all intents, in the order in which they are answered."""
    return [each if isinstance(each, str) else next(iter(each)) for each in domain()["intents"]]


def rules(topic: str | None = None) -> list[dict[str, Any]]:
    """The rules of one topic, or all of them."""
    return [rule for each in _of("rules", topic) for rule in each["rules"]]


def responses(topic: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """The responses of one topic, or all of them."""
    return {
        name: said for each in _of("responses", topic) for name, said in each["responses"].items()
    }


def utterances(topic: str) -> dict[str, list[str]]:
    """What the intents of a topic are trained on."""
    return {
        each["intent"]: each["examples"].splitlines()
        for content in _of("nlu", topic)
        for each in content["nlu"]
    }


def _of(folder: str, topic: str | None) -> list[dict[str, Any]]:
    return [
        _read(ROOT / "data" / folder / f"{each}.yml") for each in ([topic] if topic else TOPICS)
    ]


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
