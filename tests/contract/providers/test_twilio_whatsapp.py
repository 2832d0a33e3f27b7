"""WhatsApp through Twilio, with the real SDK against a recording stand-in."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import encode_basic_auth

from acuerdo.contact.ports import Acknowledges, Lookup, OutboundMessage, Sender, Sent
from acuerdo.platform.errors import ProviderMisused, ProviderRefused, ProviderUnavailable
from acuerdo.platform.settings import TwilioSettings
from acuerdo.providers.twilio.whatsapp import TwilioWhatsApp
from acuerdo.values.channels import Channel
from tests.contract.providers.contract import (
    MESSAGE_ID,
    NOW,
    FetchesMediaContract,
    SenderContract,
    buttons,
)
from tests.contract.providers.provider import Answer, Asked, Provider, running

ACCOUNT = "AC" + "1" * 32
TOKEN = "an-auth-token"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
SID = "SM" + "c" * 32
TEMPLATE = "HX" + "d" * 32
MEDIA = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"


def a_listed(sid: str, body: str, created_at: datetime | None = NOW) -> dict[str, Any]:
    """A message as Twilio lists it."""
    return {
        "sid": sid,
        "body": body,
        "status": "sent",
        "direction": "outbound-api",
        "date_created": format_datetime(created_at) if created_at else None,
    }


def a_page(*listed: dict[str, Any]) -> Answer:
    """The one page of a list of messages."""
    return Answer(json={"messages": list(listed), "page": 0, "next_page_uri": None})


def contents(*templates: dict[str, str]) -> Answer:
    """The one page of the list of templates."""
    return Answer(json={"contents": list(templates), "meta": {"key": "contents"}})


def as_twilio(asked: Asked) -> Answer:
    """Twilio on a good day."""
    if asked.path.startswith("/v1/Content"):
        template = {"sid": TEMPLATE, "friendly_name": "one"}
        return contents() if asked.method == "GET" else Answer(status=201, json=template)
    if asked.method == "GET":
        return a_page()
    return Answer(status=201, json={"sid": SID, "status": "queued"})


class TestTwilioWhatsApp(SenderContract, FetchesMediaContract):
    kind = Channel.WHATSAPP
    address = "+5215550001111"
    send_path = MESSAGES

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        return running(as_twilio)

    def build(self, base_url: str, timeout_seconds: float = 5, **more: Any) -> Sender:
        settings = TwilioSettings.model_validate(
            {
                "account_sid": ACCOUNT,
                "auth_token": TOKEN,
                "whatsapp_from": "+15005550006",
                "base_url": base_url,
                "timeout_seconds": timeout_seconds,
                **more,
            }
        )
        return TwilioWhatsApp(settings, "https://cobros.example/")

    def refusal(
        self, status: int, *, retry_after: str = "", words: str = "no", code: int = 20001
    ) -> Answer:
        headers = {"Retry-After": retry_after} if retry_after else {}
        json_body = {"code": code, "message": words, "status": status}
        return Answer(status=status, json=json_body, headers=headers)

    async def test_what_twilio_is_asked(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        assert await channel.send(message) == Sent(SID)

        (asked,) = provider.asked
        assert asked.authorization == encode_basic_auth(ACCOUNT, TOKEN)
        assert asked.body == {
            "To": "whatsapp:+5215550001111",
            "From": "whatsapp:+15005550006",
            "Body": "Buenas tardes. 🙂",
            "StatusCallback": (
                f"https://cobros.example/webhooks/twilio/whatsapp/status?message={MESSAGE_ID}"
            ),
            "ValidityPeriod": "600",
        }

    async def test_a_person_without_a_number_is_written_to_by_the_user_id(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, address="IN.2081978709340000"))

        assert provider.asked[0].body["To"] == "whatsapp:IN.2081978709340000"

    async def test_buttons_are_a_template_made_once(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        asking = replace(message, text="Uno.\n\n¿Dos?", buttons=buttons("Sí", "No"))
        await channel.send(asking)
        await channel.send(replace(asking, text="Otro.\n\n¿Más?"))

        (made,) = provider.to("/v1/Content", "POST")
        assert made.body["language"] == "es"
        assert made.body["types"] == {
            "twilio/quick-reply": {
                "body": "{{1}}\n\n{{2}}",
                "actions": [
                    {"type": "QUICK_REPLY", "title": "Sí", "id": "{{message}}.b0"},
                    {"type": "QUICK_REPLY", "title": "No", "id": "{{message}}.b1"},
                ],
            }
        }
        first, second = (asked.body for asked in provider.to(MESSAGES))
        assert first["ContentSid"] == second["ContentSid"] == TEMPLATE
        assert json.loads(first["ContentVariables"]) == {
            "1": "Uno.",
            "2": "¿Dos?",
            "message": message.id.hex,
        }
        assert "Body" not in first

    async def test_many_choices_are_a_list(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, buttons=buttons("Una", "Dos", "Tres", "Cuatro")))

        (made,) = provider.to("/v1/Content", "POST")
        picker = made.body["types"]["twilio/list-picker"]
        assert [item["id"] for item in picker["items"]] == [
            "{{message}}.b0", "{{message}}.b1", "{{message}}.b2", "{{message}}.b3",
        ]  # fmt: skip
        values = json.loads(provider.to(MESSAGES)[0].body["ContentVariables"])
        assert values == {"1": "Buenas tardes. 🙂", "b0": "Una", "b1": "Dos", "b2": "Tres",
                          "b3": "Cuatro", "message": message.id.hex}  # fmt: skip

    async def test_a_template_of_an_earlier_process_is_found_again(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        asking = replace(message, buttons=buttons("Sí", "No"))
        await channel.send(asking)
        name = provider.to("/v1/Content", "POST")[0].body["friendly_name"]

        later = self.build(provider.url)
        provider.answer_next(
            contents(
                {"sid": "HX" + "0" * 32, "friendly_name": "somebody else's"},
                {"sid": "HX" + "9" * 32, "friendly_name": name},
            ),
            path="/v1/Content",
        )
        await later.send(asking)
        await later.close()

        assert len(provider.to("/v1/Content", "POST")) == 1
        assert provider.to(MESSAGES)[-1].body["ContentSid"] == "HX" + "9" * 32

    @pytest.mark.parametrize("status", [400, 401, 500, 503])
    async def test_without_a_template_choices_are_numbered(
        self, channel: Sender, provider: Provider, message: OutboundMessage, status: int
    ) -> None:
        provider.answer_next(self.refusal(status), path="/v1/Content")
        provider.answer_next(self.refusal(status), path="/v1/Content")

        await channel.send(replace(message, buttons=buttons("Sí", "No")))

        assert provider.to(MESSAGES)[0].body["Body"] == "Buenas tardes. 🙂\n\n1. Sí\n2. No"

    @pytest.mark.parametrize("code", [21655, 21656])
    async def test_a_template_that_is_gone_is_forgotten(
        self, channel: Sender, provider: Provider, message: OutboundMessage, code: int
    ) -> None:
        asking = replace(message, buttons=buttons("Sí", "No"))
        provider.answer_next(self.refusal(400, code=code), path="Messages.json")

        await channel.send(asking)
        await channel.send(asking)

        numbered, again = provider.to(MESSAGES)[1:]
        assert numbered.body["Body"].endswith("1. Sí\n2. No")
        assert "ContentSid" in again.body
        assert len(provider.to("/v1/Content", "POST")) == 2

    async def test_the_settings_can_turn_buttons_off(
        self, provider: Provider, message: OutboundMessage
    ) -> None:
        channel = self.build(provider.url, interactive=False)

        await channel.send(replace(message, buttons=buttons("Sí", "No")))
        await channel.close()

        assert [asked.path for asked in provider.asked] == [MESSAGES]
        assert provider.asked[0].body["Body"].endswith("1. Sí\n2. No")

    async def test_numbered_choices_count_for_the_length(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        with pytest.raises(ProviderMisused):
            await channel.send(replace(message, text="x" * 1595, buttons=buttons("Sí", "No")))
        assert provider.asked == []

    @pytest.mark.parametrize(
        ("code", "unreachable"),
        [(63024, True), (63003, True), (21610, True), (21211, True), (63016, False)],
    )
    async def test_some_refusals_are_final(
        self,
        channel: Sender,
        provider: Provider,
        message: OutboundMessage,
        code: int,
        unreachable: bool,
    ) -> None:
        provider.answer_next(self.refusal(400, code=code))

        with pytest.raises(ProviderRefused) as caught:
            await channel.send(message)

        assert caught.value.unreachable is unreachable
        assert caught.value.provider_code == str(code)

    @pytest.mark.parametrize("code", [63018, 20429])
    async def test_a_rate_limit_is_no_refusal(
        self, channel: Sender, provider: Provider, message: OutboundMessage, code: int
    ) -> None:
        provider.answer_next(self.refusal(400, code=code))

        with pytest.raises(ProviderUnavailable):
            await channel.send(message)

    async def test_an_interrupted_message_is_found_by_its_words(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(
            a_page(
                a_listed("SM5", "Otra cosa"),
                a_listed("SM4", "Buenas  tardes.\n🙂 "),
                a_listed("SM3", "Buenas tardes. 🙂"),
            )
        )

        looked = await channel.look_up(message, since=NOW, known=frozenset({"SM4"}))

        assert looked == Lookup(Sent("SM3"))
        assert provider.asked[0].query["To"] == "whatsapp:+5215550001111"
        assert provider.asked[0].query["From"] == "whatsapp:+15005550006"

    @pytest.mark.parametrize("body", ["Buenas tardes. 🙂", "Buenas tardes. 🙂\n\n1. Sí\n2. No"])
    async def test_it_is_found_however_its_choices_were_shown(
        self, channel: Sender, provider: Provider, message: OutboundMessage, body: str
    ) -> None:
        provider.answer_next(a_page(a_listed("SM3", body)))

        looked = await channel.look_up(
            replace(message, buttons=buttons("Sí", "No")), since=NOW, known=frozenset()
        )

        assert looked.found == Sent("SM3")

    async def test_an_older_message_with_the_same_words_is_another(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        earlier = a_listed("SM1", message.text, NOW - timedelta(minutes=2))
        just_before = a_listed("SM2", message.text, NOW - timedelta(seconds=30))

        provider.answer_next(a_page(earlier))
        assert await channel.look_up(message, since=NOW, known=frozenset()) == Lookup(None)
        provider.answer_next(a_page(just_before, earlier))
        looked = await channel.look_up(message, since=NOW, known=frozenset())
        assert looked == Lookup(Sent("SM2"))

    async def test_a_list_that_does_not_reach_back_is_not_certain(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(a_page(*(a_listed(f"SM{n}", "otra", None) for n in range(100))))

        looked = await channel.look_up(message, since=NOW, known=frozenset())

        assert looked == Lookup(None, certain=False)

    async def test_looking_up_can_fail(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(self.refusal(500))
        with pytest.raises(ProviderUnavailable):
            await channel.look_up(message, since=NOW, known=frozenset())

        provider.answer_next(self.refusal(401))
        looked = await channel.look_up(message, since=NOW, known=frozenset())
        assert looked == Lookup(None, certain=False)

    async def test_media_follows_a_redirect_without_the_credentials(
        self, channel: Sender, provider: Provider
    ) -> None:
        provider.answer_next(
            Answer(status=307, headers={"Location": f"{provider.url}/stored/1"}, json={})
        )
        provider.answer_next(Answer(content=b"jpeg", headers={"Content-Type": "image/jpeg"}))

        fetched = await channel.fetch_media(provider.url + MEDIA, max_bytes=4)

        assert fetched == (b"jpeg", "image/jpeg")
        assert [asked.authorization for asked in provider.asked] == [
            encode_basic_auth(ACCOUNT, TOKEN),
            None,
        ]

    @pytest.mark.parametrize(
        "location", ["http://127.0.0.1:9/secret", "https://elsewhere.example/x", "", "http://["]
    )
    async def test_media_never_leads_elsewhere(
        self, channel: Sender, provider: Provider, location: str
    ) -> None:
        for _ in range(4):
            provider.answer_next(Answer(status=302, headers={"Location": location}, json={}))

        with pytest.raises(ProviderRefused):
            await channel.fetch_media(provider.url + MEDIA, max_bytes=1000)

    async def test_media_has_a_limit(self, channel: Sender, provider: Provider) -> None:
        provider.answer_next(Answer(content=b"x" * 1001))

        with pytest.raises(ProviderRefused):
            await channel.fetch_media(provider.url + MEDIA, max_bytes=1000)

    @pytest.mark.parametrize(
        ("status", "error"),
        [(404, ProviderRefused), (429, ProviderUnavailable), (500, ProviderUnavailable)],
    )
    async def test_media_that_cannot_be_had(
        self, channel: Sender, provider: Provider, status: int, error: type[Exception]
    ) -> None:
        provider.answer_next(self.refusal(status))

        with pytest.raises(error):
            await channel.fetch_media(provider.url + MEDIA, max_bytes=1000)

    async def test_it_is_not_one_that_acknowledges(self, channel: Sender) -> None:
        assert not isinstance(channel, Acknowledges)
