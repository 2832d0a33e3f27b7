"""Who can be played on the phone: the demo debtors, as the product knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

import aiohttp

_FIRST_INVENTED_TELEGRAM_ID = 5_000_000_000
_INVENTED_TELEGRAM_IDS = 1_000_000_000


@dataclass(frozen=True)
class DemoPerson:
    """An invented debtor and what the one who plays them has to know.

    `country` is an ISO 3166 alpha-2 code, `state` a short hint in Spanish ("45 días de atraso"),
    `birth_date` an ISO date, `addresses` maps a channel ("whatsapp", "telegram") to the address
    known to the product (E.164 phone or Telegram user id). `start_payload` is the one-time token
    of the Telegram deep link, empty when there is none.
    """

    id: str
    name: str
    country: str
    state: str = ""
    document: str = ""
    birth_date: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    start_payload: str = ""

    @property
    def phone(self) -> str:
        """The E.164 phone of the person, empty when the product knows none."""
        return self.addresses.get("whatsapp", "")

    @property
    def telegram_id(self) -> str:
        """The Telegram user id: the one the product knows, or a stable invented one."""
        known = self.addresses.get("telegram", "")
        if known:
            return known
        digest = int.from_bytes(sha256(self.id.encode()).digest()[:8], "big")
        return str(_FIRST_INVENTED_TELEGRAM_ID + digest % _INVENTED_TELEGRAM_IDS)


class Directory(Protocol):
    """Answers the people that can be played; called each time the page is opened."""

    async def __call__(self) -> Sequence[DemoPerson]:
        """Return at most a few hundred people, in the order in which to show them."""
        ...


async def nobody() -> Sequence[DemoPerson]:
    """A directory without people: the page then only offers a number typed by hand."""
    return ()


def person_from_json(fields: Mapping[str, Any]) -> DemoPerson:
    """Build a person from a JSON object with the names of `DemoPerson`; unknown keys are ignored.

    Raises KeyError when id, name or country is missing.
    """
    return DemoPerson(
        id=str(fields["id"]),
        name=str(fields["name"]),
        country=str(fields["country"]),
        state=str(fields.get("state", "")),
        document=str(fields.get("document", "")),
        birth_date=str(fields.get("birth_date", "")),
        addresses={str(k): str(v) for k, v in dict(fields.get("addresses", {})).items()},
        start_payload=str(fields.get("start_payload", "")),
    )


class DirectoryFromUrl:
    """Reads the people as a JSON array from a URL, for a simulator in its own process."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __call__(self) -> Sequence[DemoPerson]:
        """Fetch the list; raises aiohttp.ClientError when the product does not answer with 200."""
        async with (
            aiohttp.ClientSession(raise_for_status=True) as session,
            session.get(self._url) as response,
        ):
            people = await response.json()
        return tuple(person_from_json(entry) for entry in people)
