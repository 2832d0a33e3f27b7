"""Telephone calls through Twilio: places them, ends them, records them."""

from typing import Any, Final

from twilio.rest import Client  # type: ignore[import-untyped]
from twilio.twiml.voice_response import VoiceResponse  # type: ignore[import-untyped]

from acuerdo.contact.ports import OutboundCall, Voicemail
from acuerdo.platform.settings import TwilioSettings, VoiceSettings
from acuerdo.providers.twilio.client import TwilioHttp
from acuerdo.providers.twilio.voices import voice_of

_EVENTS: Final = ["initiated", "ringing", "answered", "completed"]
# Source: Twilio, "Recordings: update", which knows the one that runs by this name.
_CURRENT: Final = "Twilio.CURRENT"


class TwilioTelephone:
    """The Telephone of one Twilio account."""

    def __init__(self, settings: TwilioSettings, voice: VoiceSettings, public_url: str) -> None:
        self._http = TwilioHttp(settings.base_url, settings.timeout_seconds)
        self._client = Client(
            settings.account_sid, settings.auth_token.get_secret_value(), http_client=self._http
        )
        self._voice = voice
        self.number = settings.voice_from
        self._url = f"{public_url.rstrip('/')}/voice/calls"

    async def place(self, call: OutboundCall) -> str:
        """Dial; the provider's name for the call. Whether a machine answers is told later."""
        here = f"{self._url}/{call.id}"
        placed = await self._client.calls.create_async(
            to=call.address,
            from_=call.shown_number,
            url=f"{here}/answered",
            method="POST",
            status_callback=f"{here}/status",
            status_callback_event=_EVENTS,
            status_callback_method="POST",
            timeout=self._voice.ring_seconds,
            machine_detection="Enable",
            async_amd="true",
            async_amd_status_callback=f"{here}/amd",
            async_amd_status_callback_method="POST",
        )
        return str(placed.sid)

    async def leave_message(self, voicemail: Voicemail) -> None:
        """Let a call go on with last words in the country's voice."""
        voice = voice_of(voicemail.country, neural=self._voice.neural)
        response = VoiceResponse()
        response.say(voicemail.words, voice=voice.name, language=voice.language)
        response.hangup()
        await self._call(voicemail.provider_id).update_async(twiml=str(response))

    async def hang_up(self, provider_id: str) -> None:
        """Let a call go on with nothing but its end."""
        response = VoiceResponse()
        response.hangup()
        await self._call(provider_id).update_async(twiml=str(response))

    async def record(self, provider_id: str) -> None:
        """Begin to record a call."""
        await self._call(provider_id).recordings.create_async()

    async def pause_recording(self, provider_id: str, *, paused: bool) -> None:
        """Leave out of the recording what is said from now on, or take it up again."""
        recording = self._call(provider_id).recordings(_CURRENT)
        if paused:
            await recording.update_async(status="paused", pause_behavior="silence")
        else:
            await recording.update_async(status="in-progress")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    def _call(self, provider_id: str) -> Any:
        return self._client.calls(provider_id)
