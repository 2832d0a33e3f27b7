"""The exchange: what it asks, follows and refuses; with the real SDK for its REST API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from simulator import SimulatorConfig, create_simulator
from tests.contract.simulator.served import listening, served, url_of

PERSON = "+51987654321"


class Script:
    """A product that answers each path with a document, and writes down what it was told."""

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}
        self.told: list[tuple[str, dict[str, str], str]] = []

    def on(self, path: str) -> list[dict[str, str]]:
        """What was told at a path, in order."""
        return [form for at, form, _ in self.told if at == path]

    def app(self) -> FastAPI:
        """The product as a web application."""
        app = FastAPI()

        @app.post("/{path:path}")
        async def answer(request: Request, path: str) -> Response:
            form = {name: str(value) for name, value in (await request.form()).items()}
            self.told.append((f"/{path}", form, request.headers["x-twilio-signature"]))
            document = self.documents.get(f"/{path}", "")
            status = 200 if document else 204
            if document == "500":
                return Response(status_code=500)
            return Response(document, status_code=status, media_type="text/xml")

        return app


class Exchange:
    """The control API and the REST API of a served simulator."""

    def __init__(self, config: SimulatorConfig, script: Script) -> None:
        self.config, self.script = config, script
        self._http = httpx.Client(base_url=f"{config.own_url}/control", timeout=20)
        self.sid = ""
        self._sdk = Client(config.twilio_account_sid, config.twilio_auth_token)
        self._sdk.api.base_url = f"{config.own_url}/twilio"

    def closes(self) -> None:
        """Give back the connections."""
        self._http.close()
        self._sdk.http_client.session.close()

    def dials(self) -> dict[str, Any]:
        """A person calls the product."""
        call: dict[str, Any] = self._http.post("/calls", json={"address": PERSON}).json()
        self.sid = call["sid"]
        return call

    def does(self, kind: str, **more: Any) -> dict[str, Any]:
        """The person does something."""
        answer = self._http.post(f"/calls/{self.sid}/acts", json={"kind": kind, **more})
        call: dict[str, Any] = answer.raise_for_status().json()
        return call

    def calls(self) -> list[dict[str, Any]]:
        """Every call."""
        found: list[dict[str, Any]] = self._http.get("/calls").json()
        return found

    def client(self) -> Client:
        """The real SDK, pointed here."""
        return self._sdk


@pytest.fixture
async def exchange() -> AsyncIterator[Exchange]:
    """A served simulator and a scripted product."""
    script = Script()
    with listening() as product, listening() as own:
        config = SimulatorConfig(public_url=url_of(product), own_url=url_of(own))
        with served(script.app(), product), served(create_simulator(config), own):
            made = Exchange(config, script)
            yield made
            made.closes()


def heard(call: dict[str, Any]) -> list[str]:
    return [each["text"] for each in call["heard"] if each["kind"] in ("say", "error")]


GATHER = (
    '<Response><Gather input="dtmf speech" numDigits="2" action="/next"><Say>¿Cuántos?</Say>'
    "</Gather><Say>Nada.</Say></Response>"
)


def test_it_asks_signed_and_follows_keys(exchange: Exchange) -> None:
    exchange.script.documents = {
        "/voice/inbound": GATHER,
        "/next": "<Response><Say>Bien.</Say><Redirect>/again</Redirect></Response>",
        "/again": "<Response><Say>Adiós.</Say><Hangup/><Say>nunca</Say></Response>",
    }
    call = exchange.dials()
    assert heard(call) == ["¿Cuántos?"]
    assert call["question"]["num_digits"] == 2
    after = exchange.does("press", digits="123#")
    assert heard(after) == ["Bien.", "Adiós."]
    assert after["status"] == "completed"
    (told,) = exchange.script.on("/next")
    assert told["Digits"] == "12"
    assert {"CallSid", "AccountSid", "From", "To", "CallStatus", "Direction"} <= told.keys()
    validator = RequestValidator(exchange.config.twilio_auth_token)
    for path, form, signature in exchange.script.told:
        assert validator.validate(f"{exchange.config.public_url}{path}", form, signature)


def test_speech_is_told_as_twilio_tells_it(exchange: Exchange) -> None:
    exchange.script.documents = {
        "/voice/inbound": GATHER,
        "/next": "<Response><Hangup/></Response>",
    }
    exchange.dials()
    exchange.does("say", text="cien soles", confidence=0.4)
    (told,) = exchange.script.on("/next")
    assert (told["SpeechResult"], told["Confidence"]) == ("Cien soles.", "0.4000")


def test_silence_falls_through_to_the_next_verb(exchange: Exchange) -> None:
    exchange.script.documents = {"/voice/inbound": GATHER}
    exchange.dials()
    assert heard(exchange.does("say", text="")) == ["Nada."]
    assert exchange.script.on("/next") == []


@pytest.mark.parametrize(
    "document",
    [
        "500",
        "hola",
        "<Response><Say voice='Polly.Nadie'>hola</Say></Response>",
        "<Response><Gather><Hangup/></Gather></Response>",
    ],
)
def test_what_twilio_cannot_use_ends_in_its_error_voice(exchange: Exchange, document: str) -> None:
    exchange.script.documents = {"/voice/inbound": document}
    call = exchange.dials()
    assert "application error" in heard(call)[0]
    assert call["status"] == "completed"


def test_a_hang_up_is_reported_once(exchange: Exchange) -> None:
    exchange.script.documents = {"/voice/inbound": GATHER}
    exchange.dials()
    exchange.does("hang_up")
    while not exchange.script.on("/voice/calls/inbound/status"):
        pass
    (told,) = exchange.script.on("/voice/calls/inbound/status")
    assert told["CallStatus"] == "completed"


def test_the_sdk_places_changes_and_is_refused(exchange: Exchange) -> None:
    exchange.script.documents = {"/answered": GATHER}
    client = exchange.client()
    placed = client.calls.create(
        to=PERSON,
        from_=exchange.config.twilio_voice_from,
        url=f"{exchange.config.public_url}/answered",
    )
    exchange.sid = str(placed.sid)
    assert heard(exchange.does("answer")) == ["¿Cuántos?"]
    client.calls(exchange.sid).update(twiml="<Response><Say>Fin.</Say></Response>")
    (call,) = exchange.calls()
    assert call["sid"] == exchange.sid
    for wrong in (
        {"to": "12345", "from_": "+1", "url": "http://x"},
        {"to": PERSON, "from_": "+1", "twiml": "<Response><Shout/></Response>"},
    ):
        with pytest.raises(TwilioRestException) as refused:
            client.calls.create(**wrong)
        assert refused.value.status == 400
