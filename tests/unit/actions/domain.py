"""What `domain.yml` says, for the tests that read it."""

from functools import cache
from typing import Any, cast

import yaml

from acuerdo.platform.settings import ROOT

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
    """Read the whole file."""
    return cast("dict[str, Any]", yaml.safe_load((ROOT / "domain.yml").read_text("utf-8")))


def responses() -> dict[str, list[dict[str, Any]]]:
    """Give the wordings of every response."""
    return cast("dict[str, list[dict[str, Any]]]", domain()["responses"])
