"""The pages of cases: listed, filtered, assigned, seen, resolved; by agents and managers."""

import pytest

from acuerdo.bootstrap import Acuerdo
from acuerdo.cases.kinds import CaseKind
from acuerdo.debts import repository as debts
from acuerdo.debts.models import DebtStatus
from acuerdo.platform.db.session import Database
from acuerdo.values.requests import DisputeReason
from acuerdo.views.cases.views import CaseFilter, CaseLine
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_creditor,
    a_debt,
    a_debtor,
    a_message,
    saved,
)
from tests.clock import FixedClock
from tests.integration.doors.console.conftest import PASSWORD, url_of
from tests.integration.doors.console.pages import Browser

CASES = "/desk/cases"


class Disputed:
    """Ana, who wrote, sent a file and does not accept her debt."""

    def __init__(self, core: Acuerdo) -> None:
        self.core = core
        self.creditor, self.debtor = a_creditor(), a_debtor(external_id="ana-1")
        self.debt = a_debt(self.debtor, self.creditor)
        self.point = a_contact_point(self.debtor)
        self.talk = a_conversation(self.point)
        self.file = a_message(
            self.talk, "aquí está el recibo", media=[{"kind": "image", "content_type": "image/png"}]
        )

    async def line(self) -> CaseLine:
        (line,) = (await self.core.views.cases.page(CaseFilter(kind=CaseKind.DISPUTE))).lines
        return line

    async def path(self) -> str:
        return f"{CASES}/{(await self.line()).id}"


@pytest.fixture
async def disputed(core: Acuerdo, db: Database) -> Disputed:
    story = Disputed(core)
    rows = (story.creditor, story.debtor, story.debt, story.point, story.talk, story.file)
    await saved(db, *rows)
    async with core.db.transaction() as session:
        debt = await debts.lock_debt(session, story.debt.id)
        await core.cases.opening.record_dispute(
            session, debt, DisputeReason.WRONG_AMOUNT, "no es tanto", conversation_id=story.talk.id
        )
    return story


async def test_an_agent_sees_what_waits_with_its_last_day(
    browser: Browser, disputed: Disputed, clock: FixedClock
) -> None:
    # fifteen working days; how many days that is depends on the week and its holidays
    left = (await disputed.line()).days_left
    assert 20 <= left <= 28
    page = await browser.read(CASES)
    assert f"Reclamo de la deuda Quedan {left} días Ana Flores · servicio eléctrico" in page
    assert "no es tanto" in page
    assert "Sin asignar" in page
    clock.advance(days=left + 7)
    await browser.log_in("lucia", PASSWORD)
    assert "Venció hace 7 días" in await browser.read(f"{CASES}?overdue=true")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=dispute&state=", True),
        ("?kind=&state=open", True),
        ("?kind=death&state=", False),
        ("?state=rejected", False),
        ("?mine=true", False),
        ("?overdue=true", False),
    ],
)
async def test_the_list_shows_what_was_asked_for(
    browser: Browser, disputed: Disputed, query: str, found: bool
) -> None:
    assert ("Ana Flores" in await browser.read(f"{CASES}{query}")) is found


async def test_a_case_is_taken_looked_into_and_resolved(
    browser: Browser, core: Acuerdo, disputed: Disputed
) -> None:
    path = await disputed.path()
    page = await browser.read(path)
    assert "Dice El monto no es correcto" in page
    assert "aquí está el recibo" in page
    assert (await browser.send(f"{path}/assign", mine="true")).status_code == 303
    assert "Lo ve Lucía Ramos" in await browser.read(path)
    assert "Ana Flores" in await browser.read(f"{CASES}?mine=true")
    # looking at the file is written down
    answer = await browser.client.get(f"{path}/files/{disputed.file.id}/0")
    assert answer.headers["location"] == f"/desk/media/{disputed.file.id}/0"
    assert "visto por lucia" in await browser.read(path)
    # no reason, no result; then both
    sent = await browser.send(f"{path}/resolve", resolution="rejected", reason=" ")
    assert sent.status_code == 422
    sent = await browser.send(f"{path}/resolve", resolution="corrected", reason="Era otro saldo.")
    assert sent.status_code == 422
    sent = await browser.send(
        f"{path}/resolve", resolution="corrected", reason="Era otro saldo.", amount="90,50"
    )
    assert sent.status_code == 303
    page = await browser.read(path)
    assert "El saldo era otro" in page
    assert "Era otro saldo." in page
    async with core.db.transaction() as session:
        debt = await debts.lock_debt(session, disputed.debt.id)
        assert (debt.balance_minor, debt.status) == (9050, DebtStatus.OPEN)
    # who is late is told that somebody was faster
    sent = await browser.send(f"{path}/resolve", resolution="accepted", reason="otra vez")
    assert sent.status_code == 409
    assert "Ningún caso espera" in await browser.read(CASES)


async def test_the_card_leads_to_the_case(browser: Browser, disputed: Disputed) -> None:
    page = await browser.client.get(url_of(disputed.talk.id))
    assert await disputed.path() in page.text


async def test_a_case_is_shown_to_nobody_who_is_not_logged_in(
    browser: Browser, disputed: Disputed
) -> None:
    path = await disputed.path()
    browser.client.cookies.clear()
    for address in (CASES, path):
        assert (await browser.client.get(address)).status_code == 303


async def test_a_form_without_its_token_does_nothing(browser: Browser, disputed: Disputed) -> None:
    path = await disputed.path()
    sent = await browser.client.post(
        f"{path}/resolve", data={"resolution": "accepted", "reason": "sí"}
    )
    assert sent.status_code == 403
    assert (await disputed.line()).is_open


async def test_a_request_about_data_is_answered_by_who_may(
    browser: Browser, core: Acuerdo, disputed: Disputed
) -> None:
    await core.cases.opening.data_request(disputed.talk.id, "borren mis datos")
    page = await browser.read(f"{CASES}?kind=data_request&state=open")
    assert "Pedido sobre sus datos" in page
    assert "borren mis datos" in page
    (line,) = (await core.views.cases.page(CaseFilter(kind=CaseKind.DATA_REQUEST))).lines
    path = f"{CASES}/{line.id}"
    # an agent sees it, and is told whom to ask
    assert "los responde quien coordina el equipo" in await browser.read(path)
    sent = await browser.send(f"{path}/resolve", resolution="accepted", reason="Se borraron.")
    assert sent.status_code == 403
