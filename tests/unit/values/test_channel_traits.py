"""The one table of what channels can take."""

import pytest

from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel


@pytest.mark.parametrize("channel", TRAITS)
def test_what_we_write_fits_with_room_for_choices(channel: Channel) -> None:
    traits = TRAITS[channel]
    assert 0 < traits.text <= traits.longest
    # a text of ours can be shown with its choices wherever the channel shows any
    assert not traits.interactive_text or traits.text <= traits.interactive_text
