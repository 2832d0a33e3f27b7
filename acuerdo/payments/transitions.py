"""How a payment link moves. The caller holds the row."""

from acuerdo.payments.models import LinkState, PaymentLink


def paid(link: PaymentLink) -> None:
    """Note that money came by a link, also by one whose time was over."""
    link.state = LinkState.PAID


def expired(link: PaymentLink) -> None:
    """Note that the time of a link is over."""
    link.state = LinkState.EXPIRED
