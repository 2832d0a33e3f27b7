"""Whatever goes wrong: the same ledger, the same messages, none lost, none said twice.

What Telegram cannot be asked about is shown as unknown, and not repeated.
"""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.soak import evidence
from tests.soak.campaign import SETTLE_SECONDS, Campaign, Episode, Outcome
from tests.soak.conftest import Tell
from tests.soak.episodes import ORDINARY, TELEGRAM
from tests.soak.journeys import PatientAgent, Run, new_runs, verified
from tests.soak.product import SoakProduct

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
_PEOPLE = 6


@pytest.fixture(scope="module")
def campaign(seed: str) -> Iterator[Campaign]:
    """One product for all of them."""
    with SoakProduct() as product:
        yield Campaign(product, seed)


@pytest.mark.parametrize("episode", ORDINARY + TELEGRAM, ids=lambda episode: episode.name)
def test_all_is_as_without_a_fault(campaign: Campaign, episode: Episode, tell: Tell) -> None:
    outcome = campaign.live_through(episode)
    tell(outcome)
    assert not outcome.problems, "\n".join(outcome.problems)


def unknown_messages(product: SoakProduct, run: Run) -> list[str]:
    """The texts of a person's messages of which nobody knows whether they arrived."""
    return [
        row["text"]
        for row in product.rows(
            "select m.text from message m join conversation c on c.id = m.conversation_id"
            " join debtor d on d.id = c.debtor_id where d.external_id = %s"
            " and m.state = 'unknown'",
            run.external_id,
        )
    ]


def shown_to_agents(product: SoakProduct, agent: PatientAgent, run: Run) -> bool:
    """Whether the conversation waits for a person and its page says what is not known."""
    (row,) = product.rows(
        "select c.id, c.waiting_reason from conversation c join debtor d on d.id = c.debtor_id"
        " where d.external_id = %s",
        run.external_id,
    )
    agent.reads(row["id"], "No sabemos si llegó")
    return bool(row["waiting_reason"] == "delivery_failed")


@pytest.mark.parametrize("fault", ["drop", "lose"])
def test_unknown_is_shown_and_not_repeated(campaign: Campaign, fault: str, tell: Tell) -> None:
    product = campaign.product
    expected = campaign.reference("promise", "telegram")
    agent = PatientAgent(product)
    runs = new_runs(product, ["promise"] * _PEOPLE, "telegram", agent)
    begun = time.monotonic()
    with ThreadPoolExecutor(len(runs)) as crowd:
        list(crowd.map(verified, runs))
        # given a connection that breaks while each of them is sent the same answer
        product.faults(sends=[{"outcome": fault, "times": _PEOPLE, "channel": "telegram"}])
        for run in runs:
            run.phone.writes("cuánto debo")
        # when the product has done all it can
        product.settle(seconds=SETTLE_SECONDS)
        arrived = [run.phone.everything()[3:] for run in runs]
        unknown = [unknown_messages(product, run) for run in runs]
        shown = [shown_to_agents(product, agent, run) for run in runs]
        # and they go on (those who heard nothing ask again)
        list(crowd.map(_goes_on if fault == "drop" else _asks_again, runs))
    product.settle(seconds=SETTLE_SECONDS)
    name = f"telegram: connection breaks, {'sent' if fault == 'drop' else 'not sent'}"
    outcome = Outcome(Episode(name), runs, [f"send: {fault}"] * _PEOPLE, time.monotonic() - begun)
    outcome.problems += evidence.stuck(product)
    for run in runs:
        found = evidence.of(product, run)
        outcome.ledgers_equal += found.ledger["promise"] == expected.ledger["promise"]
        outcome.chats_equal += _said_the_same(found.heard(), expected.heard())
    tell(outcome)
    agent.leaves()
    # then it arrived once or not at all, and the agents know that nobody knows
    assert [len(each) for each in arrived] == [1 if fault == "drop" else 0] * _PEOPLE
    assert [len(each) for each in unknown] == [1] * _PEOPLE
    assert all(shown)
    # and in the end everything was said once and one promise is recorded
    assert outcome.problems == []
    assert (outcome.ledgers_equal, outcome.chats_equal) == (_PEOPLE, _PEOPLE)


def _said_the_same(heard: list[str], expected: list[str]) -> bool:
    """Whether the same was told; who asks again is told in other words, with the same figures."""
    return len(heard) == len(expected) and all(
        ours == theirs or (_figures(ours) == _figures(theirs) and "320.50" in ours)
        for ours, theirs in zip(heard, expected, strict=True)
    )


def _figures(said: str) -> set[str]:
    """Amounts and days of the month, but not how many days late: one wording leaves that out."""
    return set(re.findall(r"S/ [\d.]+|\d+ de \w+", said))


def _goes_on(run: Run) -> None:
    run.phone.hears("320.50")
    run.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    run.phone.says("sí", "Anoté su compromiso")


def _asks_again(run: Run) -> None:
    run.phone.writes("cuánto debo")
    _goes_on(run)
