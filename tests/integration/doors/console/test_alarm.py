"""Proofs that fail in numbers are shown to whoever supervises, on every page of the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from acuerdo.bootstrap import Acuerdo
from acuerdo.debts.models import IdentityCheck
from acuerdo.platform.db.session import Database
from tests.builders import a_contact_point, a_conversation, saved
from tests.clock import NOW, FixedClock
from tests.integration.doors.console.pages import Browser

ALARM = "pruebas de identidad fallaron en la última hora"


async def failures(db: Database, count: int) -> None:
    """Proofs that failed, each at an address of its own, for nobody or somebody."""
    for number in range(count):
        point = a_contact_point(address=f"+5191122{number:04}")
        talk = a_conversation(point)
        check = IdentityCheck(
            conversation_id=talk.id,
            contact_point_id=point.id,
            debtor_id=None,
            subject=None,
            turn_id=uuid4(),
            factor="birth_date",
            passed=False,
            at=NOW,
        )
        await saved(db, point, talk, check)


@pytest.mark.parametrize("path", ["/desk", "/desk/manager", "/desk/cases", "/desk/manager/limits"])
async def test_a_supervisor_sees_the_alarm_on_every_page(
    db: Database, core: Acuerdo, managers_browser: Browser, path: str
) -> None:
    limit = core.settings.conversation.alarm_failures_an_hour
    await failures(db, limit - 1)
    assert ALARM not in await managers_browser.read(path)
    # when one more fails, wherever
    point = a_contact_point(address="+51933000000")
    talk = a_conversation(point)
    await saved(db, point, talk)
    with capture_logs() as logs:
        await core.conversations.identity.answer(talk.id, uuid4(), "45671234")
        await core.conversations.identity.answer(talk.id, uuid4(), "1970-01-01")
    # then the log and the desk say so
    assert [each["count"] for each in logs if each["event"] == "identity_failures_surge"] == [limit]
    assert f"{limit} {ALARM}" in await managers_browser.read(path)


async def test_the_alarm_stays_while_it_goes_on_and_ends_an_hour_later(
    db: Database, core: Acuerdo, managers_browser: Browser, clock: FixedClock
) -> None:
    limit = core.settings.conversation.alarm_failures_an_hour
    await failures(db, limit + 3)
    assert f"{limit + 3} {ALARM}" in await managers_browser.read("/desk")
    clock.advance(minutes=59)
    assert ALARM in await managers_browser.read("/desk")
    clock.move_to(NOW + timedelta(minutes=61))
    assert ALARM not in await managers_browser.read("/desk")


async def test_agents_are_not_shown_it(db: Database, core: Acuerdo, browser: Browser) -> None:
    await failures(db, core.settings.conversation.alarm_failures_an_hour)
    assert ALARM not in await browser.read("/desk")
