"""What providers send, as they send it: shapes recorded, people and numbers invented.

Each file holds items `{name, note, payload, says}`; `says` is what our parser makes of it.
"""

import json
from pathlib import Path
from typing import Any

Item = dict[str, Any]


def items(provider: str) -> list[Item]:
    """All recorded payloads of a provider."""
    found: list[Item] = json.loads(
        Path(__file__).with_name(f"{provider}.json").read_text(encoding="utf-8")
    )
    return found


def payload(provider: str, name: str) -> Item:
    """One recorded payload."""
    (found,) = [item["payload"] for item in items(provider) if item["name"] == name]
    return dict(found)
