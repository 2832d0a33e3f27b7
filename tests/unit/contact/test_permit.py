"""A permit: made by the gate alone, for one message or call to one person, used once."""

from dataclasses import replace
from uuid import uuid4

import pytest

from acuerdo.contact.permit import Permit, PermitMisused, permit_for
from acuerdo.values.channels import Channel

NUMBER, AS_WRITTEN = "+5215512345678", "+525512345678"


def test_nobody_else_makes_one() -> None:
    with pytest.raises(TypeError, match=r"only acuerdo\.contact\.permit"):
        Permit(uuid4(), Channel.VOICE, frozenset({NUMBER}), object())


def test_a_copy_for_another_message_cannot_be_made() -> None:
    permit = permit_for(uuid4(), Channel.WHATSAPP, NUMBER)
    with pytest.raises((TypeError, ValueError)):
        replace(permit, id=uuid4())


def test_it_is_used_once() -> None:
    message_id = uuid4()
    permit = permit_for(message_id, Channel.WHATSAPP, NUMBER, None)
    # a look-up before it does not use it up
    permit.check(message_id, Channel.WHATSAPP, NUMBER)
    permit.use(message_id, Channel.WHATSAPP, NUMBER)
    with pytest.raises(PermitMisused):
        permit.use(message_id, Channel.WHATSAPP, NUMBER)
    with pytest.raises(PermitMisused):
        permit.check(message_id, Channel.WHATSAPP, NUMBER)


def test_either_address_of_the_contact_point_will_do() -> None:
    message_id = uuid4()
    for address in (NUMBER, AS_WRITTEN):
        permit_for(message_id, Channel.WHATSAPP, NUMBER, AS_WRITTEN).use(
            message_id, Channel.WHATSAPP, address
        )


@pytest.mark.parametrize("wrong", ["id", "channel", "address"])
def test_it_is_for_this_message_on_this_channel_to_this_address(wrong: str) -> None:
    message_id = uuid4()
    permit = permit_for(message_id, Channel.VOICE, NUMBER)
    with pytest.raises(PermitMisused):
        permit.use(
            uuid4() if wrong == "id" else message_id,
            Channel.WHATSAPP if wrong == "channel" else Channel.VOICE,
            AS_WRITTEN if wrong == "address" else NUMBER,
        )
