"""From the assistant to a person: the whisper, the key, the desk, and what if nobody is there."""

from collections.abc import Iterator

import pytest

from quality.caller import Caller
from quality.patience import eventually
from quality.product import Product
from tests.journeys.desk import Agent
from tests.journeys.voice.conftest import Calling


@pytest.fixture
def phone(agent: Agent, product: Product) -> Iterator[Caller]:
    """The agent's softphone, open."""
    yield Caller(product, f"client:{agent.opens_phone()}")
    agent.closes_phone()


def test_an_agent_accepts_with_a_key_and_sees_what_was_said(
    calling: Calling, agent: Agent, phone: Caller
) -> None:
    ana, call = calling(proven=True)
    call.acts("press", digits="5", wait=False)
    phone.rings().picks_up(
        "Llama Ana Flores", "identidad confirmada", "trescientos veinte soles", "marque uno"
    )
    assert "Ana Flores" in agent.watches_calls()
    phone.acts("press", digits="1", wait=True)
    assert phone.now()["bridged_to"] == call.sid
    call.never_heard("identidad confirmada")
    talk = ana.ledger.conversation()
    assert (talk["owner"], talk["agent_id"] is not None) == ("agent", True)
    page = agent.sees(talk["id"])
    assert "La tiene usted" in page
    assert "quedó confirmado" in page
    phone.hangs_up()
    eventually(lambda: call.now()["status"] == "completed", "the caller was told goodbye")
    agent.closes(talk["id"], "promise")
    assert ana.ledger.outcome() == "promise"


def test_a_caller_hangs_up_on_the_agent(calling: Calling, agent: Agent, phone: Caller) -> None:
    ana, call = calling(proven=True)
    call.acts("press", digits="5", wait=False)
    phone.rings().picks_up("Llama Ana Flores")
    phone.presses("1")
    call.hangs_up()
    assert call.is_over
    # the agent still closes it with its outcome
    talk = ana.ledger.conversation()
    assert talk["owner"] == "agent"
    agent.closes(talk["id"], "callback")


def test_an_agent_who_does_not_press_the_key_leaves_it(calling: Calling, phone: Caller) -> None:
    ana, call = calling(proven=True)
    call.acts("press", digits="5", wait=False)
    phone.rings().picks_up("Llama Ana Flores")
    phone.acts("press", digits="9")
    assert phone.is_over
    eventually(lambda: call.now()["status"] == "completed", "the caller was told")
    assert "no hay nadie libre" in call.everything()
    (callback,) = ana.ledger.file()["callbacks"]
    assert callback["channel"] == "voice"
    ana.ledger.waits_for_a_person("asked_for_person")


def test_nobody_at_the_desk_means_a_callback(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("quiero hablar con una persona", "le comunico", "no hay nadie libre", "le llama")
    assert call.is_over
    assert len(ana.ledger.file()["callbacks"]) == 1
    ana.ledger.waits_for_a_person("asked_for_person")
    assert ana.ledger.outcome() == "callback"


def test_zero_always_asks_for_a_person(calling: Calling) -> None:
    ana, call = calling()
    call.presses("0", "no hay nadie libre")
    ana.ledger.waits_for_a_person("asked_for_person")


def test_harm_is_heard_first_and_goes_to_a_person(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("ya no quiero vivir", "su vida vale más", "uno, uno, tres")
    ana.ledger.waits_for_a_person("harm")


def test_an_unknown_caller_is_whispered_as_one(
    calling: Calling, agent: Agent, phone: Caller
) -> None:
    _, call = calling()
    call.acts("press", digits="0", wait=False)
    phone.rings().picks_up("Llama Ana Flores", "no ha confirmado su identidad")
    phone.acts("hang_up")
