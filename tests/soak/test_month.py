"""A month of 2,000 debtors in virtual time: not one contact that the law would refuse."""

import os
import random
import time
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import text

from acuerdo.agreements.models import Promise, PromiseState
from acuerdo.bootstrap import new_audit
from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import ContactContext, PastContact, Profile, judge
from acuerdo.contact.models import ANSWERS, OUTREACH, Attempt, Callback, CallbackState
from acuerdo.outreach.models import PlannedContact, PlannedState
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from tests.clock import FixedClock
from tests.integration.conftest import (  # noqa: F401 - fixtures
    AUDIT_SECRET,
    clock,
    database_url,
    db,
    jobs,
    postgres,
)
from tests.integration.world import World
from tests.soak.month import DAYS, Month, Person, population
from tests.soak.virtual import VirtualWorkers, own_time

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3000)]
DEBTORS: Final = int(os.environ.get("ACUERDO_SOAK_DEBTORS", "2000"))
_DEATHS: Final = 0.03
# A promise for tomorrow has just been heard.
_TOLD_AHEAD_DAYS: Final = 2
_GRACE: Final = timedelta(days=4)


@pytest.fixture
async def month(
    db: Database,  # noqa: F811 - the fixture
    clock: FixedClock,  # noqa: F811 - the fixture
    jobs: Jobs,  # noqa: F811 - the fixture
    seed: str,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Month, list[Person]]:
    """A month lived through, and some days more for what was planned in it."""
    await own_time(db, jobs, clock, monkeypatch)
    dice = random.Random(f"{seed} month")  # noqa: S311 - nothing is kept secret by it
    world = World(db, clock, jobs)
    world.whatsapp.clock = world.telegram.clock = clock
    workers = VirtualWorkers(world, dice, deaths=_DEATHS)
    creditors, people = population(DEBTORS, dice)
    async with db.transaction() as session:
        for rows in (
            creditors,
            [person.debtor for person in people],
            [person.debt for person in people],
            [point for person in people for point in person.points.values()],
        ):
            session.add_all(rows)
            await session.flush()
    lived = Month(world, workers, dice)
    begins = clock.now()
    await workers.move_to(begins)
    lived.plan(people, begins)
    await lived.passes(begins + timedelta(days=DAYS) + _GRACE)
    return lived, people


async def test_nobody_is_contacted_against_the_law_and_nothing_is_forgotten(
    month: tuple[Month, list[Person]], capsys: pytest.CaptureFixture[str]
) -> None:
    lived, people = month
    begun = time.monotonic()
    contacts = await wrong_contacts(lived, people)
    world = lived.world
    problems = [
        *contacts,
        *await unexplained(world),
        *await forgotten(world),
        *await left_behind(world),
    ]
    report = await _audited(lived.world)
    with capsys.disabled():
        print(_story(lived, time.monotonic() - begun, report))  # noqa: T201
    assert problems == []
    assert lived.workers.killed > 0
    assert lived.happened["asked: allowed"] > 0


async def wrong_contacts(lived: Month, people: list[Person]) -> list[str]:
    """What reached somebody and should not have, judged by what the simulation knows itself."""
    whose = {
        point.address: (person, point) for person in people for point in person.points.values()
    }
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    purposes: dict[UUID, Attempt] = {}
    for attempt in await lived.world.attempts():
        if attempt.allowed and attempt.debtor_id is not None:
            attempts[attempt.debtor_id].append(attempt)
            if attempt.message_id is not None:
                purposes[attempt.message_id] = attempt
    found, seen = [], set()
    for at, message in lived.sent:
        if message.id in seen:
            found.append(f"sent twice: {message.id}")
        seen.add(message.id)
        attempt = purposes[message.id]
        if attempt.purpose not in OUTREACH:
            continue
        person, point = whose[message.address]
        why = _stopped(person, point.channel, attempt.at)
        context = ContactContext(zones=(person.debtor.timezone,), consent=point.consent)
        past = [each for each in attempts[person.debtor.id] if each.at < attempt.at]
        verdict = judge(
            load(person.debtor.country),
            Profile.HOUSE,
            point.channel,
            attempt.at,
            [
                PastContact(each.at, each.channel, direct_contact=each.purpose in ANSWERS)
                for each in _one_talk_a_day(past)
            ],
            context,
        )
        if why or not verdict.allowed:
            found.append(f"{person.debtor.country} {at} {attempt.purpose}: {why} {verdict}")
    return found


def _stopped(person: Person, channel: object, at: datetime) -> str:
    silent = person.silent.get(channel)  # type: ignore[call-overload]
    for name, since in {
        "opted out": silent,
        "stopped": person.never_since,
        "paid": person.paid_at,
    }.items():
        if since is not None and since < at:
            return name
    return ""


def _one_talk_a_day(past: list[Attempt]) -> list[Attempt]:
    """Answers of one day on one channel are one talk."""
    talks = {(each.channel, each.at.date()): each for each in past if each.purpose in ANSWERS}
    return [each for each in past if each.purpose in OUTREACH] + list(talks.values())


async def unexplained(world: World) -> list[str]:
    """Refusals and dropped plans that do not say why."""
    refused = [each for each in await world.attempts() if not each.allowed]
    found = [f"attempt {each.id}" for each in refused if not each.reason or not each.rule]
    for planned in await world.rows(PlannedContact):
        ended = planned.state in {PlannedState.REFUSED, PlannedState.DROPPED}
        if ended and not planned.reason:
            found.append(f"planned {planned.occasion}")
    return found


async def forgotten(world: World) -> list[str]:
    """Promises nobody followed, callbacks nobody made, plans left behind."""
    now = world.clock.now()
    kinds: dict[UUID | None, set[str]] = defaultdict(set)
    found = []
    for planned in await world.rows(PlannedContact):
        kinds[planned.subject_id].add(planned.kind.value)
        if planned.state in {PlannedState.PENDING, PlannedState.STARTED} and planned.due_at < now:
            found.append(f"planned and left: {planned.occasion} {planned.state}")
    for promise in await world.rows(Promise):
        ahead = (promise.due_on - promise.recorded_at.date()).days
        if ahead >= _TOLD_AHEAD_DAYS and "promise_day" not in kinds[promise.id]:
            found.append(f"promise without a reminder: {promise.id} {promise.state}")
        if promise.state is PromiseState.OPEN and promise.due_on < (now - _GRACE).date():
            found.append(f"promise not judged: {promise.id}")
        if promise.state is PromiseState.BROKEN and "promise_broken" not in kinds[promise.id]:
            found.append(f"broken and not followed up: {promise.id}")
    pending = await world.rows(Callback, Callback.state == CallbackState.PENDING)
    lost = [each for each in pending if "callback" not in kinds[each.id]]
    return found + [f"callback without a plan: {each.id}" for each in lost]


_LEFT: Final = {
    "job": "select count(*) from procrastinate_jobs where status <> 'todo' or scheduled_at < now()",
    "turn": "select count(*) from turn where finished_at is null",
    "message": "select count(*) from message where state in ('queued', 'sending')",
}


async def left_behind(world: World) -> list[str]:
    """Jobs, turns and messages that did not come to an end."""
    async with world.db.transaction() as session:
        counts = {
            what: (await session.execute(text(query))).scalar_one() for what, query in _LEFT.items()
        }
    return [f"{number} x {what} left behind" for what, number in counts.items() if number]


async def _audited(world: World) -> str:
    report = await new_audit(world.db, world.clock, [AUDIT_SECRET]).verify()
    assert report.count == 0, report.findings[:5]
    return f"{report.sealed} links of the chain hold"


def _story(lived: Month, seconds: float, report: str) -> str:
    lines = [f"  {name}: {times}" for name, times in sorted(lived.happened.items())]
    return "\n".join(
        [
            f"\n{DEBTORS} debtors, {DAYS} days: {len(lived.sent)} messages,"
            f" {sum(lived.workers.done.values())} jobs, {lived.workers.killed} workers killed;"
            f" judged in {seconds:.0f} s; {report}",
            *lines,
        ]
    )
