"""The law of contact: what a country's rules say about one contact at one moment. Pure."""

from acuerdo.contact.law.rules import (
    ContactContext,
    Event,
    Jurisdiction,
    PastContact,
    Profile,
    Reason,
    Recipient,
    Verdict,
)
from acuerdo.contact.law.verdict import judge

__all__ = [
    "ContactContext",
    "Event",
    "Jurisdiction",
    "PastContact",
    "Profile",
    "Reason",
    "Recipient",
    "Verdict",
    "judge",
]
