"""What every PaymentGateway promises, as tests shared by all implementations."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from acuerdo.external_events.ports import Stray
from acuerdo.payments.ports import (
    NOT_ABOUT_MONEY,
    GatewayEvent,
    PaymentGateway,
    PaymentState,
)
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
PART = Money(2050, "PEN")
LATER = timedelta(days=1)
# News of these moves money; what moved has a name, and told twice it moved once.
MOVING = (
    PaymentState.PAID,
    PaymentState.REFUNDED,
    PaymentState.CHARGED_BACK,
    PaymentState.CHARGEBACK_WON,
)
BEYOND_REASON = [
    b"[" * 30_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"type":"payment.succeeded","data":' + b"[" * 3_000 + b"]" * 3_000 + b"}",
    b"9" * 60_000,
    b'{"amount":1' + b"0" * 60_000 + b"}",
    b'{"amount":1E+1000000}',
    b'"' + b"x" * 200_000 + b'"',
]


class GatewayContract:
    """Implementations say how they are served and built, and how the gateway writes and signs."""

    name: str
    states: tuple[PaymentState, ...] = tuple(PaymentState)

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        """The stand-in of the gateway."""
        raise NotImplementedError

    def build(self, base_url: str) -> PaymentGateway:
        """The adapter, pointed at a stand-in."""
        raise NotImplementedError

    def posted(
        self,
        state: PaymentState = PaymentState.PAID,
        *,
        amount: Money = AMOUNT,
        event: str = "1",
        movement: str = "1",
    ) -> bytes:
        """An event of the payment for the reference, in a state of `states`.

        `amount` is what moves, `event` numbers the news, `movement` what moved among its equals:
        the payments, the refunds, the disputes.
        """
        raise NotImplementedError

    def posted_of_something_else(self) -> bytes:
        """An event that is about no money."""
        raise NotImplementedError

    def misshapen(self) -> Mapping[str, bytes]:
        """Events of a payment that cannot be believed, by what is wrong with them."""
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

    async def test_news_of_every_state_is_read(self, gateway: PaymentGateway) -> None:
        for state in self.states:
            body = self.posted(state)
            gateway.verify(self.headers(body), body, NOW)
            news = gateway.parse(body)
            assert isinstance(news, GatewayEvent), state
            assert (news.state, news.amount) == (state, AMOUNT)
            assert news.payment_id
            assert news.movement_id
            assert len(news.movement_id) <= 200
            assert news.reference in ("", str(REFERENCE))
            assert news.moved_at.tzinfo is not None
            assert gateway.parse(body) == news

    async def test_a_refund_in_part_is_of_that_part(self, gateway: PaymentGateway) -> None:
        if PaymentState.REFUNDED in self.states:
            paid, part = self._of(gateway), self._of(gateway, PaymentState.REFUNDED, amount=PART)
            assert (part.amount, part.payment_id) == (PART, paid.payment_id)

    async def test_the_same_movement_told_twice_is_one_and_others_are_others(
        self, gateway: PaymentGateway
    ) -> None:
        moving = [state for state in MOVING if state in self.states]
        told = [self._of(gateway, each, event="1").movement_id for each in moving]
        again = [self._of(gateway, each, event="2").movement_id for each in moving]
        others = [self._of(gateway, each, event="3", movement="2").movement_id for each in moving]
        assert told == again
        assert len({*told, *others}) == 2 * len(moving)

    def _of(
        self, gateway: PaymentGateway, state: PaymentState = PaymentState.PAID, **more: Any
    ) -> GatewayEvent:
        news = gateway.parse(self.posted(state, **more))
        assert isinstance(news, GatewayEvent), (state, news)
        return news

    async def test_news_of_no_money_and_of_money_that_is_not_understood_differ(
        self, gateway: PaymentGateway
    ) -> None:
        assert gateway.parse(self.posted_of_something_else()) == Stray(NOT_ABOUT_MONEY)
        misshapen = self.misshapen()
        assert misshapen
        for what, body in misshapen.items():
            news = gateway.parse(body)
            assert isinstance(news, Stray), what
            assert news.reason not in ("", NOT_ABOUT_MONEY), what
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
        "body",
        [b"", b"{", b"[]", b"null", b"\xff\x00", b'{"type": "of something else"}', *BEYOND_REASON],
        ids=lambda body: body[:20].decode("latin-1"),
    )
    async def test_what_says_nothing_is_a_stray(self, gateway: PaymentGateway, body: bytes) -> None:
        news = gateway.parse(body)
        assert isinstance(news, Stray)
        assert 0 < len(news.reason) <= 64
