"""Which payment gateway makes a creditor's links, and which one sent an event."""

from collections.abc import Mapping
from dataclasses import dataclass

from acuerdo.debts.policies import CreditorPolicy
from acuerdo.payments.ports import PaymentGateway
from acuerdo.platform.errors import NotFound, ProviderMisused


@dataclass(frozen=True, slots=True)
class Gateways:
    """The gateways in use, by their names."""

    by_name: Mapping[str, PaymentGateway]

    def named(self, name: str) -> PaymentGateway:
        """The gateway of a name; NotFound where it is not in use."""
        if name not in self.by_name:
            raise NotFound
        return self.by_name[name]

    def of(self, policy: CreditorPolicy) -> PaymentGateway:
        """The gateway that a creditor names, or the only one in use where it names none.

        Raises ProviderMisused where there is none, or nobody says which of several.
        """
        wanted = policy.payment.gateway
        if wanted is None and len(self.by_name) == 1:
            (wanted,) = self.by_name
        if wanted is None or wanted not in self.by_name:
            raise ProviderMisused("no payment gateway is configured for this creditor")
        return self.by_name[wanted]
