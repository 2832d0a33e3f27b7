"""What Twilio says about calls, translated. Pure; unknown fields do not matter.

Source: Twilio, "TwiML for Programmable Voice: Twilio's request to your application", "<Gather>:
action", "Answering machine detection", "Call resource: status callbacks".
"""

from collections.abc import Mapping
from typing import Final

from acuerdo.calls.models import CallResult

_RESULTS: Final = {
    "completed": CallResult.COMPLETED,
    "busy": CallResult.BUSY,
    "no-answer": CallResult.NO_ANSWER,
    "failed": CallResult.FAILED,
    "canceled": CallResult.CANCELED,
}


def call_sid(params: Mapping[str, str]) -> str:
    """Twilio's name for the call; empty where it gives none."""
    return params.get("CallSid", "")


def caller(params: Mapping[str, str]) -> str:
    """Who calls; some requests give it under its older name."""
    return params.get("From") or params.get("Caller", "")


def speech(params: Mapping[str, str]) -> str:
    """What was said: Twilio begins it with a capital and ends it with a point of its own."""
    said = params.get("SpeechResult", "").strip()
    return said.removesuffix(".")


def digits(params: Mapping[str, str]) -> str:
    """The keys that were pressed."""
    return params.get("Digits", "")[:40]


def confidence(params: Mapping[str, str]) -> float | None:
    """How sure the recognition is, 0 to 1; often not told."""
    try:
        return float(params["Confidence"])
    except (KeyError, ValueError):
        return None


def result(params: Mapping[str, str]) -> CallResult | None:
    """How the call ended; None while it goes on."""
    return _RESULTS.get(params.get("CallStatus", ""))


def answered_by(params: Mapping[str, str]) -> str:
    """The word for who picked up: human, machine_start, fax, unknown..."""
    return params.get("AnsweredBy", "unknown")[:32]


def is_machine(word: str) -> bool:
    """Whether that is a machine; who cannot be told from one in time is a person."""
    return word.startswith("machine") or word == "fax"
