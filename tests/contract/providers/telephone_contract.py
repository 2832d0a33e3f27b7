"""What every Telephone promises, as tests shared by all implementations."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import pytest

from acuerdo.contact.ports import OutboundCall, Telephone, Voicemail
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from tests.contract.providers.provider import Answer, Provider

CALL = OutboundCall(UUID("11111111-2222-4333-8444-555555555555"), "+56987654321", "+56600500010")


class TelephoneContract:
    """Implementations say how they are served, built and refused."""

    number: str

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        """The stand-in of the provider."""
        raise NotImplementedError

    def build(self, base_url: str) -> Telephone:
        """The adapter, pointed at a stand-in; it gives up on an answer after 2 seconds."""
        raise NotImplementedError

    def unreachable(self) -> Answer:
        """How the provider says that there is no such telephone."""
        raise NotImplementedError

    def misused(self) -> Answer:
        """How the provider says that our request is wrong."""
        raise NotImplementedError

    @pytest.fixture
    async def provider(self) -> AsyncIterator[Provider]:
        async with self.serving() as provider:
            yield provider

    @pytest.fixture
    async def telephone(self, provider: Provider) -> AsyncIterator[Telephone]:
        telephone = self.build(provider.url)
        yield telephone
        await telephone.close()

    async def test_a_call_is_placed_once_under_the_number_that_is_to_be_shown(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        assert telephone.number == self.number
        assert await telephone.place(CALL)
        (asked,) = provider.asked
        assert CALL.address in str(asked.body)
        assert CALL.shown_number in str(asked.body)
        # what is told about the call later comes back under our own id
        assert str(CALL.id) in str(asked.body)

    async def test_last_words_are_read_out_and_silence_is_possible(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        provider_id = await telephone.place(CALL)
        await telephone.leave_message(
            Voicemail(CALL.id, provider_id, CALL.address, "Hola & <adiós>", "MX")
        )
        await telephone.hang_up(provider_id)
        _, said, silent = (str(asked.body) for asked in provider.asked)
        assert "Hola" in said
        assert "<adiós>" not in said
        assert "Hola" not in silent

    async def test_a_number_without_a_telephone_is_refused(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        provider.answer_next(self.unreachable())
        with pytest.raises(ProviderRefused) as caught:
            await telephone.place(CALL)
        assert caught.value.unreachable

    async def test_a_mistake_of_ours_is_told_as_one_and_names_nobody(
        self, telephone: Telephone, provider: Provider
    ) -> None:
        provider.answer_next(self.misused())
        with pytest.raises(ProviderMisused) as caught:
            await telephone.place(CALL)
        assert CALL.address not in str(caught.value)

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (Answer(429, json={}), ProviderUnavailable),
            (Answer(503, json={}), ProviderUnavailable),
            (Answer(500, json={}), OutcomeUnknown),
            (Answer(hangs_up=True), OutcomeUnknown),
        ],
        ids=["too many", "not now", "server error", "hangs up"],
    )
    async def test_whether_it_rings_is_known_or_said_to_be_unknown(
        self, telephone: Telephone, provider: Provider, answer: Answer, error: type[Exception]
    ) -> None:
        provider.answer_next(answer)
        with pytest.raises(error):
            await telephone.place(CALL)
        assert len(provider.asked) == 1
