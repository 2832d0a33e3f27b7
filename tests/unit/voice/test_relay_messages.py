"""The messages of a stream, in the shapes that Twilio documents."""

import json

import pytest

from acuerdo.calls.prompts import Prompt
from voice import relay_messages as messages
from voice.relay_messages import Interrupted, Key, News, Setup, Trouble, Words


@pytest.mark.parametrize(
    ("message", "news"),
    [
        ({"type": "setup", "callSid": "CA1", "customParameters": {}}, Setup("CA1")),
        (
            {"type": "prompt", "voicePrompt": "hola", "lang": "es-MX", "last": True},
            Words("hola", True),
        ),
        ({"type": "prompt", "voicePrompt": "ho", "last": False}, Words("ho", False)),
        ({"type": "dtmf", "digit": "1"}, Key("1")),
        (
            {"type": "interrupt", "utteranceUntilInterrupt": "ho", "durationUntilInterruptMs": 4},
            Interrupted("ho"),
        ),
        (
            {
                "type": "interrupt",
                "utteranceUntilInterrupt": "ho",
                "durationUntilInterruptMs": "46",
            },
            Interrupted("ho"),
        ),
        ({"type": "error", "description": "no"}, Trouble()),
        ({"type": "something"}, None),
        ([], None),
    ],
)
def test_what_comes_in(message: object, news: News) -> None:
    assert messages.parse(json.dumps(message)) == news
    assert messages.parse("{broken") is None


def test_what_goes_out() -> None:
    assert json.loads(messages.text("¿Sí?")) == {"type": "text", "token": "¿Sí?", "last": True}
    assert json.loads(messages.end()) == {"type": "end"}
    end = json.loads(messages.end(messages.TRANSFER))
    # a string, as Twilio wants it, and as it comes back
    assert messages.handed_off({"HandoffData": end["handoffData"]})
    for other in (
        {},
        {"HandoffData": "no json"},
        {"HandoffData": "[]"},
        {"HandoffData": '{"a":1}'},
    ):
        assert not messages.handed_off(other)


@pytest.mark.parametrize(
    ("pressed", "keys", "complete"),
    [
        ("1", "", True),
        ("1", "document_last4", False),
        ("4071", "document_last4", True),
        ("120", "amount", False),
        ("120#", "amount", True),
        ("2", "number", True),
    ],
)
def test_when_keys_are_an_answer(pressed: str, keys: str, complete: bool) -> None:
    assert messages.is_complete(pressed, Prompt(("¿?",), keys=keys)) is complete
