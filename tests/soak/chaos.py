"""What goes wrong while people talk: each runs in a thread of its own until told to stop."""

import contextlib
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx
import psutil
import psycopg

from quality.patience import eventually
from tests.soak.product import PAUSE_SECONDS, SoakProduct

RESTART_SECONDS: Final = 90
ENGINE_STOPPED_SECONDS: Final = 10.0

Chaos = Callable[["Weather"], None]


@dataclass
class Weather:
    """The product, a seeded dice, the end of the episode, and what has happened so far."""

    product: SoakProduct
    dice: random.Random
    over: threading.Event = field(default_factory=threading.Event)
    happened: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def goes_through(self, chaos: Chaos) -> None:
        """Let it happen; that it could not is a failure of the episode."""
        try:
            chaos(self)
        except (AssertionError, OSError, psutil.Error, httpx.HTTPError, psycopg.Error) as error:
            self.failed.append(f"{type(error).__name__}: {error}")

    def pause(self, shortest: float, longest: float) -> bool:
        """Let a random time pass; True when the episode is over."""
        return self.over.wait(self.dice.uniform(shortest, longest))

    def note(self, what: str) -> None:
        """Remember that something was done."""
        self.happened.append(what)


def kills(name: str, *, times: int, shortest: float, longest: float) -> Chaos:
    """SIGKILL a process at random moments; the next time after it was started again."""

    def chaos(weather: Weather) -> None:
        for _ in range(times):
            if weather.pause(shortest, longest):
                return
            old = weather.product.process(name)
            if weather.product.kill(name):
                weather.note(f"{name} killed")
            _wait_for_the_next(weather.product, name, old)

    return chaos


def stops(name: str, *, after: tuple[float, float], seconds: float) -> Chaos:
    """SIGSTOP a process, SIGCONT it later."""

    def chaos(weather: Weather) -> None:
        if weather.pause(*after):
            return
        with contextlib.suppress(ProcessLookupError):
            weather.product.signal(name, signal.SIGSTOP)
            weather.note(f"{name} stopped")
            time.sleep(seconds)
            weather.product.signal(name, signal.SIGCONT)

    return chaos


def redis_dies(*, times: int, shortest: float, longest: float) -> Chaos:
    """SIGKILL the embedded Redis; `acuerdo up` starts it again."""

    def chaos(weather: Weather) -> None:
        for _ in range(times):
            if weather.pause(shortest, longest):
                return
            redis = weather.product.redis_process()
            if redis is None:
                continue
            redis.kill()
            weather.note("redis killed")
            _wait_for_the_next_redis(weather.product, redis.pid)

    return chaos


def postgres_dies(*, times: int, shortest: float, longest: float) -> Chaos:
    """SIGKILL the embedded PostgreSQL with all that it is doing; `acuerdo up` starts it again."""

    def chaos(weather: Weather) -> None:
        for _ in range(times):
            if weather.pause(shortest, longest):
                return
            weather.product.kill_postgres()
            weather.note("postgres killed")
            eventually(
                weather.product.database_answers,
                "PostgreSQL was started again",
                seconds=RESTART_SECONDS,
                pause_seconds=PAUSE_SECONDS,
            )

    return chaos


def clock_is_set(*, after: tuple[float, float], hours: float) -> Chaos:
    """Restart the whole machine's product on its data, with its clock set back or ahead."""

    def chaos(weather: Weather) -> None:
        if weather.pause(*after):
            return
        weather.product.restart_all(hours)
        weather.note(f"restarted, clock {hours * 60:+.0f} min")

    return chaos


def redis_freezes(*, after: tuple[float, float], seconds: float) -> Chaos:
    """SIGSTOP Redis: it takes connections and answers nothing."""

    def chaos(weather: Weather) -> None:
        if weather.pause(*after):
            return
        redis = weather.product.redis_process()
        if redis is not None:
            _freeze(weather, "redis", redis, seconds)

    return chaos


def provider_freezes(*, after: tuple[float, float], seconds: float) -> Chaos:
    """SIGSTOP the providers: they take requests and answer them much later."""

    def chaos(weather: Weather) -> None:
        if weather.pause(*after):
            return
        _freeze(weather, "provider", weather.product.provider, seconds)

    return chaos


def sends_fail(outcomes: tuple[str, ...], *, times: int, apart: tuple[float, float]) -> Chaos:
    """Let single sends fail at random moments, `times` in all, in the order of `outcomes`."""

    def chaos(weather: Weather) -> None:
        for number in range(times):
            if weather.pause(*apart):
                return
            outcome = outcomes[number % len(outcomes)]
            weather.product.faults(sends=[{"outcome": outcome}])
            weather.note(f"send: {outcome}")

    return chaos


def _wait_for_the_next(product: SoakProduct, name: str, old: int) -> None:
    eventually(
        lambda: product.process(name) != old and product.is_at_work(name),
        f"{name} was started again",
        seconds=RESTART_SECONDS,
        pause_seconds=PAUSE_SECONDS,
    )


def _freeze(weather: Weather, name: str, process: psutil.Process, seconds: float) -> None:
    process.suspend()
    weather.note(f"{name} frozen")
    time.sleep(seconds)
    process.resume()


def _wait_for_the_next_redis(product: SoakProduct, old: int) -> None:
    def is_another() -> bool:
        redis = product.redis_process()
        return redis is not None and redis.pid != old

    eventually(
        is_another,
        "Redis was started again",
        seconds=RESTART_SECONDS,
        pause_seconds=PAUSE_SECONDS,
    )
