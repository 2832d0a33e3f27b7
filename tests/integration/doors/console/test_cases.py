"""The pages of cases: listed, filtered, assigned, seen, resolved; by agents and managers."""

import pytest

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.bootstrap import Acuerdo
from acuerdo.cases.kinds import CaseKind
from acuerdo.debts import repository as debts
from acuerdo.debts.models import DebtStatus
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.models import EventState
from acuerdo.external_events.ports import Webhook
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


class OwedAgain:
    """Ana paid too much, and her creditor asks for more; a payment came that names nobody."""

    def __init__(self, core: Acuerdo, disputed: Disputed) -> None:
        self.core, self.disputed = core, disputed

    async def begins(self) -> None:
        """Both are asked about."""
        now = self.core.outside.clock.now()
        async with self.core.db.transaction() as session:
            debt = await debts.lock_debt(session, self.disputed.debt.id)
            event_id = await self.core.payments.taking.bookkeeping.came(
                session, debt, 50000, source="gateway:x", source_id="p", at=now, paid_at=now
            )
            webhook = Webhook("payments.x", "evt-1", '{"name": "Ana Flores"}')
            stray = await external_events.add(
                session, webhook, now, state=EventState.UNREADABLE, reason="not_as_described"
            )
        assert event_id is not None
        assert stray is not None
        await self.core.cases.opening.money(MoneyQuestion.SURPLUS, event_id)
        await self.core.cases.opening.money(MoneyQuestion.UNREADABLE, stray)

    async def path(self, question: MoneyQuestion) -> str:
        """The page of the case that asks this."""
        lines = (await self.core.views.cases.page(CaseFilter(kind=CaseKind.MONEY))).lines
        (line,) = [each for each in lines if each.money and each.money.question is question]
        return f"{CASES}/{line.id}"


@pytest.fixture
async def money(core: Acuerdo, disputed: Disputed) -> OwedAgain:
    story = OwedAgain(core, disputed)
    await story.begins()
    return story


async def test_what_was_paid_too_much_is_listed_shown_and_given_back(
    browser: Browser, core: Acuerdo, money: OwedAgain
) -> None:
    page = await browser.read(f"{CASES}?kind=money&state=open")
    assert "Dinero por aclarar: pagó de más" in page
    assert "con S/ 179.50 a favor de la persona" in page
    path = await money.path(MoneyQuestion.SURPLUS)
    page = await browser.read(path)
    for words in ("A favor de la persona S/ 179.50", "Viene de la pasarela x", "Monto S/ 500.00"):
        assert words in page
    sent = await browser.send(f"{path}/resolve", resolution="accepted", reason="x", amount="180")
    assert sent.status_code == 422
    sent = await browser.send(
        f"{path}/resolve", resolution="accepted", reason="Transferido.", amount="179,50"
    )
    assert sent.status_code == 303
    page = await browser.read(path)
    assert "Se devolvió el dinero" in page
    card = (await browser.client.get(url_of(money.disputed.talk.id))).text
    assert "Devolución, una persona del equipo" in card
    assert "A favor de la persona" not in card


async def test_the_card_shows_what_is_hers_and_what_the_file_asks_for(
    browser: Browser, core: Acuerdo, money: OwedAgain
) -> None:
    async with core.db.transaction() as session:
        debt = await debts.lock_debt(session, money.disputed.debt.id)
        debt.withheld_minor = 1000
    page = await browser.read(url_of(money.disputed.talk.id))
    assert "A favor de la persona: S/ 179.50 que pagó de más" in page
    assert "el archivo pide S/ 10.00 más de lo que consta" in page
    assert "Dinero por aclarar" in page


async def test_what_nobody_could_read_is_shown_without_its_body(
    browser: Browser, money: OwedAgain
) -> None:
    path = await money.path(MoneyQuestion.UNREADABLE)
    page = await browser.read(path)
    assert "Persona desconocida" in page
    for words in ("Aviso evt-1", "No se entiende: no está escrito como la pasarela lo describe"):
        assert words in page
    assert "Ana Flores" not in page
    assert "Motivo, queda en el expediente" in page
    sent = await browser.send(f"{path}/resolve", resolution="rejected", reason="Era una prueba.")
    assert sent.status_code == 303
    assert "No se le escribe a nadie por este caso." in await browser.read(path)


async def test_a_debt_that_nobody_has_is_named_in_vain(
    browser: Browser, core: Acuerdo, money: OwedAgain
) -> None:
    path = await money.path(MoneyQuestion.UNREADABLE)
    await browser.read(path)
    for debt in ("nobody", "ana"):
        sent = await browser.send(f"{path}/resolve", resolution="accepted", reason="x", debt=debt)
        assert sent.status_code == 422
        assert "La deuda falta o no existe" in sent.text
    # an empty field is none
    sent = await browser.send(f"{path}/resolve", resolution="accepted", reason="x", debt=" ")
    assert sent.status_code == 303
