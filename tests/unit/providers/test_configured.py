"""What there is an account for is made, and nothing else."""

from typing import Any

import pytest

from acuerdo.platform.settings import Settings
from acuerdo.providers import configured
from acuerdo.values.channels import Channel

# in development nothing but a stand-in of this machine may have an account
LOCAL = "http://127.0.0.1:9"
ACCOUNT = {"account_sid": "AC" + "1" * 32, "auth_token": "a-token", "base_url": LOCAL}


@pytest.mark.parametrize(
    ("settings", "made"),
    [
        ({}, set()),
        ({"twilio": ACCOUNT}, set()),
        ({"twilio": {**ACCOUNT, "voice_from": "+15005550006"}}, set()),
        ({"twilio": {"whatsapp_from": "+15005550006"}}, set()),
        ({"twilio": {**ACCOUNT, "whatsapp_from": "+15005550006"}}, {Channel.WHATSAPP}),
        ({"telegram": {"token": "1:a", "base_url": LOCAL}}, {Channel.TELEGRAM}),
    ],
)
async def test_a_channel_needs_an_account_and_a_sender(
    settings: dict[str, Any], made: set[Channel]
) -> None:
    channels = configured.channels(Settings(_env_file=None, **settings))
    assert channels.keys() == made
    for kind, sender in channels.items():
        assert sender.channel is kind
        await sender.close()
