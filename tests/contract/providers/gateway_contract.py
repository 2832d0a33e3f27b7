"""What every PaymentGateway promises, as tests shared by all implementations."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from uuid import UUID

import pytest

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import GatewayEvent, PaymentGateway, PaymentState
from acuerdo.platform.errors import (
    GatewayEventForged,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.values.money import Money
from tests.clock import NOW
from tests.contract.providers.provider import Answer, Provider

REFERENCE = UUID(int=7)
AMOUNT = Money(12050, "PEN")
LATER = timedelta(days=1)


class GatewayContract:
    """Implementations say how they are served and built, and how the gateway writes and signs."""

    name: str

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        """The stand-in of the gateway."""
        raise NotImplementedError

    def build(self, base_url: str) -> PaymentGateway:
        """The adapter, pointed at a stand-in."""
        raise NotImplementedError

    def posted(self) -> bytes:
        """An event of a payment of 120.50 soles for the reference."""
        raise NotImplementedError

    def headers(self, body: bytes) -> Mapping[str, str]:
        """The headers with which the gateway posts a body now."""
        raise NotImplementedError

    @pytest.fixture
    async def provider(self) -> AsyncIterator[Provider]:
        async with self.serving() as provider:
            yield provider

    @pytest.fixture
    async def gateway(self, provider: Provider) -> AsyncIterator[PaymentGateway]:
        gateway = self.build(provider.url)
        yield gateway
        await gateway.close()

    async def test_a_link_is_made_under_our_reference(
        self, gateway: PaymentGateway, provider: Provider
    ) -> None:
        link = await gateway.create_link(REFERENCE, AMOUNT, "servicio eléctrico")
        assert gateway.name == self.name
        assert link.url.startswith("https://")
        assert link.gateway_id
        (asked,) = provider.asked
        assert str(REFERENCE) in str(asked.body)
        assert "120.5" in str(asked.body)

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (401, ProviderMisused),
            (403, ProviderMisused),
            (400, ProviderRefused),
            (422, ProviderRefused),
            (429, ProviderUnavailable),
            (500, ProviderUnavailable),
            (503, ProviderUnavailable),
        ],
    )
    async def test_a_status_is_one_of_three_kinds_of_errors(
        self, gateway: PaymentGateway, provider: Provider, status: int, error: type[Exception]
    ) -> None:
        provider.answer_next(Answer(status, json={}))
        with pytest.raises(error):
            await gateway.create_link(REFERENCE, AMOUNT, "x")

    @pytest.mark.parametrize(
        "answer",
        [Answer(hangs_up=True), Answer(content=b""), Answer(json=[]), Answer(json={"id": "x"})],
        ids=["hangs up", "empty", "a list", "half a link"],
    )
    async def test_without_a_link_in_the_answer_it_may_be_asked_again(
        self, gateway: PaymentGateway, provider: Provider, answer: Answer
    ) -> None:
        provider.answer_next(answer)
        with pytest.raises(ProviderUnavailable):
            await gateway.create_link(REFERENCE, AMOUNT, "x")

    async def test_what_the_gateway_signed_is_believed_and_read(
        self, gateway: PaymentGateway
    ) -> None:
        body = self.posted()
        gateway.verify(self.headers(body), body, NOW)
        news = gateway.parse(body)
        assert isinstance(news, GatewayEvent)
        assert (news.gateway, news.reference, news.amount, news.state) == (
            self.name,
            str(REFERENCE),
            AMOUNT,
            PaymentState.PAID,
        )
        assert news.moved_at.tzinfo is not None
        assert gateway.parse(body) == news

    async def test_what_it_did_not_sign_just_now_is_forged(self, gateway: PaymentGateway) -> None:
        body = self.posted()
        headers = self.headers(body)
        for forged, given, now in (
            (body, {}, NOW),
            (body + b" ", headers, NOW),
            (body, headers, NOW + LATER),
            (body, headers, NOW - LATER),
        ):
            with pytest.raises(GatewayEventForged):
                gateway.verify(given, forged, now)

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"[]", b"null", b"\xff\x00", b'{"type": "of something else"}']
    )
    async def test_what_says_nothing_is_a_stray(self, gateway: PaymentGateway, body: bytes) -> None:
        news = gateway.parse(body)
        assert isinstance(news, Stray)
        assert news.reason
