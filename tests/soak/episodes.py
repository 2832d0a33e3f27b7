"""The list of what goes wrong, by the settings that the product runs with."""

from typing import Final

from tests.soak.campaign import Episode
from tests.soak.chaos import (
    ENGINE_STOPPED_SECONDS,
    clock_is_set,
    kills,
    postgres_dies,
    provider_freezes,
    redis_dies,
    redis_freezes,
    sends_fail,
    stops,
)

_THREE: Final = {"webhook_copies": 3}
_SHUFFLED: Final = {"webhook_copies": 3, "shuffle_window_ms": 150}
# What belongs together must be taken within moments: no more people than a small machine answers.
_FEW: Final = 12
# Sends that take a moment are hit in their middle.
_SLOW_SENDS: Final = {"send_delay_ms": 120}
_WORKER_DIES: Final = kills("worker", times=8, shortest=0.3, longest=2.5)
_WEB_DIES: Final = kills("web", times=2, shortest=0.5, longest=4.0)
_ENGINE_DIES: Final = kills("engine", times=1, shortest=1.5, longest=4.0)
_ACTIONS_DIE: Final = kills("actions", times=2, shortest=0.5, longest=4.0)
_ENGINE_STOPS: Final = stops("engine", after=(1.5, 4.0), seconds=ENGINE_STOPPED_SECONDS)
_REDIS_DIES: Final = redis_dies(times=3, shortest=0.5, longest=3.0)
_POSTGRES_DIES: Final = postgres_dies(times=3, shortest=1.0, longest=4.0)

EVERYTHING: Final = Episode(
    "everything at once",
    (
        _WORKER_DIES,
        _WEB_DIES,
        _REDIS_DIES,
        _ENGINE_DIES,
        _ACTIONS_DIE,
        _POSTGRES_DIES,
        sends_fail(("drop", "refuse", "lose"), times=6, apart=(0.5, 2.0)),
    ),
    {**_SHUFFLED, **_SLOW_SENDS},
)
ORDINARY: Final = (
    Episode("every delivery three times", faults=_THREE),
    Episode("three times and shuffled", faults=_SHUFFLED),
    Episode("all repeated afterwards", replayed=True),
    Episode("statuses backwards, three times", faults={**_SHUFFLED, "status_order": "reversed"}),
    Episode("worker killed", (_WORKER_DIES,), _SLOW_SENDS),
    Episode("worker killed, shuffled", (_WORKER_DIES,), {**_SHUFFLED, **_SLOW_SENDS}),
    Episode("worker stopped for 5 s", (stops("worker", after=(1.0, 4.0), seconds=5.0),)),
    Episode("web killed", (_WEB_DIES,)),
    Episode("web and worker killed", (_WEB_DIES, _WORKER_DIES), _SLOW_SENDS),
    Episode("engine stopped for 10 s", (_ENGINE_STOPS,)),
    Episode("engine killed", (_ENGINE_DIES,)),
    Episode("actions killed", (_ACTIONS_DIE,)),
    Episode("engine and worker killed", (_ENGINE_DIES, _WORKER_DIES), _SLOW_SENDS),
    Episode("redis killed", (_REDIS_DIES,)),
    Episode("redis and worker killed", (_REDIS_DIES, _WORKER_DIES), {**_SHUFFLED, **_SLOW_SENDS}),
    Episode("redis frozen for 6 s", (redis_freezes(after=(1.0, 4.0), seconds=6.0),)),
    Episode("postgres killed", (_POSTGRES_DIES,), _SLOW_SENDS),
    Episode(
        "postgres and worker killed", (_POSTGRES_DIES, _WORKER_DIES), {**_SHUFFLED, **_SLOW_SENDS}
    ),
    # later than this, people would rightly hear an apology, and be asked again who they are
    Episode("all restarted, four minutes later", (clock_is_set(after=(2.0, 5.0), hours=1 / 15),)),
    Episode("all restarted, an hour earlier", (clock_is_set(after=(2.0, 5.0), hours=-1),)),
    Episode("sends refused", (sends_fail(("refuse",), times=12, apart=(0.2, 0.8)),)),
    Episode("sends dropped", (sends_fail(("drop",), times=6, apart=(0.3, 1.0)),)),
    Episode("sends lost", (sends_fail(("lose",), times=6, apart=(0.3, 1.0)),)),
    Episode(
        "sends fail in every way, worker killed",
        (sends_fail(("drop", "refuse", "lose"), times=9, apart=(0.3, 1.0)), _WORKER_DIES),
        {**_SHUFFLED, **_SLOW_SENDS},
    ),
    Episode("provider frozen for 12 s", (provider_freezes(after=(1.5, 4.0), seconds=12.0),)),
    EVERYTHING,
)
TELEGRAM: Final = (
    Episode("telegram: three times and shuffled", faults=_SHUFFLED, channel="telegram"),
    Episode("telegram: engine stopped for 10 s", (_ENGINE_STOPS,), channel="telegram"),
    Episode("telegram: redis killed, web killed", (_REDIS_DIES, _WEB_DIES), channel="telegram"),
    Episode(
        "telegram: sends refused",
        (sends_fail(("refuse",), times=12, apart=(0.2, 0.8)),),
        channel="telegram",
    ),
)
IN_PIECES: Final = (
    Episode(
        "in pieces: three times, worker killed",
        (_WORKER_DIES,),
        {**_THREE, **_SLOW_SENDS},
        people=_FEW,
        journeys=("promise in pieces",),
    ),
    Episode(
        "in pieces: engine stopped for 10 s",
        (_ENGINE_STOPS,),
        people=_FEW,
        journeys=("promise in pieces",),
    ),
)
