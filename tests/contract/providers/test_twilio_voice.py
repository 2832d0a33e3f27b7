"""Calls through Twilio, with the real SDK against a recording stand-in."""

from contextlib import AbstractAsyncContextManager

import pytest

from acuerdo.contact.ports import Telephone, Voicemail
from acuerdo.platform.errors import ProviderMisused
from acuerdo.platform.settings import TwilioSettings, VoiceSettings
from acuerdo.providers.twilio.voice import TwilioTelephone
from tests.contract.providers.provider import Answer, Asked, Provider, running
from tests.contract.providers.telephone_contract import CALL, TelephoneContract

ACCOUNT = "AC" + "1" * 32
SID = "CA" + "c" * 32
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls"
HERE = f"https://acuerdo.example/voice/calls/{CALL.id}"


def as_twilio(asked: Asked) -> Answer:
    """Twilio on a good day."""
    return Answer(status=201, json={"sid": SID, "status": "queued"})


class TestTwilioTelephone(TelephoneContract):
    """One Twilio account."""

    number = "+525500000000"

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        return running(as_twilio)

    def build(self, base_url: str) -> Telephone:
        settings = TwilioSettings(
            account_sid=ACCOUNT,
            auth_token="a-token",
            voice_from=self.number,
            base_url=base_url,
            timeout_seconds=2,
        )
        return TwilioTelephone(settings, VoiceSettings(ring_seconds=20), "https://acuerdo.example/")

    def unreachable(self) -> Answer:
        return Answer(400, json={"code": 21211})

    def misused(self) -> Answer:
        return Answer(400, json={"code": 21212, "message": f"{CALL.address} is wrong"})

    async def test_a_call_carries_its_own_addresses(
        self, telephone: Telephone, provider: Provider
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

    @pytest.mark.parametrize(
        ("country", "voice"),
        [("MX", "Polly.Mia-Neural"), ("ES", "Polly.Lucia-Neural"), ("CO", "Polly.Lupe-Neural")],
    )
    async def test_last_words_are_said_in_the_voice_of_the_country(
        self, telephone: Telephone, provider: Provider, country: str, voice: str
    ) -> None:
        await telephone.leave_message(Voicemail(CALL.id, SID, CALL.address, "Hola", country))
        await telephone.hang_up(SID)
        said, silent = (asked.body["Twiml"] for asked in provider.to(f"{CALLS}/{SID}.json"))
        assert f'voice="{voice}"' in said
        assert "Hola</Say><Hangup />" in said
        assert "<Say" not in silent
        assert "<Hangup />" in silent

    async def test_recordings_begin_pause_and_go_on(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        await telephone.record(SID)
        await telephone.pause_recording(SID, paused=True)
        await telephone.pause_recording(SID, paused=False)
        begun, paused, resumed = provider.to("/Recordings")
        assert begun.path == f"{CALLS}/{SID}/Recordings.json"
        assert paused.path == f"{CALLS}/{SID}/Recordings/Twilio.CURRENT.json"
        assert paused.body == {"Status": "paused", "PauseBehavior": "silence"}
        assert resumed.body == {"Status": "in-progress"}

    async def test_wrong_credentials_are_our_mistake(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        provider.answer_next(Answer(401, json={"code": 20003}))
        with pytest.raises(ProviderMisused):
            await telephone.place(CALL)
