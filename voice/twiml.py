"""Prompts as TwiML. Pure.

Source: Twilio, "TwiML for Programmable Voice"; what of it exists is what `twilio` 9 can write, and
the simulator refuses whatever Twilio would refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from twilio.twiml.voice_response import (  # type: ignore[import-untyped]
    Connect,
    Dial,
    Gather,
    Say,
    VoiceResponse,
)

from acuerdo.calls import keypad
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.providers.twilio.voices import Voice, voice_of
from acuerdo.values.countries import Country
from voice.speech import spoken

# Seconds of silence that end what somebody says: shorter cuts people off, longer feels deaf.
_SPEECH_PAUSE_SECONDS: Final = 2
_SILENCE_SECONDS: Final = 5
_BREATH_MS: Final = 300
_RING_SECONDS: Final = 20
# What recognition should expect, by what is asked. Source: Twilio, `hints` of <Gather>.
_HINTS: Final = {
    "amount": "pesos, soles, mil, quinientos, todo, la mitad, el total",
    "date": "hoy, mañana, pasado mañana, el viernes, el lunes, quincena, fin de mes",
    "past_date": "hoy, ayer, anteayer, el viernes, el lunes, la semana pasada",
    "birth_date": "enero, febrero, marzo, abril, mayo, junio, mil novecientos",
    "document_last4": "cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve",
    "document": "cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve",
    "number": "la primera, la segunda, la tercera, uno, dos, tres",
    "": "sí, no, saldo, pagar, cuotas, una persona, repetir, llamar después",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a call speaks and listens: the country's voice, the country's recognition."""

    country: Country
    neural: bool = True

    @property
    def voice(self) -> Voice:
        """The voice that reads out."""
        return voice_of(self.country.code, neural=self.neural)

    def say(self, text: str) -> Say:
        """One sentence or two, read out as people of the country say them."""
        return Say(spoken(text, self.country), voice=self.voice.name, language=self.voice.language)


def render(prompt: Prompt, style: Style, *, next_url: str, transfer_url: str) -> str:
    """A prompt as a document: heard to its end it goes on at one of the URLs, or hangs up."""
    response = VoiceResponse()
    if prompt.then is Then.LISTEN:
        response.append(_gather(prompt, style, next_url))
        return str(response)
    for text in prompt.texts:
        response.append(style.say(text))
    if prompt.then is Then.TRANSFER:
        response.redirect(transfer_url, method="POST")
    else:
        response.hangup()
    return str(response)


def _gather(prompt: Prompt, style: Style, next_url: str) -> Gather:
    gather = Gather(
        input="dtmf speech",
        action=next_url,
        method="POST",
        # silence is reported too: what is said about it is decided in one place
        action_on_empty_result=True,
        language=style.country.locale,
        speech_timeout=str(_SPEECH_PAUSE_SECONDS),
        timeout=_SILENCE_SECONDS,
        # without a speech model no filter but the one of es-ES works
        profanity_filter=False,
        hints=_HINTS[prompt.keys],
        **_ending(prompt),
    )
    for text in prompt.texts:
        gather.append(style.say(text))
    if prompt.help:
        said = style.say("")
        said.break_(strength=None, time=f"{_BREATH_MS}ms")
        said.s(spoken(prompt.help, style.country))
        gather.append(said)
    return gather


def _ending(prompt: Prompt) -> dict[str, str]:
    """How pressed keys end: after one, after as many as the value has, or with "#"."""
    digits = keypad.KINDS[prompt.keys].digits if prompt.keys else 1
    # a choice is one key where the value has several: the pause ends it
    if digits and not (prompt.payloads and digits > 1):
        return {"num_digits": str(digits), "finish_on_key": keypad.ENDS}
    return {"finish_on_key": keypad.ENDS}


def wait(style: Style, text: str, again_url: str) -> str:
    """Something to hear while the answer is being made; it is asked for again at the URL."""
    response = VoiceResponse()
    response.append(style.say(text))
    response.pause(length=1)
    response.redirect(again_url, method="POST")
    return str(response)


def hang_up(style: Style | None = None, text: str = "") -> str:
    """The end of a call, with a last word or without."""
    response = VoiceResponse()
    if style is not None and text:
        response.append(style.say(text))
    response.hangup()
    return str(response)


def first_word(style: Style, next_url: str) -> str:
    """What whoever picks up hears first: nothing but a greeting, while it shows who it is."""
    prompt = Prompt((phrase("greeting"),))
    response = VoiceResponse()
    response.append(_gather(prompt, style, next_url))
    return str(response)


def ring_agents(style: Style, rings: Sequence[tuple[str, str]], *, after_url: str) -> str:
    """Ring softphones at once: each (name, URL of what its agent hears before the caller)."""
    response = VoiceResponse()
    dial = Dial(action=after_url, method="POST", timeout=_RING_SECONDS, answer_on_bridge=True)
    for identity, whisper_url in rings:
        dial.client(identity, url=whisper_url, method="POST")
    response.append(style.say(phrase("transfer")))
    response.append(dial)
    return str(response)


def ask_agent(style: Style, text: str, accept_url: str) -> str:
    """What an agent hears first, and the key that accepts; without one the call is left."""
    response = VoiceResponse()
    gather = Gather(
        input="dtmf",
        action=accept_url,
        method="POST",
        num_digits="1",
        timeout=_SILENCE_SECONDS,
        action_on_empty_result=True,
    )
    gather.append(style.say(text))
    response.append(gather)
    return str(response)


def nothing() -> str:
    """An empty document: go on with what comes after it."""
    return str(VoiceResponse())


def go_on(url: str) -> str:
    """Nothing to hear: the call goes on at the URL."""
    response = VoiceResponse()
    response.redirect(url, method="POST")
    return str(response)


def connect_relay(style: Style, stream_url: str, *, after_url: str) -> str:
    """The call as a stream: the provider reads out and writes down, we see words only."""
    response = VoiceResponse()
    connect = Connect(action=after_url, method="POST")
    voice = style.voice
    connect.conversation_relay(
        url=stream_url,
        tts_provider="Amazon",
        # an empty or unknown voice drops the call; this provider knows it without its prefix
        voice=voice.name.removeprefix("Polly."),
        tts_language=voice.language,
        transcription_language=style.country.locale,
        transcription_provider="Google",
        interruptible="any",
        dtmf_detection=True,
    )
    response.append(connect)
    return str(response)
