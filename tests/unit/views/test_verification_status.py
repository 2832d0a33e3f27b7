"""Who was proven and what is open at a moment: the boundaries."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from acuerdo.conversations.models import Owner
from acuerdo.values.channels import Channel
from acuerdo.views.desk.verification_status import (
    VerificationStatus,
    can_be_taken,
    verification_status,
    window_until,
)
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
def test_a_proof_and_a_lock_end_at_their_moment(
    verified_until_at: datetime | None,
    locked_until_at: datetime | None,
    expected: VerificationStatus,
) -> None:
    assert verification_status(uuid4(), verified_until_at, locked_until_at, NOW) is expected


def test_nobody_known_is_nobody_proven() -> None:
    assert verification_status(None, None, None, NOW) is VerificationStatus.UNKNOWN


@pytest.mark.parametrize(
    ("channel", "last_inbound_at", "until"),
    [
        (Channel.WHATSAPP, NOW, NOW + timedelta(hours=24)),
        (Channel.WHATSAPP, NOW - timedelta(hours=24) + SECOND, NOW + SECOND),
        (Channel.WHATSAPP, NOW - timedelta(hours=24), None),
        (Channel.WHATSAPP, None, None),
        (Channel.TELEGRAM, NOW, None),
    ],
)
def test_the_window_of_whatsapp(
    channel: Channel, last_inbound_at: datetime | None, until: datetime | None
) -> None:
    assert window_until(channel, last_inbound_at, NOW) == until


def test_only_what_no_person_holds_and_is_not_closed_can_be_taken() -> None:
    assert can_be_taken(Owner.BOT, None)
    assert can_be_taken(Owner.AGENT, None)
    assert not can_be_taken(Owner.AGENT, uuid4())
    assert not can_be_taken(Owner.NOBODY, None)
