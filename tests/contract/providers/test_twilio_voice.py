"""Calls through Twilio, with the real SDK against a recording stand-in."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from acuerdo.contact.ports import OutboundCall, Voicemail
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.platform.settings import TwilioSettings, VoiceSettings
from acuerdo.providers.twilio.voice import TwilioTelephone
from tests.contract.providers.provider import Answer, Asked, Provider, running

ACCOUNT = "AC" + "1" * 32
SID = "CA" + "c" * 32
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls"
CALL = OutboundCall(UUID("11111111-2222-4333-8444-555555555555"), "+56987654321", "+56600500010")
HERE = f"https://acuerdo.example/voice/calls/{CALL.id}"


def as_twilio(asked: Asked) -> Answer:
    """Twilio on a good day."""
    return Answer(status=201, json={"sid": SID, "status": "queued"})


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """The stand-in."""
    async with running(as_twilio) as found:
        yield found


@pytest.fixture
async def telephone(provider: Provider) -> AsyncIterator[TwilioTelephone]:
    """The adapter, speaking to the stand-in."""
    settings = TwilioSettings(
        account_sid=ACCOUNT, auth_token="a-token", base_url=provider.url, timeout_seconds=2
    )
    made = TwilioTelephone(settings, VoiceSettings(ring_seconds=20), "https://acuerdo.example/")
    yield made
    await made.close()


async def test_a_call_carries_its_own_addresses(
    telephone: TwilioTelephone, provider: Provider
) -> None:
    assert await telephone.place(CALL) == SID
    (asked,) = provider.asked
    assert asked.path == f"{CALLS}.json"
    assert asked.body == {
        "To": "+56987654321",
        "From": "+56600500010",
        "Url": f"{HERE}/answered",
        "Method": "POST",
        "StatusCallback": f"{HERE}/status",
        "StatusCallbackMethod": "POST",
        "StatusCallbackEvent": asked.body["StatusCallbackEvent"],
        "Timeout": "20",
        "MachineDetection": "Enable",
        "AsyncAmd": "true",
        "AsyncAmdStatusCallback": f"{HERE}/amd",
        "AsyncAmdStatusCallbackMethod": "POST",
    }


async def test_a_call_is_ended_with_a_last_word_or_none(
    telephone: TwilioTelephone, provider: Provider
) -> None:
    await telephone.leave_message(Voicemail(CALL.id, SID, CALL.address, "Hola & adiós", "MX"))
    await telephone.hang_up(SID)
    spoken, silent = (asked.body["Twiml"] for asked in provider.to(f"{CALLS}/{SID}.json"))
    assert (
        '<Say language="es-MX" voice="Polly.Mia-Neural">Hola &amp; adiós</Say><Hangup />' in spoken
    )
    assert silent.endswith("<Response><Hangup /></Response>")


async def test_recordings_begin_pause_and_go_on(
    telephone: TwilioTelephone, provider: Provider
) -> None:
    await telephone.record(SID)
    await telephone.pause_recording(SID, paused=True)
    await telephone.pause_recording(SID, paused=False)
    begun, paused, resumed = provider.to("/Recordings")
    assert begun.path == f"{CALLS}/{SID}/Recordings.json"
    assert paused.path == f"{CALLS}/{SID}/Recordings/Twilio.CURRENT.json"
    assert paused.body == {"Status": "paused", "PauseBehavior": "silence"}
    assert resumed.body == {"Status": "in-progress"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(400, json={"code": 21211}), ProviderRefused),
        (Answer(400, json={"code": 21212}), ProviderMisused),
        (Answer(401, json={"code": 20003}), ProviderMisused),
        (Answer(429, json={"code": 20429}), ProviderUnavailable),
        (Answer(503, json={}), ProviderUnavailable),
        (Answer(500, json={}), OutcomeUnknown),
        (Answer(hangs_up=True), OutcomeUnknown),
    ],
)
async def test_refusals_are_one_of_our_errors(
    telephone: TwilioTelephone, provider: Provider, answer: Answer, error: type[Exception]
) -> None:
    provider.answer_next(answer)
    with pytest.raises(error):
        await telephone.place(CALL)
