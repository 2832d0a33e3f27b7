"""What a debtor says, turn by turn, and by which words the right answer is known."""

from dataclasses import dataclass
from typing import Final

from quality.bench.crowd import pays
from quality.people import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a person: words, or the title of a button under our last message.

    `{last_four}` and `{pays}` stand for the person's own. `hears` is a part of the answer.
    """

    says: str
    hears: str
    presses: bool = False

    def words_of(self, person: Person) -> str:
        """Give the words as this person writes them."""
        return self.says.format(last_four=person.last4, pays=pays(person))


Talk = tuple[Step, ...]

_PROOF: Final = (
    Step("hola", "¿Hablo con Ana"),
    Step("Sí, soy yo", "últimos 4", presses=True),
    Step("{last_four}", "quedó confirmado"),
)
# With buttons, corrections, and questions in the middle of a form.
PROMISE: Final[Talk] = (
    *_PROOF,
    Step("cuánto debo?", "préstamo personal"),
    Step("y de qué es esa deuda?", "préstamo personal"),
    Step("puedo pagar {pays} el viernes", "viernes"),
    Step("eres un robot?", "automático"),
    Step("no, mejor el lunes", "lunes"),
    Step("Sí, confirmo", "Anoté su compromiso", presses=True),
    Step("dónde puedo pagar?", "191-000"),
    Step("muchas gracias", ""),
)
RESCHEDULED: Final[Talk] = (
    *_PROOF,
    Step("Elegir fecha", "¿Qué monto", presses=True),
    Step("{pays}", "¿Qué día"),
    Step("mañana", "¿Lo confirmo?"),
    Step("sí", "Anoté su compromiso"),
    Step("quiero cambiar la fecha de mi promesa", "fecha"),
    Step("el lunes", "lunes"),
    Step("Sí, confirmo", "Cambié su compromiso", presses=True),
    Step("gracias", ""),
)
PLAN: Final[Talk] = (
    *_PROOF,
    Step("Ver mi saldo", "préstamo personal", presses=True),
    Step("puedo pagar en partes?", "¿Cuál le acomoda?"),
    Step("la segunda", "¿Lo confirmo?"),
    Step("qué pasa si no pago?", "intereses"),
    Step("Sí, confirmo", "Quedó su plan", presses=True),
    Step("gracias", ""),
)
TALKS: Final = (PROMISE, RESCHEDULED, PLAN)

# One conversation that goes on and on: around its turn 5 and its turn 200 it asks the same.
EARLY: Final = range(4, 7)
LATE: Final = range(199, 202)
_QUESTION: Final = Step("cuánto debo?", "préstamo personal")
_IN_BETWEEN: Final = (
    Step("y de qué es esa deuda?", "préstamo personal"),
    Step("puedo pagar {pays} el viernes", "viernes"),
    Step("eres un robot?", "automático"),
    Step("no, mejor el lunes", "lunes"),
    Step("cancelar", ""),
    Step("dónde puedo pagar?", "191-000"),
    Step("cuándo vence?", ""),
    Step("gracias", ""),
)


def endless(turn: int) -> Step:
    """The message of a turn, counted from 1."""
    if turn <= len(_PROOF):
        return _PROOF[turn - 1]
    if turn in EARLY or turn in LATE:
        return _QUESTION
    return _IN_BETWEEN[(turn - EARLY.stop) % len(_IN_BETWEEN)]
