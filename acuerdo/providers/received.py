"""Bits that every inbound adapter needs: texts fit to be stored, and strays."""

from typing import Final

from acuerdo.conversations.ports import Stray
from acuerdo.values.channels import Channel

_STRAY_CHARACTERS: Final = 20_000


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot store: NUL characters and half surrogate pairs."""
    whole = text.replace("\x00", "")
    return whole.encode("utf-8", "replace").decode("utf-8")


def stray(channel: Channel, reason: str, body: str) -> Stray:
    """A genuine webhook that is only kept; `reason` is a short code, a huge body is cut."""
    return Stray(channel, reason, storable(body)[:_STRAY_CHARACTERS])
