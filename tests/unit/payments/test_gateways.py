"""Which gateway makes a creditor's links."""

import pytest

from acuerdo.debts.policies import CreditorPolicy
from acuerdo.payments.gateways import Gateways
from acuerdo.platform.errors import NotFound, ProviderMisused
from tests.integration.fakes import FakeGateway

ONE, OTHER = FakeGateway(), FakeGateway()
SEVERAL = Gateways({"one": ONE, "other": OTHER})
ANY = CreditorPolicy()


def of_creditor(gateway: str) -> CreditorPolicy:
    """The policy of a creditor that names its gateway."""
    return CreditorPolicy.model_validate({"payment": {"gateway": gateway}})


def test_a_creditor_that_names_none_has_the_only_one() -> None:
    assert Gateways({"one": ONE}).of(ANY) is ONE


def test_a_creditor_has_the_gateway_that_it_names() -> None:
    assert SEVERAL.of(of_creditor("one")) is ONE
    assert SEVERAL.of(of_creditor("other")) is OTHER


@pytest.mark.parametrize(
    ("gateways", "policy"),
    [
        (Gateways({}), ANY),
        (Gateways({}), of_creditor("one")),
        # nobody guesses where the money of a creditor goes
        (SEVERAL, ANY),
        (SEVERAL, of_creditor("third")),
        (Gateways({"one": ONE}), of_creditor("other")),
    ],
)
def test_without_a_clear_answer_there_is_no_link(
    gateways: Gateways, policy: CreditorPolicy
) -> None:
    with pytest.raises(ProviderMisused):
        gateways.of(policy)


def test_an_event_goes_to_the_gateway_of_its_address() -> None:
    assert SEVERAL.named("other") is OTHER
    with pytest.raises(NotFound):
        SEVERAL.named("third")
