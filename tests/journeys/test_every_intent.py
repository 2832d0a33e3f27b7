"""Every intent in a conversation of its own, in chat and in the style of recognised speech.

All conversations are held at the same time with the one product, then looked at one by one.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from quality.product import Product
from tests.domain import intents
from tests.journeys import people
from tests.journeys.people import Debtor

_CASES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("every_intent.yml").read_text("utf-8")
)
# Nobody says these: the first is a file, the second is ours, the third is nothing understood.
_NOT_SAID: Final = {"media_received", "resume", "nlu_fallback"}
_STYLES: Final = ("chat", "voice")
_AT_ONCE: Final = 6
_TALKS: Final = [(intent, style) for intent in _CASES for style in _STYLES]


@dataclass(frozen=True)
class Held:
    """A conversation that was held: whose it was, and what went wrong in it."""

    debtor: Debtor
    wrong: str | None


def _hold(product: Product, intent: str, style: str) -> Held:
    case = _CASES[intent]
    ana = people.someone(product)
    wrong = None
    try:
        if case["start"] == "greeted":
            ana.phone.says("hola", "¿Hablo con")
        elif case["start"] == "verified":
            ana.verified()
        for line in case[style]:
            said, _, heard = line.removeprefix("! ").partition(" => ")
            pieces = [piece.strip() for piece in heard.split(";")]
            if said.startswith("["):
                ana.phone.presses(said.strip("[]"), *pieces)
            else:
                ana.phone.says(said, *pieces)
    except AssertionError as error:
        wrong = str(error)
    return Held(ana, wrong)


@pytest.fixture(scope="module")
def held(product: Product) -> Iterator[dict[tuple[str, str], Held]]:
    """All conversations, by intent and style."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda talk: _hold(product, *talk), _TALKS)
        yield dict(zip(_TALKS, found, strict=True))


def test_every_intent_that_people_say_is_here() -> None:
    assert set(_CASES) == set(intents()) - _NOT_SAID
    assert len(_CASES) == 52


@pytest.mark.parametrize(("intent", "style"), _TALKS)
def test_an_intent_is_understood_and_answered(
    held: dict[tuple[str, str], Held], intent: str, style: str
) -> None:
    talk = held[intent, style]
    assert talk.wrong is None, talk.wrong
    marked = next(line[2:] for line in _CASES[intent][style] if line.startswith("! "))
    said = marked.partition(" => ")[0]
    understood = talk.debtor.product.rows(
        "select t.understood_as from turn t join message m on m.turn_id = t.id"
        " join conversation c on c.id = t.conversation_id"
        " join contact_point p on p.id = c.contact_point_id"
        " join debtor d on d.id in (c.debtor_id, p.debtor_id)"
        " where d.external_id = %s and m.text = %s and m.direction = 'in'",
        talk.debtor.ledger.external_id,
        said,
    )
    assert [row["understood_as"] for row in understood] == [intent]
    if "outcome" in _CASES[intent]:
        assert talk.debtor.ledger.outcome() == _CASES[intent]["outcome"]
