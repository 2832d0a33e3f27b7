"""What bad things get: repeated and forged callbacks, an engine that is slow or down."""

import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from quality.caller import Caller
from quality.patience import eventually
from quality.product import Product
from simulator.telephone.vocabulary import faults
from tests.journeys.people import Someone
from tests.journeys.voice.conftest import Calling, proves


@pytest.fixture
def repeated(product: Product) -> Iterator[None]:
    """Every webhook comes three times at once."""
    product.control.patch("/faults", json={"webhook_copies": 3}).raise_for_status()
    yield
    product.control.patch("/faults", json={"webhook_copies": 1}).raise_for_status()


def test_repeated_callbacks_are_one(someone: Someone, repeated: None) -> None:
    ana = someone()
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático")
    proves(ana, call)
    call.says("pago cien soles el viernes", "¿Lo confirmo?")
    call.presses("1", "anoté su compromiso")
    call.presses("2", "muy bien")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    assert ana.ledger.checks() == [True, True]
    heard = [m for m in ana.ledger.messages() if m["direction"] == "in"]
    assert len(heard) == 5


def test_an_old_request_again_gets_its_old_answer(calling: Calling) -> None:
    ana, call = calling()
    call.presses("1", "últimos cuatro")
    call.presses(ana.last4, "quedó confirmado")
    first, second, third = call.documents()[-3:]
    again = ana.product.control.post(f"/calls/{call.sid}/replays", json={"url": second["url"]})
    assert again.json()["body"] == second["body"]
    assert first["body"] != second["body"] != third["body"]
    assert ana.ledger.checks() == [True]


@pytest.mark.parametrize(
    "path",
    [
        "/voice/inbound",
        "/voice/calls/{id}/turn?n=1",
        "/voice/calls/{id}/status",
        "/voice/calls/{id}/amd",
        "/voice/calls/{id}/answered",
        "/voice/calls/{id}/transfer",
        "/voice/calls/inbound/status",
    ],
)
def test_a_forged_callback_is_refused(calling: Calling, path: str) -> None:
    ana, call = calling()
    action = call.documents()[0]["body"].split('action="')[1].split('"')[0]
    call_id = urlsplit(action).path.split("/")[3]
    form = {"CallSid": call.sid, "From": ana.number, "Digits": "1", "CallStatus": "completed"}
    for signature in (None, "bm90IGEgc2lnbmF0dXJl"):
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        answer = httpx.post(ana.product.url + path.format(id=call_id), data=form, headers=headers)
        assert answer.status_code == 403
    assert not call.is_over
    call.presses("1", "últimos cuatro")


def test_an_unknown_call_is_not_found(product: Product) -> None:
    stray = product.control.post(
        "/calls/none/replays",
        json={"url": "/voice/calls/00000000-0000-4000-8000-000000000000/turn?n=1"},
    )
    assert stray.json()["status"] == 404


def test_a_slow_engine_is_bridged_with_a_filler(calling: Calling, product: Product) -> None:
    ana, call = calling(proven=True)
    product.signal("engine", signal.SIGSTOP)
    try:
        call.acts("say", text="pago cien soles el viernes", wait=False)
        eventually(lambda: "Un momento" in call.everything(), "a filler was said", seconds=10)
    finally:
        product.signal("engine", signal.SIGCONT)
    eventually(lambda: "¿Lo confirmo?" in call.everything(), "the answer came after it")
    call.never_heard("application error")
    call.presses("1", "anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    assert max(each["took_ms"] for each in call.documents()) < 15_000


def test_an_engine_that_is_down_ends_with_an_apology_and_a_callback(
    calling: Calling, product: Product
) -> None:
    ana, call = calling(proven=True)
    product.signal("engine", signal.SIGSTOP)
    try:
        call.acts("say", text="cuánto debo", wait=False)
        eventually(lambda: call.now()["status"] == "completed", "the call ended", seconds=40)
    finally:
        product.signal("engine", signal.SIGCONT)
    assert "falla técnica" in call.everything()
    assert "application error" not in call.everything()
    assert max(each["took_ms"] for each in call.documents()) < 15_000
    ana.ledger.waits_for_a_person("engine_failed")
    assert len(ana.ledger.file()["callbacks"]) == 1


def test_every_document_of_every_call_is_one_that_twilio_carries_out(
    product: Product,
) -> None:
    calls = product.control.get("/calls").json()
    documents = [
        document
        for call in calls
        for document in product.control.get(f"/calls/{call['sid']}/documents").json()
    ]
    assert len(documents) > 20
    wrong = {each["url"]: each["faults"] or faults(each["body"]) for each in documents}
    assert {url: found for url, found in wrong.items() if found} == {}
