"""ConversationRelay: a scripted peer plays Twilio's side of the stream with the running product."""

import asyncio
import json
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import pytest

from quality.product import Product
from simulator.config import SimulatorConfig
from simulator.telephone.vocabulary import faults, parse
from simulator.twilio_messaging.signature import SIGNATURE, sign
from tests.journeys import people
from tests.journeys.people import Debtor

_TOKEN: Final = SimulatorConfig().twilio_auth_token


class Peer:
    """Twilio's side of one call: its requests and its stream."""

    def __init__(self, product: Product, number: str, http: aiohttp.ClientSession) -> None:
        self.product = product
        self.base = f"http://localhost:{product.port}"
        self.sid = f"CA{uuid4().hex}"
        self.form = {"CallSid": self.sid, "From": number, "CallStatus": "in-progress"}
        self._http = http
        self.socket: Any = None
        self.action = ""
        self.said = ""

    async def asks(self, url: str, **more: str) -> tuple[int, str]:
        """A signed request about the call."""
        form = {**self.form, **more}
        headers = {SIGNATURE: sign(url, list(form.items()), _TOKEN, "HMAC_SHA1")}
        async with self._http.post(url, data=form, headers=headers) as answer:
            return answer.status, await answer.text()

    async def calls(self) -> None:
        """Call the product and open the stream that it wants."""
        _, document = await self.asks(f"{self.base}/voice/inbound")
        await self.opens(document)

    async def waits(self, document: str) -> str:
        """Be redirected, as often as an answer takes, to what is asked in the end."""
        while parse(document).find("Gather") is None:
            redirect = parse(document).find("Redirect")
            assert redirect is not None
            status, document = await self.asks(str(redirect.text))
            assert (status, faults(document)) == (200, [])
        return document

    async def opens(self, document: str) -> None:
        """Open the stream of a document."""
        assert faults(document) == []
        connect = parse(document).find("Connect")
        assert connect is not None
        (relay,) = connect
        self.action = connect.get("action", "")
        url = relay.get("url", "")
        headers = {SIGNATURE: sign(url, [], _TOKEN, "HMAC_SHA1")}
        plain = f"ws://127.0.0.1:{self.product.port}{urlsplit(url).path}"
        self.socket = await self._http.ws_connect(plain, headers=headers)
        await self.tells(type="setup", callSid=self.sid, sessionId="VX1", customParameters={})

    async def tells(self, **message: Any) -> None:
        """Send one message of Twilio's."""
        await self.socket.send_str(json.dumps(message))

    async def hears(self, *pieces: str) -> str:
        """Read until everything was said, or the stream has ended."""
        self.said = ""
        async with asyncio.timeout(20):
            while not all(piece.casefold() in self.said.casefold() for piece in pieces):
                message = await self.socket.receive()
                assert message.type is aiohttp.WSMsgType.TEXT, (message, self.said, pieces)
                told = json.loads(message.data)
                if told["type"] == "text":
                    self.said += f" {told['token']}"
        return self.said

    async def speaks(self, words: str, *hears: str) -> str:
        """Say something and read the answer."""
        await self.tells(type="prompt", voicePrompt=words, lang="es-PE", last=True)
        return await self.hears(*hears)

    async def presses(self, digits: str, *hears: str) -> str:
        """Press keys, one message each."""
        for digit in digits:
            await self.tells(type="dtmf", digit=digit)
        return await self.hears(*hears)

    async def ends(self) -> dict[str, Any]:
        """Read until the product ends the stream; its last message."""
        async with asyncio.timeout(20):
            while True:
                told: dict[str, Any] = json.loads((await self.socket.receive()).data)
                if told["type"] == "end":
                    return told


@pytest.fixture
def ana(waiting: Product) -> Debtor:
    """A debtor of the waiting product."""
    return people.someone(waiting)


async def _proven(peer: Peer, debtor: Debtor) -> None:
    await peer.calls()
    await peer.hears("asistente automático", "documento de identidad", "numeral")
    await peer.presses(f"{debtor.row['document']}#", "fecha de nacimiento")
    await peer.presses("02031990", "quedó confirmado", "marque cinco")


async def test_a_promise_over_a_stream(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        await _proven(peer, ana)
        await peer.speaks("Pago cien soles el viernes.", "¿Lo confirmo?", "marque dos")
        await peer.presses("1", "anoté su compromiso", "cien soles", "marque dos")
        await peer.presses("2", "muy bien")
        assert "handoffData" not in await peer.ends()
        _, document = await peer.asks(peer.action, SessionStatus="ended", SessionDuration="25")
        assert parse(document).find("Hangup") is not None
        await peer.asks(f"{peer.base}/voice/calls/inbound/status", CallStatus="completed")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    assert ana.ledger.outcome() == "promise"


async def test_words_in_pieces_and_an_interruption(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        await _proven(peer, ana)
        await peer.tells(
            type="interrupt", utteranceUntilInterrupt="Gracias", durationUntilInterruptMs="460"
        )
        await peer.tells(type="prompt", voicePrompt="pago cien", lang="es-PE", last=False)
        await peer.speaks("soles el viernes", "cien soles", "¿Lo confirmo?", "marque dos")
        await peer.tells(
            type="interrupt", utteranceUntilInterrupt="Le repito", durationUntilInterruptMs=300
        )
        await peer.speaks("sí", "anoté su compromiso")
        await peer.tells(type="error", description="Invalid message received")
        await peer.tells(type="no-such-thing")
        await peer.socket.send_str("{not json")
        await peer.presses("2", "muy bien")
        await peer.ends()
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


async def test_a_dropped_stream_is_taken_up_again_still_proven(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        await _proven(peer, ana)
        await peer.speaks("pago cien soles el viernes", "¿Lo confirmo?")
        await peer.socket.close()
        failed = {"SessionStatus": "failed", "ErrorCode": "39001"}
        _, document = await peer.asks(peer.action, **failed)
        await peer.opens(document)
        await peer.hears("¿Lo confirmo?", "marque dos")
        await peer.presses("1", "anoté su compromiso")
        await peer.socket.close()
        _, document = await peer.asks(peer.action, **failed)
        await peer.opens(document)
        await peer.socket.close()
        # after some tries the call goes on turn by turn
        _, document = await peer.asks(peer.action, **failed)
        assert faults(document) == []
        assert parse(document).find("Connect") is None
        await peer.waits(document)
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


async def test_a_person_is_asked_for_over_a_stream(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        await _proven(peer, ana)
        await peer.speaks("quiero hablar con una persona", "le comunico")
        end = await peer.ends()
        assert json.loads(end["handoffData"]) == {"reason": "transfer"}
        _, document = await peer.asks(
            peer.action, SessionStatus="ended", HandoffData=end["handoffData"]
        )
        redirect = parse(document).find("Redirect")
        assert redirect is not None
        _, document = await peer.asks(str(redirect.text))
        assert "no hay nadie libre" in document
    ana.ledger.waits_for_a_person("asked_for_person")


async def test_silence_over_a_stream(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        await peer.calls()
        await peer.hears("documento de identidad", "numeral")
        await peer.presses(f"{ana.row['document']}#", "fecha de nacimiento")
        # keys that may go on are an answer after a pause
        await peer.tells(type="dtmf", digit="1")
        await peer.hears("no me sirve", "fecha de nacimiento")


async def test_a_forged_stream_is_refused(ana: Debtor) -> None:
    async with aiohttp.ClientSession() as http:
        peer = Peer(ana.product, ana.number, http)
        _, document = await peer.asks(f"{peer.base}/voice/inbound")
        relay = parse(document).find("Connect/ConversationRelay")
        assert relay is not None
        plain = f"ws://127.0.0.1:{ana.product.port}{urlsplit(relay.get('url', '')).path}"
        for headers in ({}, {SIGNATURE: "bm90IGEgc2lnbmF0dXJl"}):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await http.ws_connect(plain, headers=headers)
            assert refused.value.status == 403
