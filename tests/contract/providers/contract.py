"""What every sender of messages promises, as tests shared by all implementations."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime
from socket import socket
from uuid import UUID

import pytest

from acuerdo.contact.ports import Button, FetchesMedia, Lookup, OutboundMessage, Sender
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel
from tests.contract.providers.provider import Answer, Provider

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MESSAGE_ID = UUID("0190b8a0-0000-7000-8000-000000000001")


def buttons(*titles: str) -> tuple[Button, ...]:
    """Buttons whose payloads must never leave us."""
    return tuple(Button(title, f"/secret_intent_{index}") for index, title in enumerate(titles))


def a_free_port() -> int:
    """A port of loopback where nobody listens."""
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    return int(port)


class SenderContract:
    """Implementations say how they are served, built and refused."""

    kind: Channel
    address: str
    send_path: str

    @property
    def longest(self) -> int:
        """The table's: a channel without a row there is no channel yet."""
        return TRAITS[self.kind].longest

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        """The stand-in of the provider."""
        raise NotImplementedError

    def build(self, base_url: str, timeout_seconds: float = 5) -> Sender:
        """The adapter, pointed at a stand-in."""
        raise NotImplementedError

    def refusal(self, status: int, *, retry_after: str = "", words: str = "no") -> Answer:
        """An error answer in the provider's own shape."""
        raise NotImplementedError

    @pytest.fixture
    async def provider(self) -> AsyncIterator[Provider]:
        async with self.serving() as provider:
            yield provider

    @pytest.fixture
    async def channel(self, provider: Provider) -> AsyncIterator[Sender]:
        channel = self.build(provider.url)
        yield channel
        await channel.close()

    @pytest.fixture
    def message(self) -> OutboundMessage:
        return OutboundMessage(MESSAGE_ID, self.kind, self.address, "Buenas tardes. 🙂")

    async def test_a_text_is_sent_once(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        sent = await channel.send(message)

        assert channel.channel is self.kind
        assert sent.provider_id
        assert len(provider.to(self.send_path)) == 1
        assert "Buenas tardes. 🙂" in str(provider.to(self.send_path)[0].body)

    async def test_choices_arrive_and_their_payloads_never_leave_us(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, buttons=buttons("Sí", "No")))

        assert "secret_intent" not in str(provider.asked)
        # as our opaque id, or written below the text where the channel shows no buttons
        assert any(choice in str(provider.asked) for choice in ("b1", "2. No"))

    @pytest.mark.parametrize("status", [429, 503])
    async def test_told_to_wait_it_may_be_tried_again(
        self, channel: Sender, provider: Provider, message: OutboundMessage, status: int
    ) -> None:
        provider.answer_next(self.refusal(status, retry_after="7"))

        with pytest.raises(ProviderUnavailable) as caught:
            await channel.send(message)

        assert caught.value.retry_after_seconds == 7
        assert (await channel.send(message)).provider_id

    @pytest.mark.parametrize("status", [500, 502, 504])
    async def test_after_a_server_error_nobody_knows(
        self, channel: Sender, provider: Provider, message: OutboundMessage, status: int
    ) -> None:
        provider.answer_next(self.refusal(status))

        with pytest.raises(OutcomeUnknown):
            await channel.send(message)

        assert len(provider.asked) == 1

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(hangs_up=True),
            Answer(never=True),
            Answer(content=b"<html>a proxy</html>"),
        ],
        ids=["hangs up", "never answers", "is not the provider"],
    )
    async def test_without_an_answer_nobody_knows(
        self, provider: Provider, message: OutboundMessage, answer: Answer
    ) -> None:
        provider.answer_next(answer)
        channel = self.build(provider.url, timeout_seconds=0.2)

        with pytest.raises(OutcomeUnknown):
            await channel.send(message)

        assert len(provider.asked) == 1
        await channel.close()

    async def test_where_nobody_listens_nothing_was_sent(self, message: OutboundMessage) -> None:
        channel = self.build(f"http://127.0.0.1:{a_free_port()}")

        with pytest.raises(ProviderUnavailable):
            await channel.send(message)

        await channel.close()

    @pytest.mark.parametrize("status", [401, 404])
    async def test_wrong_credentials_are_our_mistake(
        self, channel: Sender, provider: Provider, message: OutboundMessage, status: int
    ) -> None:
        provider.answer_next(self.refusal(status))

        with pytest.raises(ProviderMisused):
            await channel.send(message)

    async def test_errors_name_nobody(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(self.refusal(400, words=f"{self.address} did something"))

        with pytest.raises(ProviderMisused) as caught:
            await channel.send(message)

        assert self.address not in str(caught.value)

    @pytest.mark.parametrize("text", ["", " \n", "too long"])
    async def test_what_cannot_be_sent_is_not_tried(
        self, channel: Sender, provider: Provider, message: OutboundMessage, text: str
    ) -> None:
        whole = "x" * (self.longest + 1) if text == "too long" else text

        with pytest.raises(ProviderMisused):
            await channel.send(replace(message, text=whole))

        assert provider.asked == []

    async def test_the_longest_text_is_sent_whole(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, text="ñ" * self.longest))

        assert "ñ" * self.longest in str(provider.to(self.send_path)[0].body)

    async def test_looking_up_never_invents(
        self, channel: Sender, message: OutboundMessage
    ) -> None:
        looked = await channel.look_up(message, since=NOW, known=frozenset())

        assert looked in (Lookup(None, certain=True), Lookup(None, certain=False))


class FetchesMediaContract:
    """What a sender promises that brings files; beside SenderContract, whose fixtures it uses."""

    @pytest.mark.parametrize(
        "reference",
        [
            "http://169.254.169.254/latest/meta-data/",
            "https://internal.example/file.png",
            "https://api.twilio.com@internal.example/file.png",
            "file:///etc/passwd",
            "geo:4.7,-74.0",
            "tel:+573105550001",
            "//internal.example/x",
            "http://[",
            "",
        ],
    )
    async def test_foreign_references_are_never_fetched(
        self, channel: FetchesMedia, provider: Provider, reference: str
    ) -> None:
        with pytest.raises(ProviderRefused):
            await channel.fetch_media(reference, max_bytes=1000)

        assert provider.asked == []
