"""Calls that we make: after the gate, harmless to whoever picks up, silent to machines."""

from typing import Any
from uuid import UUID

import pytest

from quality.caller import Caller
from quality.patience import eventually
from tests.journeys.desk import Agent
from tests.journeys.people import Debtor, Someone
from tests.journeys.wording import TELLING


def _point(debtor: Debtor) -> UUID:
    (row,) = debtor.product.rows(
        "select p.id from contact_point p join debtor d on d.id = p.debtor_id"
        " where d.external_id = %s and p.channel = 'voice'",
        debtor.row["id"],
    )
    found: UUID = row["id"]
    return found


def _call(debtor: Debtor) -> dict[str, Any]:
    rows = debtor.product.rows(
        "select k.* from call k join conversation c on c.id = k.conversation_id"
        " join contact_point p on p.id = c.contact_point_id"
        " join debtor d on d.id = p.debtor_id where d.external_id = %s order by k.started_at",
        debtor.row["id"],
    )
    return rows[-1]


def _answers(debtor: Debtor, how: str) -> None:
    body = {"address": debtor.number, "answers": how}
    debtor.product.control.put("/telephones", json=body).raise_for_status()


@pytest.mark.parametrize("country", ["MX", "CO", "PE", "AR"])
def test_a_promise_in_a_call_of_ours(someone: Someone, agent: Agent, country: str) -> None:
    debtor = someone(country=country, channel="voice")
    assert agent.calls(_point(debtor)).status_code == 200
    call = Caller(debtor.product, debtor.number).rings()
    call.picks_up("buenos días")
    call.never_heard("Ana Flores", "Gestiones", *TELLING)
    call.says("¿aló?", "asistente automático", "grabada", "¿Hablo con Ana")
    call.presses("1", "últimos cuatro")
    call.presses(debtor.last4, "quedó confirmado")
    call.says("le pago todo lo atrasado el viernes", "¿Lo confirmo?")
    call.presses("1", "anoté su compromiso")
    call.presses("2", "muy bien")
    assert call.is_over
    assert len(debtor.ledger.promises()) == 1
    (attempt,) = debtor.ledger.file()["attempts"]
    assert (attempt["channel"], attempt["allowed"]) == ("voice", True)
    eventually(lambda: _call(debtor)["state"] == "ended", "the news of the end came")
    made = _call(debtor)
    assert (made["direction"], made["result"], made["answered_by"]) == (
        "outbound",
        "completed",
        "human",
    )
    row = debtor.product.rows("select * from attempt where message_id = %s", made["id"])
    assert len(row) == 1


def test_chile_is_called_only_from_a_number_the_law_knows(someone: Someone, agent: Agent) -> None:
    debtor = someone(country="CL", channel="voice")
    agent.calls(_point(debtor)).raise_for_status()
    call = Caller(debtor.product, debtor.number).rings()
    assert call.now()["from"].startswith("+56600")
    call.picks_up("buenos días")
    call.hangs_up()


def test_a_machine_hears_nothing(someone: Someone, agent: Agent) -> None:
    debtor = someone(channel="voice")
    _answers(debtor, "machine")
    agent.calls(_point(debtor)).raise_for_status()
    eventually(lambda: _call(debtor)["state"] == "ended", "the call ended")
    made = _call(debtor)
    assert (made["result"], made["answered_by"]) == ("voicemail", "machine_start")
    (heard,) = debtor.product.control.get("/calls", params={"person": debtor.number}).json()
    said = " ".join(each["text"] for each in heard["heard"])
    assert said in ("", "Hola, buenos días.")
    (attempt,) = debtor.ledger.file()["attempts"]
    assert attempt["allowed"]


@pytest.mark.parametrize("how", ["busy", "no-answer", "failed"])
def test_a_call_that_reaches_nobody_has_its_result_and_is_tried_again(
    someone: Someone, agent: Agent, how: str
) -> None:
    debtor = someone(channel="voice")
    _answers(debtor, how)
    agent.calls(_point(debtor)).raise_for_status()
    eventually(lambda: _call(debtor)["state"] == "ended", "the call ended")
    assert _call(debtor)["result"] == how.replace("-", "_")
    (attempt,) = debtor.ledger.file()["attempts"]
    assert (attempt["allowed"], attempt["result"]) == (True, how.replace("-", "_"))
    waiting = debtor.product.rows(
        "select * from procrastinate_jobs where task_name = 'calls.dial_again'"
        " and args ->> 'call_id' = %s and status = 'todo' and scheduled_at > now()",
        str(_call(debtor)["id"]),
    )
    assert len(waiting) == 1
    assert (
        len(
            debtor.product.rows(
                "select * from attempt where message_id = %s and allowed", _call(debtor)["id"]
            )
        )
        == 1
    )


def test_nobody_is_called_who_asked_not_to_be(someone: Someone, agent: Agent) -> None:
    debtor = someone(channel="voice")
    call = Caller(debtor.product, debtor.number)
    call.dials("asistente automático")
    call.says("no me vuelvan a llamar", "no volveremos a llamarle")
    refused = agent.calls(_point(debtor))
    assert refused.status_code == 409
    assert "pidió no ser contactada" in refused.text
    (attempt,) = debtor.ledger.file()["attempts"]
    assert (attempt["allowed"], attempt["reason"]) == (False, "opted_out")


def test_hanging_up_on_the_greeting(someone: Someone, agent: Agent) -> None:
    debtor = someone(channel="voice")
    agent.calls(_point(debtor)).raise_for_status()
    call = Caller(debtor.product, debtor.number).rings()
    call.picks_up("buenos días")
    call.hangs_up()
    eventually(lambda: _call(debtor)["result"] == "completed", "the call ended")
    assert debtor.ledger.outcome() == "no_outcome"


def test_somebody_else_picks_up(someone: Someone, agent: Agent) -> None:
    debtor = someone(channel="voice")
    agent.calls(_point(debtor)).raise_for_status()
    call = Caller(debtor.product, debtor.number).rings()
    call.picks_up("buenos días")
    call.says("¿quién habla?", "¿Hablo con Ana")
    call.says("no, ella no está, soy su mamá", "asunto personal", "¿Qué día y a qué hora")
    call.never_heard(*TELLING)
    call.presses("1", "las diez de la mañana")
    assert debtor.ledger.outcome() == "third_party"


def test_a_contact_that_another_system_asks_for_rings(someone: Someone) -> None:
    debtor = someone(channel="voice")
    wanted = {"debtor": debtor.row["id"], "channel": "voice", "purpose": "collection"}
    assert debtor.product.api.post("/contacts", json=wanted).status_code == 202
    call = Caller(debtor.product, debtor.number).rings()
    call.picks_up("buenos días")
    call.says("¿aló?", "¿Hablo con Ana")
    call.hangs_up()
    (attempt,) = debtor.ledger.file()["attempts"]
    assert (attempt["channel"], attempt["allowed"]) == ("voice", True)
