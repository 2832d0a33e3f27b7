"""The two journeys that are repeated: what a person does, step by step, waiting for each answer."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from quality import people
from quality.patience import DidNotHappen, eventually
from quality.phone import Channel, Heard, Phone
from tests.journeys.desk import Agent, DeskUnavailable
from tests.journeys.people import Debtor
from tests.soak.product import PAUSE_SECONDS, SoakProduct

# An engine that has to be loaded again and pauses between tries that grow: no longer than this.
PATIENCE_SECONDS: Final = 110.0
_LOOK_SECONDS: Final = 20.0
_BETWEEN_PIECES_SECONDS: Final = 0.4
AGENT_WRITES: Final = "Buenas tardes, soy Andrea. ¿En qué le puedo ayudar?"
DEBTOR_ANSWERS: Final = "quería saber si puedo pagar en la oficina"
AGENT_ENDS: Final = "Sí, en cualquier oficina. Lo dejo con el asistente."


class PatientPhone(Phone):
    """A phone whose owner waits as long as an outage may last."""

    patience_seconds = PATIENCE_SECONDS

    def awaits(self, seconds: float) -> Heard | None:
        """Look again and again: the simulator answers no question for so long."""
        with contextlib.suppress(DidNotHappen):
            return eventually(
                lambda: super(PatientPhone, self).awaits(_LOOK_SECONDS),
                f"an answer to {self.address}",
                seconds=seconds,
            )
        return None

    def says_in_pieces(self, *pieces: str, hears: str) -> Heard:
        """Write several messages, one right after the other, and read the one answer.

        WhatsApp's webhooks tell no order: the second is posted when the first one was taken.
        """
        for piece in pieces:
            time.sleep(_BETWEEN_PIECES_SECONDS)
            self.act("text", text=piece)
        return self.hears(hears)


class PatientAgent:
    """An agent who, where the desk did not answer, looks again and repeats what was not done."""

    def __init__(self, product: SoakProduct) -> None:
        self._product = product
        self._agent = Agent(product)

    def takes(self, conversation_id: object) -> None:
        """Hold a conversation."""
        self._until_done(
            lambda: self._agent.takes(conversation_id),
            lambda: self._of(conversation_id)["agent_id"] is not None,
        )

    def replies(self, conversation_id: object, text: str) -> None:
        """Write to the debtor."""
        self._until_done(
            lambda: self._agent.replies(conversation_id, text),
            lambda: bool(
                self._product.rows(
                    "select 1 from message where conversation_id = %s and author = 'agent'"
                    " and text = %s",
                    conversation_id,
                    text,
                )
            ),
        )

    def reads(self, conversation_id: object, text: str) -> None:
        """Wait until the desk shows what the debtor wrote."""
        eventually(
            lambda: text in (self._page(conversation_id) or ""),
            f"the desk shows: {text}",
            seconds=PATIENCE_SECONDS,
            pause_seconds=PAUSE_SECONDS,
        )

    def hands_back(self, conversation_id: object) -> None:
        """Give the conversation back to the assistant."""
        self._until_done(
            lambda: self._agent.hands_back(conversation_id),
            lambda: self._of(conversation_id)["owner"] == "bot",
        )

    def leaves(self) -> None:
        """Close the browser."""
        self._agent.leaves()

    def _of(self, conversation_id: object) -> dict[str, Any]:
        (row,) = self._product.rows("select * from conversation where id = %s", conversation_id)
        return row

    def _page(self, conversation_id: object) -> str | None:
        try:
            return self._agent.sees(conversation_id)
        except (httpx.TransportError, DeskUnavailable):
            return None

    def _until_done(self, act: Callable[[], None], is_done: Callable[[], bool]) -> None:
        def tried() -> bool:
            try:
                act()
            except (httpx.TransportError, DeskUnavailable):
                # whoever is cut off looks at the page before pressing again
                eventually(
                    self._product.is_ready,
                    "the desk answers",
                    seconds=PATIENCE_SECONDS,
                    pause_seconds=PAUSE_SECONDS,
                )
                return is_done()
            return True

        eventually(tried, "the desk did it", seconds=PATIENCE_SECONDS, pause_seconds=PAUSE_SECONDS)


@dataclass
class Run:
    """One journey of one debtor."""

    journey: str
    debtor: Debtor
    phone: PatientPhone
    agent: PatientAgent | None = None
    failed: str = field(default="")

    @property
    def external_id(self) -> str:
        """The debtor's id in the portfolio."""
        return str(self.debtor.row["id"])


def new_runs(
    product: SoakProduct, journeys: Sequence[str], channel: Channel, agent: PatientAgent
) -> list[Run]:
    """A debtor for each journey, who is in the portfolio and has not written yet."""
    invented = [people.invented() for _ in journeys]
    # one file for all of them: a file for each would take as long as their talks
    product.take_over(people.portfolio(invented))
    return [
        _new_run(Debtor(product, person), journey, channel, agent)
        for person, journey in zip(invented, journeys, strict=True)
    ]


def _new_run(debtor: Debtor, journey: str, channel: Channel, agent: PatientAgent) -> Run:
    phone = PatientPhone(debtor.product, debtor.number)
    if channel == "telegram":
        phone = PatientPhone(debtor.product, debtor.on_telegram().address, "telegram")
    return Run(journey, debtor, phone, agent)


def verified(run: Run) -> None:
    """From the first greeting to the proof of who they are."""
    phone = run.phone
    if phone.channel == "telegram":
        phone.act("contact", phone=run.debtor.number, own=True)
    else:
        phone.writes("hola")
    phone.hears("¿Hablo con")
    phone.says("sí, soy yo", "últimos 4")
    phone.says(run.debtor.last4, "quedó confirmado")


def promise(run: Run) -> None:
    """Hello, proof, balance, a promise in one sentence, yes."""
    verified(run)
    run.phone.says("cuánto debo", "320.50")
    run.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    run.phone.says("sí", "Anoté su compromiso")


def promise_in_pieces(run: Run) -> None:
    """The same by somebody who writes in pieces."""
    phone = run.phone
    phone.says_in_pieces("hola", "buenas tardes", hears="¿Hablo con")
    phone.says("sí, soy yo", "últimos 4")
    phone.says(run.debtor.last4, "quedó confirmado")
    phone.says_in_pieces("cuánto", "debo", hears="320.50")
    phone.says_in_pieces("pago 100", "el viernes", hears="¿Lo confirmo?")
    phone.says("sí", "Anoté su compromiso")


def handover(run: Run) -> None:
    """Proof, a person is wanted, they talk at the desk, the assistant goes on."""
    agent = run.agent
    assert agent is not None
    verified(run)
    run.phone.says("quiero hablar con una persona")
    conversation_id = _conversation_of(run)
    agent.takes(conversation_id)
    agent.replies(conversation_id, AGENT_WRITES)
    run.phone.hears(AGENT_WRITES)
    run.phone.writes(DEBTOR_ANSWERS)
    agent.reads(conversation_id, DEBTOR_ANSWERS)
    agent.replies(conversation_id, AGENT_ENDS)
    run.phone.hears(AGENT_ENDS)
    agent.hands_back(conversation_id)
    run.phone.hears()
    run.phone.says("cuánto debo", "320.50")


JOURNEYS: Final[dict[str, Callable[[Run], None]]] = {
    "promise": promise,
    "handover": handover,
    "promise in pieces": promise_in_pieces,
}


def carry_out(run: Run) -> None:
    """Do a journey to its end; what did not happen is kept in `failed`."""
    try:
        JOURNEYS[run.journey](run)
    except (AssertionError, httpx.HTTPError) as error:
        run.failed = f"{type(error).__name__}: {error}"


def _conversation_of(run: Run) -> object:
    product = run.debtor.product
    (row,) = product.rows(
        "select c.id from conversation c join debtor d on d.id = c.debtor_id"
        " where d.external_id = %s",
        run.external_id,
    )
    return row["id"]
