"""Who was proven and what is open at a moment: the boundaries."""

from datetime import datetime, timedelta

import pytest

from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Owner
from acuerdo.values.channels import Channel
from acuerdo.views.desk.verification_status import can_be_taken, standing, window_until
from acuerdo.views.desk.views import VerificationStatus
from tests.builders import a_contact_point, a_conversation, a_debtor, a_staff_member
from tests.clock import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("verified_until_at", "locked_until_at", "expected"),
    [
        (None, None, VerificationStatus.UNVERIFIED),
        (NOW + SECOND, None, VerificationStatus.VERIFIED),
        (NOW, None, VerificationStatus.UNVERIFIED),
        (None, NOW + SECOND, VerificationStatus.LOCKED),
        (None, NOW, VerificationStatus.UNVERIFIED),
        (NOW + SECOND, NOW + SECOND, VerificationStatus.VERIFIED),
    ],
)
def test_standing(
    verified_until_at: datetime | None,
    locked_until_at: datetime | None,
    expected: VerificationStatus,
) -> None:
    point = a_contact_point(a_debtor(), locked_until_at=locked_until_at)
    conversation = a_conversation(point, verified_until_at=verified_until_at)

    assert standing(conversation, point, NOW) is expected


def test_nobody_known_is_nobody_proven() -> None:
    point = a_contact_point(None)

    assert standing(a_conversation(point), point, NOW) is VerificationStatus.UNKNOWN


@pytest.mark.parametrize(
    ("point", "until"),
    [
        (a_contact_point(last_inbound_at=NOW), NOW + timedelta(hours=24)),
        (a_contact_point(last_inbound_at=NOW - timedelta(hours=24) + SECOND), NOW + SECOND),
        (a_contact_point(last_inbound_at=NOW - timedelta(hours=24)), None),
        (a_contact_point(last_inbound_at=None), None),
        (a_contact_point(channel=Channel.TELEGRAM, last_inbound_at=NOW), None),
    ],
)
def test_the_window_of_whatsapp(point: ContactPoint, until: datetime | None) -> None:
    assert window_until(point, NOW) == until


def test_only_what_no_person_holds_and_is_not_closed_can_be_taken() -> None:
    point = a_contact_point()

    assert can_be_taken(a_conversation(point, owner=Owner.BOT))
    assert can_be_taken(a_conversation(point, owner=Owner.AGENT))
    assert not can_be_taken(a_conversation(point, owner=Owner.AGENT, agent=a_staff_member()))
    assert not can_be_taken(a_conversation(point, owner=Owner.NOBODY))
