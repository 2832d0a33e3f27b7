"""Episodes of journeys under a fault, compared with the same journeys without one, and counted."""

import difflib
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final

from quality.phone import Channel
from tests.soak import evidence
from tests.soak.chaos import Chaos, Weather
from tests.soak.evidence import Evidence
from tests.soak.journeys import PatientAgent, Run, carry_out, new_runs
from tests.soak.product import SoakProduct

SETTLE_SECONDS: Final = 120.0
# More than a thousand journeys in all episodes together.
_PEOPLE: Final = int(os.environ.get("ACUERDO_SOAK_PEOPLE") or 36)
_ORDINARY: Final = ("promise", "handover")


@dataclass(frozen=True)
class Episode:
    """Many people at once under one kind of trouble.

    `faults` are the providers' (see simulator/README.md); `people` is how many talk at once, the
    journeys in turn. Each starts at a random moment of the first `spread` seconds.
    """

    name: str
    chaos: tuple[Chaos, ...] = ()
    faults: dict[str, Any] = field(default_factory=dict)
    people: int = _PEOPLE
    journeys: tuple[str, ...] = _ORDINARY
    channel: Channel = "whatsapp"
    spread: float = 4.0
    replayed: bool = False


@dataclass
class Outcome:
    """What came of an episode; `problems` is empty where all is as without a fault."""

    episode: Episode
    runs: list[Run]
    happened: list[str]
    seconds: float
    problems: list[str] = field(default_factory=list)
    ledgers_equal: int = 0
    chats_equal: int = 0
    lost: int = 0
    doubled: int = 0

    def compare(
        self, product: SoakProduct, run: Run, expected: Evidence, *, without: str = ""
    ) -> None:
        """Count a run, and what is not as without a fault; one message `without` is allowed."""
        found = evidence.of(product, run)
        if without:
            found = found.without(without)
        name = f"{run.journey} of {run.external_id}"
        ledger = _difference(_lines(expected), _lines(found))
        chat = _difference(expected.chat, found.chat)
        self.ledgers_equal += not ledger
        self.chats_equal += not chat
        if run.failed:
            self.problems.append(f"{name}: {run.failed}")
        else:
            self.problems += [f"{name}: ledger\n{ledger}"] if ledger else []
            self.problems += [f"{name}: chat\n{chat}"] if chat else []
        lost, doubled = evidence.lost(product, run), evidence.doubled(product, run)
        self.lost += len(lost)
        self.doubled += len(doubled)
        self.problems += [f"{name}: lost: {each}" for each in lost]
        self.problems += [f"{name}: doubled: {each}" for each in doubled]

    def row(self) -> list[str]:
        """The line of the table."""
        what = ", ".join(f"{count}x {each}" for each, count in Counter(self.happened).items())
        runs = len(self.runs)
        return [
            self.episode.name,
            str(runs),
            f"{self.ledgers_equal}/{runs}",
            f"{self.chats_equal}/{runs}",
            str(self.lost),
            str(self.doubled),
            f"{self.seconds:.0f} s",
            what or "-",
        ]


class Campaign:
    """One product that lives through many episodes."""

    def __init__(self, product: SoakProduct, seed: str) -> None:
        self.product = product
        self.seed = seed
        self._references: dict[tuple[str, Channel], Evidence] = {}

    def dice(self, name: str) -> random.Random:
        """Chance that falls the same way again for the same seed."""
        return random.Random(f"{self.seed} {name}")  # noqa: S311 - nothing is kept secret by it

    def reference(self, journey: str, channel: Channel) -> Evidence:
        """What the journey leaves behind where nothing goes wrong."""
        key = (journey, channel)
        if key not in self._references:
            self.product.heal()
            agent = PatientAgent(self.product)
            (run,) = new_runs(self.product, [journey], channel, agent)
            carry_out(run)
            agent.leaves()
            assert not run.failed, f"without a fault: {run.failed}"
            self.product.settle(seconds=SETTLE_SECONDS)
            self._references[key] = evidence.of(self.product, run)
        return self._references[key]

    def live_through(self, episode: Episode) -> Outcome:
        """Let the people talk while things go wrong, heal, and compare."""
        for journey in episode.journeys:
            self.reference(journey, episode.channel)
        dice = self.dice(episode.name)
        agent = PatientAgent(self.product)
        journeys = islice(cycle(episode.journeys), episode.people)
        runs = new_runs(self.product, list(journeys), episode.channel, agent)
        begun = time.monotonic()
        weather = Weather(self.product, dice)
        self.product.faults(**episode.faults)
        storms = [
            threading.Thread(target=weather.goes_through, args=(chaos,), daemon=True)
            for chaos in episode.chaos
        ]
        with ThreadPoolExecutor(len(runs)) as crowd:
            starts = [dice.uniform(0, episode.spread) for _ in runs]
            for storm in storms:
                storm.start()
            for _ in crowd.map(_begin, runs, starts):
                pass
        weather.over.set()
        for storm in storms:
            storm.join()
        self.product.heal()
        self.product.settle(seconds=SETTLE_SECONDS)
        if episode.replayed:
            self._replay_everything(dice)
        seconds = time.monotonic() - begun
        agent.leaves()
        outcome = Outcome(episode, runs, weather.happened, seconds, weather.failed)
        if episode.chaos and not weather.happened:
            outcome.problems.append("nothing went wrong")
        return self._judged(outcome)

    def _replay_everything(self, dice: random.Random) -> None:
        """Post every webhook that is remembered once more, long after it was new."""
        numbers = [each["number"] for each in self.product.control.get("/webhooks").json()]
        dice.shuffle(numbers)
        for number in numbers:
            answer = self.product.control.post(f"/webhooks/{number}/replay")
            assert answer.status_code in (200, 404), answer.text
        self.product.settle(seconds=SETTLE_SECONDS)

    def _judged(self, outcome: Outcome) -> Outcome:
        episode = outcome.episode
        outcome.problems += evidence.stuck(self.product)
        for run in outcome.runs:
            outcome.compare(self.product, run, self._references[(run.journey, episode.channel)])
        return outcome


def _begin(run: Run, after: float) -> None:
    time.sleep(after)
    carry_out(run)


def _lines(found: Evidence) -> list[str]:
    return [
        f"{table}: {json.dumps(row, ensure_ascii=False, sort_keys=True)}"
        for table, rows in found.ledger.items()
        for row in rows
    ]


def _difference(expected: Sequence[str], found: Sequence[str]) -> str:
    return "\n".join(
        difflib.unified_diff(expected, found, "without a fault", "now", n=1, lineterm="")
    )


_HEAD: Final = ["fault", "runs", "ledger =", "messages =", "lost", "doubled", "took", "what"]


def table(outcomes: Sequence[Outcome]) -> str:
    """The campaign's table; runs are journeys of people who talked while the fault went on."""
    rows = [_HEAD, *(outcome.row() for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    runs = sum(len(outcome.runs) for outcome in outcomes)
    return "\n".join([*lines, f"{runs} runs"])
