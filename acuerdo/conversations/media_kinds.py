"""What the files that people send can be good for. Pure."""

from typing import Final

# What can be a proof of a payment; a sticker, a place or a voice note is none.
RECEIPT_KINDS: Final = frozenset({"image", "document"})
