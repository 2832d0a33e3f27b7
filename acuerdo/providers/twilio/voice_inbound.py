"""What Twilio says about calls, translated. Pure; unknown fields do not matter.

Source: Twilio, "TwiML for Programmable Voice: Twilio's request to your application", "<Gather>:
action", "Answering machine detection", "Call resource: status callbacks".
"""

import json
from collections.abc import Mapping
from typing import Final

from acuerdo.calls.models import CallResult
from acuerdo.external_events.ports import Webhook

SOURCE: Final = "twilio.voice"
# The numbers given for callers who withhold theirs. Source: Twilio, "Anonymous calls".
_WITHHELD: Final = frozenset(
    {"", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464"}
)

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


def webhook_of(params: Mapping[str, str], kind: str) -> Webhook:
    """News of a call as it is kept: once for each `kind` of it."""
    sid = call_sid(params)
    event_id = f"{sid}:{kind}" if sid else ""
    return Webhook.of(SOURCE, json.dumps(dict(params), ensure_ascii=False), event_id)


def caller(params: Mapping[str, str]) -> str | None:
    """The number of who calls, some requests give it under its older name; None where withheld."""
    number = params.get("From") or params.get("Caller", "")
    return None if number.strip() in _WITHHELD else number


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
