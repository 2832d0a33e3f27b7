"""Which number is shown, when a call is repeated, what Twilio's words about calls mean."""

from datetime import timedelta

import pytest

from acuerdo.calls.models import CallResult
from acuerdo.calls.retry_policy import again_in
from acuerdo.contact.caller_id import caller_id
from acuerdo.providers.twilio import voice_inbound as twilio
from acuerdo.values.phone import country_of

NUMBERS = {"CL": "+56600500010", "MX": "+525512345678"}


@pytest.mark.parametrize(
    ("country", "numbers", "default", "shown"),
    [
        ("MX", NUMBERS, "+15005550010", "+525512345678"),
        ("PE", NUMBERS, "+15005550010", "+15005550010"),
        ("CL", NUMBERS, "+15005550010", "+56600500010"),
        ("CL", {"CL": "+56809500010"}, "", "+56809500010"),
        ("CL", {"CL": "+56221234567"}, "+15005550010", None),
        ("CL", {}, "+15005550010", None),
        ("PE", {}, "", None),
    ],
)
def test_caller_ids(country: str, numbers: dict[str, str], default: str, shown: str | None) -> None:
    assert caller_id(country, numbers, default) == shown


@pytest.mark.parametrize(
    ("result", "made", "wait"),
    [
        (CallResult.BUSY, 1, timedelta(minutes=20)),
        (CallResult.NO_ANSWER, 2, timedelta(hours=3)),
        (CallResult.NO_ANSWER, 3, None),
        (CallResult.VOICEMAIL, 1, timedelta(hours=4)),
        (CallResult.COMPLETED, 1, None),
        (CallResult.CANCELED, 1, None),
    ],
)
def test_repetitions(result: CallResult, made: int, wait: timedelta | None) -> None:
    assert again_in(result, made) == wait


def test_words_of_twilio() -> None:
    told = {"SpeechResult": "Hola, sí.", "Confidence": "0.9", "Caller": "+1", "CallSid": "CA1"}
    assert twilio.speech(told) == "Hola, sí"
    assert twilio.confidence(told) == 0.9
    assert twilio.caller(told) == "+1"
    assert twilio.call_sid(told) == "CA1"
    assert twilio.confidence({}) is None
    assert twilio.confidence({"Confidence": "?"}) is None
    assert twilio.speech({}) == twilio.digits({}) == ""
    assert twilio.result({"CallStatus": "no-answer"}) is CallResult.NO_ANSWER
    assert twilio.result({"CallStatus": "in-progress"}) is None
    assert len(twilio.digits({"Digits": "1" * 500})) == 40


@pytest.mark.parametrize(
    ("word", "machine"),
    [
        ("machine_start", True),
        ("machine_end_beep", True),
        ("fax", True),
        ("human", False),
        ("unknown", False),
    ],
)
def test_machines(word: str, machine: bool) -> None:
    assert twilio.is_machine(word) is machine


def test_countries_of_numbers() -> None:
    assert country_of("+51987654321") == "PE"
    assert country_of("anonymous-CA1") is None
