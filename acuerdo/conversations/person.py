"""For whom what is said in a conversation may count.

An address belongs to somebody, or a proof was given. Who is only claimed (a typed document, the
number that a caller shows) is nobody here: no wish, case, name, zone or date follows from it.
"""

from datetime import datetime
from uuid import UUID

from acuerdo.contact import points
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation


def person_of(conversation: Conversation, point: ContactPoint) -> UUID | None:
    """The owner of the address or who has proven who they are; None where that is in doubt.

    In doubt it is once the address belongs to another person than the talk began with, and while
    another user of the provider writes from it.
    """
    if is_for_another(conversation, point):
        return None
    if point.debtor_id is not None and points.owner_of(point) is None:
        return None
    return conversation.debtor_id


def is_for_another(conversation: Conversation, point: ContactPoint) -> bool:
    """Whether the address has come to belong to another person than the talk began with."""
    return conversation.address_owner_id != point.debtor_id


def is_no_more_theirs(conversation: Conversation, point: ContactPoint) -> bool:
    """Whether the person of a conversation, proven or expected, is not who has its address now.

    Of somebody unknown nothing was said that others may not read: their address may become known.
    """
    had_person = conversation.debtor_id is not None or conversation.address_owner_id is not None
    return had_person and is_for_another(conversation, point)


def is_proven(conversation: Conversation, point: ContactPoint, now: datetime) -> bool:
    """Whether the person of a conversation has proven who they are, and lately."""
    until = conversation.verified_until_at
    return until is not None and now < until and person_of(conversation, point) is not None
