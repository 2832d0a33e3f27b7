"""M7: a person of the desk with a scope sees the debtors of their creditors, and leaves a trace."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from acuerdo.bootstrap import Acuerdo
from acuerdo.contact.models import AddressOwner
from acuerdo.conversations.models import Owner
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_creditor,
    a_debt,
    a_debtor,
    a_message,
    saved,
)
from tests.clock import NOW
from tests.integration.doors.console.conftest import url_of
from tests.integration.doors.console.pages import Browser


@pytest.mark.parametrize(("creditors", "status"), [(None, 200), (["own"], 200), (["x"], 404)])
async def test_others_do_not_exist(
    core: Acuerdo, browser: Browser, creditors: list[str] | None, status: int
) -> None:
    # given a debtor who waits
    debtor = a_debtor(name="Ana Flores")
    creditor = a_creditor()
    creditor.external_id = "own"
    debt = a_debt(debtor, creditor)
    talk = a_conversation(point := a_contact_point(debtor), owner=Owner.BOT)
    talk.debtor_id = debtor.id
    await saved(core.db, debtor, creditor, debt, point, talk, a_message(talk, "hola, soy yo"))
    # when somebody with a scope looks
    await core.operation.accounts.set_creditors("lucia", creditors, by="test")
    await browser.log_in("lucia", "a long enough password")
    page = await browser.client.get(url_of(talk.id))
    now = await browser.client.get(f"{url_of(talk.id)}/now")
    queue = (await browser.client.get("/desk")).text
    # then the page, its parts and the lists agree
    assert (page.status_code, now.status_code) == (status, status)
    assert ("Ana Flores" in queue) is (status == 200)
    async with core.db.transaction() as session:
        looked = (await session.execute(text("select by, debtor_id from file_view"))).all()
    assert [tuple(row) for row in looked] == ([("desk:lucia", debtor.id)] if status == 200 else [])


async def test_who_is_not_logged_in_is_sent_to_the_login(visitor: httpx.AsyncClient) -> None:
    response = await visitor.get("/desk/conversations/00000000-0000-0000-0000-000000000000")
    assert response.headers["location"].startswith("/desk/login")


@pytest.mark.parametrize(
    ("creditors", "proven", "status"),
    [
        (["own"], False, 404),
        (["other"], False, 404),
        (["own", "other"], False, 200),
        (["x"], False, 404),
        (["own"], True, 200),
        (["other"], True, 404),
        (None, False, 200),
    ],
)
async def test_a_talk_at_a_shared_number_may_be_with_any_of_those_who_share_it(
    core: Acuerdo,
    browser: Browser,
    creditors: list[str] | None,
    proven: bool,
    status: int,
) -> None:
    # given a number of two people, each with a creditor of their own, of whom one writes
    mine, theirs = a_creditor(external_id="own"), a_creditor(external_id="other")
    ana, luis = a_debtor(name="Ana Flores"), a_debtor(name="Luis Paz", document="87654321")
    point = a_contact_point(None)
    await saved(core.db, mine, theirs, ana, luis, a_debt(ana, mine), a_debt(luis, theirs), point)
    for each in (ana, luis):
        owner = AddressOwner(
            contact_point_id=point.id,
            debtor_id=each.id,
            brought_by=[uuid4()],
            given_at=None,
            wrong_person_at=None,
            since_at=NOW,
        )
        await saved(core.db, owner)
    talk = a_conversation(point, owner=Owner.AGENT, waiting_since_at=NOW)
    talk.debtor_id = ana.id if proven else None
    await saved(core.db, talk, a_message(talk, "hola, soy de la casa"))
    # when somebody with a scope looks
    await core.operation.accounts.set_creditors("lucia", creditors, by="test")
    await browser.log_in("lucia", "a long enough password")
    page = await browser.client.get(url_of(talk.id))
    queue = (await browser.client.get("/desk")).text
    # then they see it where nobody beyond their scope may be meant
    assert page.status_code == status
    assert ("soy de la casa" in queue) is (status == 200)
