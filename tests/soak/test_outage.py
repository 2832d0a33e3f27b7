"""An engine that is away for longer than people should wait in silence: said once, then healed."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from acuerdo.conversations.notices import notice
from quality.patience import eventually
from tests.journeys.desk import Agent
from tests.soak import evidence
from tests.soak.campaign import SETTLE_SECONDS, Campaign, Episode, Outcome
from tests.soak.chaos import Chaos, Weather, kills, stops
from tests.soak.conftest import Tell
from tests.soak.journeys import PATIENCE_SECONDS, PatientAgent, Run, new_runs, verified
from tests.soak.product import SoakProduct

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
_APOLOGY = notice("engine_down")
_PEOPLE = 10


@pytest.fixture(scope="module")
def campaign(seed: str) -> Iterator[Campaign]:
    """A product that apologises soon."""
    with SoakProduct(
        ACUERDO_ENGINE__APOLOGISE_AFTER_SECONDS="2", ACUERDO_ENGINE__TIMEOUT_SECONDS="2"
    ) as product:
        yield Campaign(product, seed)


def up_to_the_promise(run: Run) -> None:
    """All that comes before the outage."""
    verified(run)
    run.phone.says("cuánto debo", "320.50")


def through_the_outage(run: Run) -> None:
    """What they say is answered with one honest sentence, and then, by itself, in full."""
    run.phone.says("pago 100 el viernes", _APOLOGY)
    run.phone.hears("¿Lo confirmo?")
    run.phone.says("sí", "Anoté su compromiso")


@pytest.mark.parametrize(
    ("name", "chaos"),
    [
        ("engine stopped for 10 s, apology", stops("engine", after=(0, 0), seconds=10.0)),
        ("engine killed, apology", kills("engine", times=1, shortest=0, longest=0)),
    ],
)
def test_one_honest_sentence(campaign: Campaign, name: str, chaos: Chaos, tell: Tell) -> None:
    product = campaign.product
    expected = campaign.reference("promise", "whatsapp")
    desk, agent = Agent(product), PatientAgent(product)
    # given people in the middle of a talk
    runs = new_runs(product, ["promise"] * _PEOPLE, "whatsapp", agent)
    begun = time.monotonic()
    with ThreadPoolExecutor(len(runs) + 1) as crowd:
        list(crowd.map(up_to_the_promise, runs))
        weather = Weather(product, campaign.dice(name))
        storm = crowd.submit(weather.goes_through, chaos)
        eventually(lambda: weather.happened, "the engine is away")
        # when they go on while the engine is away
        talks = [crowd.submit(through_the_outage, run) for run in runs]
        # then the agents see every one of them
        eventually(
            lambda: all(_waits(product, run) for run in runs),
            "all wait for a person",
            seconds=PATIENCE_SECONDS,
        )
        queue = re.sub(r"\s+", " ", desk.queue())
        for talk in (*talks, storm):
            talk.result()
    product.heal()
    product.settle(seconds=SETTLE_SECONDS)
    outcome = Outcome(
        Episode(name), runs, weather.happened, time.monotonic() - begun, weather.failed
    )
    outcome.problems += evidence.stuck(product)
    for run in runs:
        outcome.compare(product, run, expected, without=_APOLOGY)
    tell(outcome)
    desk.leaves()
    agent.leaves()
    assert not outcome.problems, "\n".join(outcome.problems)
    assert queue.count("El asistente falló") >= _PEOPLE
    for run in runs:
        assert evidence.of(product, run).chat.count(f"<- {_APOLOGY}") == 1


def _waits(product: SoakProduct, run: Run) -> bool:
    return bool(
        product.rows(
            "select 1 from conversation c join debtor d on d.id = c.debtor_id"
            " where d.external_id = %s and c.waiting_reason = 'engine_failed'",
            run.external_id,
        )
    )
