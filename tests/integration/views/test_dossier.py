"""One debtor's file: all of a period, nothing of anybody else, and a trace of having been made."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest

from acuerdo.audit.models import Decision
from acuerdo.conversations.models import Outcome
from acuerdo.platform.errors import NotFound, PeriodBackwards
from acuerdo.values.channels import Channel
from acuerdo.views.dossier.export import to_csv, to_pdf
from acuerdo.views.dossier.sections import Dossier, Section
from acuerdo.views.dossier.service import Dossiers
from quality.people import in_days, today
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_debtor,
    a_message,
    saved,
)
from tests.clock import NOW
from tests.integration.story import a_story
from tests.integration.world import World

LIMA = ZoneInfo("America/Lima")


@pytest.fixture
def dossiers(world: World) -> Dossiers:
    return world.core.views.dossiers


def details(dossier: Dossier, section: Section) -> list[str]:
    """What one section says."""
    return [line.detail for line in dossier.lines if line.section is section]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_it_tells_everything_of_one_person(world: World, dossiers: Dossiers) -> None:
    # given a debtor with a story, and another of whom nothing may be told
    ana = await a_story(world)
    other = a_debtor(name="Bruno Díaz")
    point = a_contact_point(other)
    talk = a_conversation(point)
    await saved(world.db, other, point, talk, a_message(talk, "soy otro"))
    # when the file is made
    dossier = await dossiers.of(ana.debtor.external_id, by="autoridad")
    # then each section has what there is
    assert details(dossier, Section.PERSON)[:2] == [
        "Nombre: Ana Flores",
        "Documento terminado en 1234",
    ]
    assert "Luz Norte" in details(dossier, Section.DEBTS)[0]
    assert details(dossier, Section.CONTACT_POINTS) == ["+51987654321"]
    assert details(dossier, Section.MESSAGES)[0] == "Recibido: hola"
    assert details(dossier, Section.MESSAGES)[1].startswith("Enviado (asistente): Hola")
    assert f"Promesa: S/ 100.00 para el {in_days(3)}" in details(dossier, Section.AGREEMENTS)[0]
    assert "«100 el jueves»" in details(dossier, Section.AGREEMENTS)[0]
    assert len(details(dossier, Section.AGREEMENTS)) == 5
    assert details(dossier, Section.PAYMENTS)[0].startswith("Pago de S/ 50.00")
    assert "El monto no es correcto" in details(dossier, Section.CASES)[0]
    assert "disputa en revisión" in details(dossier, Section.STOPS)[0]
    decided = details(dossier, Section.DECISIONS)
    assert f"Oferta, para el {in_days(3)}, S/ 100.00" in decided
    assert not any("minor" in said or "{" in said for said in decided)
    (attempt, *_) = [line for line in dossier.lines if line.section is Section.ATTEMPTS]
    assert (attempt.result, attempt.channel) == ("Permitido", Channel.WHATSAPP)
    assert attempt.rule
    # and nothing of the other
    everything = to_csv(dossier).decode()
    assert "Bruno" not in everything
    assert "soy otro" not in everything
    assert point.address not in everything


async def test_it_tells_consent_with_its_proof_and_what_was_asked(
    world: World, dossiers: Dossiers
) -> None:
    # given somebody who preferred the afternoon, asked for their data, and then wanted silence
    ana = await a_story(world)
    conversation_id = await world.someone_writes("mejor en la tarde")
    await world.preferences.prefer(conversation_id, "mejor en la tarde")
    await world.cases.opening.data_request(conversation_id, "borren mis datos")
    await world.someone_writes("BAJA")
    # then the file tells all of it, in their words
    dossier = await dossiers.of(ana.debtor.external_id, by="autoridad")
    (consent,) = details(dossier, Section.CONSENTS)
    assert consent.startswith("Retiró su consentimiento para este medio")
    assert "«BAJA»" in consent
    preference, asked = details(dossier, Section.REQUESTS)
    assert "entre las 12:00 y las 19:00" in preference
    assert asked == "Borrar sus datos. Palabras: «borren mis datos»"
    assert any("Pidió no ser contactado" in each for each in details(dossier, Section.STOPS))


async def test_a_period_is_local_days_with_both_ends(world: World, dossiers: Dossiers) -> None:
    # given what was said at a certain day in Lima
    ana = await a_story(world)
    reference = ana.debtor.external_id
    # then the day itself holds it and its neighbours do not
    on_the_day = await dossiers.of(reference, since=today(), until=today(), by="erp")
    assert details(on_the_day, Section.MESSAGES)
    before = await dossiers.of(reference, until=in_days(-1), by="erp")
    after = await dossiers.of(reference, since=in_days(1), by="erp")
    for dossier in (before, after):
        for section in (Section.MESSAGES, Section.ATTEMPTS, Section.AGREEMENTS, Section.PAYMENTS):
            assert details(dossier, section) == []
        assert details(dossier, Section.PERSON)
    with pytest.raises(PeriodBackwards):
        await dossiers.of(reference, since=in_days(1), until=today(), by="erp")


async def test_making_it_is_a_decision_of_its_own(world: World, dossiers: Dossiers) -> None:
    ana = await a_story(world)
    dossier = await dossiers.of(ana.debtor.external_id, since=in_days(-22), by="autoridad")
    (made,) = await world.rows(Decision, Decision.kind == "export")
    assert made.debtor_id == ana.debtor.id
    assert made.facts == {
        "by": "autoridad",
        "since": str(in_days(-22)),
        "until": None,
        "lines": len(dossier.lines),
    }
    # and the next file tells it
    again = await dossiers.of(ana.debtor.external_id, by="autoridad")
    assert any("Entrega de este expediente" in each for each in details(again, Section.DECISIONS))


async def test_the_words_of_somebody_else_stay_out(world: World, dossiers: Dossiers) -> None:
    # given a conversation in which it turned out that somebody else has the telephone
    ana = await a_story(world)
    talk = a_conversation(
        a_contact_point(ana.debtor), outcome=Outcome.WRONG_PERSON, closed_at=world.clock.now()
    )
    talk.contact_point_id = ana.point.id
    talk.owner = talk.owner.NOBODY
    await saved(world.db, talk, a_message(talk, "soy Carla y vivo en Surco"))
    # then that it happened is told, and not what they said
    dossier = await dossiers.of(ana.debtor.external_id, by="autoridad")
    assert "Carla" not in to_csv(dossier).decode()
    assert any("palabras de otra persona" in each for each in details(dossier, Section.MESSAGES))


@pytest.mark.parametrize("nobody", ["nobody", "\x00"])
async def test_of_nobody_there_is_no_file(dossiers: Dossiers, nobody: str) -> None:
    with pytest.raises(NotFound):
        await dossiers.of(nobody, by="autoridad")


async def test_the_csv_is_one_line_for_each_fact_with_local_times(
    world: World, dossiers: Dossiers
) -> None:
    ana = await a_story(world)
    dossier = await dossiers.of(ana.debtor.external_id, by="autoridad")
    rows = rows_of(to_csv(dossier))
    assert list(rows[0]) == ["Sección", "Fecha y hora", "Canal", "Detalle", "Resultado", "Norma"]
    messages = [row for row in rows if row["Sección"] == "Mensajes"]
    assert messages[0]["Fecha y hora"] == f"{NOW.astimezone(LIMA):%Y-%m-%d %H:%M:%S} -05:00"
    assert messages[0]["Canal"] == "WhatsApp"
    assert messages[-2]["Detalle"] == "Recibido: gracias 👍"
    assert any(dossier.head in row["Detalle"] for row in rows)
    # a cell can be no formula, whatever a person wrote
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


async def test_the_pdf_is_one_whatever_people_write(world: World, dossiers: Dossiers) -> None:
    # given words no letter of the PDF has, words without end, and many of them
    ana = await a_story(world)
    talk = a_conversation(ana.point, outcome=Outcome.NO_OUTCOME, closed_at=world.clock.now())
    talk.owner = talk.owner.NOBODY
    words = [
        "👍🏽 שלום \u202e\ufeff\x07",
        "W" * 4000,
        "\n" * 300,
        "línea\n\n\notra — “así” 20 €",
        "palabra " * 500,
    ]
    messages = [a_message(talk, each) for each in words * 8]
    await saved(world.db, talk, *messages)
    dossier = await dossiers.of(ana.debtor.external_id, by="autoridad")
    # when it is written
    written = to_pdf(dossier)
    # then it is a PDF of several pages, the same each time
    assert written.startswith(b"%PDF-")
    assert written.count(b"/Type /Page\n") > 3
    assert to_pdf(dossier) == written
