"""What a provider hands in: a webhook as it came, and the reason why one says nothing to us."""

import hashlib
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Webhook:
    """One proven webhook: who sent it, the sender's name for it, and its whole body.

    `source` names the provider and what of it ("provider.channel"); `event_id` is unique in it.
    """

    source: str
    event_id: str
    body: str

    @classmethod
    def of(cls, source: str, body: str, event_id: str = "") -> Self:
        """The webhook under the provider's own id, or where it has none, the hash of its body."""
        digest = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
        return cls(source, event_id or f"sha256:{digest}", body)


@dataclass(frozen=True, slots=True)
class Stray:
    """A genuine webhook that says nothing we know; `reason` is a short code."""

    reason: str
