"""The manager's pages: what was tried, one debtor's file, requests about data, house limits."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from acuerdo.audit.models import Decision
from acuerdo.bootstrap import Acuerdo
from acuerdo.contact import repository as contacts
from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.models import Attempt, Purpose
from acuerdo.platform.db.session import Database
from acuerdo.values.channels import Channel
from quality.people import in_days, today
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_creditor,
    a_debt,
    a_debtor,
    a_message,
    saved,
)
from tests.clock import NOW, FixedClock, working_days
from tests.integration.doors.console.conftest import PASSWORD, url_of
from tests.integration.doors.console.pages import Browser

MANAGER = "/desk/manager"
DAY = timedelta(days=1)
LIMA = ZoneInfo("America/Lima")


class Case:
    """A debtor who wrote, with a conversation."""

    def __init__(self) -> None:
        self.creditor, self.debtor = a_creditor(), a_debtor(external_id="ana-1")
        self.debt = a_debt(self.debtor, self.creditor)
        self.point = a_contact_point(self.debtor)
        self.talk = a_conversation(self.point)


@pytest.fixture
async def case(db: Database) -> Case:
    case = Case()
    message = a_message(case.talk, "hola")
    await saved(db, case.creditor, case.debtor, case.debt, case.point, case.talk, message)
    return case


async def attempted(db: Database, case: Case, *, allowed: bool, rule: str, **more: object) -> None:
    """An attempt of the moment."""
    async with db.transaction() as session:
        await contacts.record_attempt(
            session,
            Attempt(
                contact_point_id=case.point.id,
                debtor_id=case.debtor.id,
                channel=Channel.WHATSAPP,
                purpose=Purpose.REMINDER,
                at=NOW,
                allowed=allowed,
                rule=rule,
                **more,
            ),
        )


@pytest.mark.parametrize("page", ["", "/file", "/data-cases", "/limits", "/file.csv?debtor=ana-1"])
async def test_an_agent_sees_none_of_it(browser: Browser, page: str) -> None:
    response = await browser.client.get(MANAGER + page)
    assert response.status_code == 403
    assert "Su usuario no puede hacer esto" in response.text
    assert "Supervisión" not in (await browser.read("/desk"))


async def test_nobody_logged_in_is_sent_to_the_login_page(browser: Browser) -> None:
    browser.client.cookies.clear()
    assert (await browser.client.get(MANAGER)).status_code == 303


async def test_contacts_and_refusals_are_told_by_reason_and_rule(
    managers_browser: Browser, db: Database, case: Case, clock: FixedClock
) -> None:
    # given what was tried today
    law = "Ley 29571, art. 62.b (pe.hours)"
    await attempted(db, case, allowed=True, rule=law)
    await attempted(
        db,
        case,
        allowed=False,
        rule=law,
        reason="outside_hours",
        next_allowed_at=clock.now(),
    )
    await attempted(db, case, allowed=False, rule="house:limits.day.pe", reason="day_cap")
    # then the page tells how often and by which norm, in the person's own time
    page = await managers_browser.read(MANAGER)
    assert "Permitidas 1 No permitidas 2" in page
    assert "Fuera del horario permitido Ley 29571, art. 62.b 1" in page
    assert "Ya hubo el máximo de contactos del día límites de la casa, por la gerencia 1" in page
    assert (
        f"{NOW.astimezone(LIMA):%Y-%m-%d %H:%M} -05:00 Ana Flores Recordatorio · WhatsApp" in page
    )
    # and another period holds none of it
    page = await managers_browser.read(f"{MANAGER}?since={in_days(-22)}&until={in_days(-1)}")
    assert "Permitidas 0 No permitidas 0" in page
    response = await managers_browser.client.get(
        f"{MANAGER}?since={in_days(-1)}&until={in_days(-22)}"
    )
    assert response.status_code == 422


async def test_one_debtors_file_is_opened_and_kept(
    managers_browser: Browser, db: Database, case: Case
) -> None:
    page = await managers_browser.read(f"{MANAGER}/file?debtor=ana-1&since=&until={today()}")
    assert "Nombre: Ana Flores" in page
    assert "Recibido: hola" in page
    client = managers_browser.client
    csv = await client.get(f"{MANAGER}/file.csv?debtor=ana-1&since=&until={today()}")
    assert (csv.status_code, csv.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    pdf = await client.get(f"{MANAGER}/file.pdf?debtor=ana-1")
    assert pdf.content.startswith(b"%PDF-")
    assert (await client.get(f"{MANAGER}/file.pdf?debtor=nobody")).status_code == 404
    assert (await client.get(f"{MANAGER}/file.exe?debtor=ana-1")).status_code == 422
    # and it is written down who did
    async with db.transaction() as session:
        asked = select(Decision).where(Decision.debtor_id == case.debtor.id)
        made = (await session.scalars(asked)).all()
    assert [each.facts["by"] for each in made] == ["desk:gabriel"] * 3


async def test_requests_about_data_are_cases_among_the_others(managers_browser: Browser) -> None:
    answer = await managers_browser.client.get(f"{MANAGER}/data-cases")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/cases?kind=data_request&state=open"


async def test_house_limits_are_set_and_every_change_is_told(
    managers_browser: Browser, core: Acuerdo, db: Database
) -> None:
    page = await managers_browser.read(f"{MANAGER}/limits?country=CO")
    assert "lunes a viernes 07:00–19:00; sábado 08:00–15:00 Ley 2300 de 2023, art. 3" in page
    assert "Nadie ha puesto límites todavía" in page
    sent = await managers_browser.client.post(
        f"{MANAGER}/limits/CO",
        data={
            "csrf_token": managers_browser._token,
            "weekdays": ["0", "1", "2"],
            "opens": "09:00",
            "closes": "18:00",
            "most_a_day": "",
            "most_a_week": "2",
            "gap_hours": "48",
        },
    )
    assert sent.status_code == 303
    assert await core.contact.house_limits.limits("CO") == CountryLimits(
        frozenset({0, 1, 2}), time(9), time(18), False, None, 2, 48
    )
    page = await managers_browser.read(f"{MANAGER}/limits?country=CO")
    assert (
        "lun mar mié, 09:00 a 18:00, no en feriados, 2 por semana, cada 48 h o más Gabriel Gerente"
        in page
    )


@pytest.mark.parametrize(
    ("country", "fields", "status"),
    [
        ("CO", {"weekdays": "0", "opens": "18:00", "closes": "09:00"}, 422),
        ("CO", {}, 422),
        ("CO", {"weekdays": "7"}, 422),
        ("CO", {"weekdays": "0", "most_a_day": "0"}, 422),
        ("CO", {"weekdays": "0", "opens": "nunca"}, 422),
        ("XX", {"weekdays": "0"}, 404),
    ],
)
async def test_limits_that_mean_nothing_are_refused(
    managers_browser: Browser,
    core: Acuerdo,
    country: str,
    fields: dict[str, str],
    status: int,
) -> None:
    await managers_browser.read(f"{MANAGER}/limits?country=CO")
    response = await managers_browser.send(f"{MANAGER}/limits/{country}", **fields)
    assert response.status_code == status
    assert await core.contact.house_limits.limits("CO") == CountryLimits()


async def test_limits_need_the_forms_token_and_a_manager(
    managers_browser: Browser, core: Acuerdo
) -> None:
    response = await managers_browser.client.post(f"{MANAGER}/limits/CO", data={"weekdays": "0"})
    assert response.status_code == 403
    assert (await core.views.reports.house_limits("CO")).changes == ()


async def test_the_card_tells_whether_and_when_and_by_which_rule(
    managers_browser: Browser, core: Acuerdo, case: Case, clock: FixedClock
) -> None:
    clock.move_to(working_days())
    await managers_browser.log_in("gabriel", PASSWORD)
    page = await managers_browser.read(url_of(case.talk.id))
    assert "Se le puede contactar ahora Norma: horario de la casa para mensajes" in page
    # when the person prefers another hour
    await core.conversations.preferences.prefer(case.talk.id, "por whatsapp después de las 6")
    page = await managers_browser.read(url_of(case.talk.id))
    assert "Prefiere: por WhatsApp, después de las 18:00" in page
    assert "No iniciar contacto: fuera del horario permitido Desde hoy, 18:00" in page
    assert "Norma: lo que la persona pidió" in page
    # and it still may be answered
    assert "Se le puede responder ahora" in page
