"""All personas with one running product, at the same time."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from quality.evaluation.debtors.persona import Persona, Voice, personas
from quality.evaluation.debtors.rules import Told, broken_in_file, broken_in_messages
from quality.evaluation.debtors.talk import Talk
from quality.people import Owes, Person, invented, today
from quality.phone import Phone
from quality.product import Product

SEED: Final = 20261122
_AT_ONCE: Final = 6
_DAYS_LATE: Final = 40


@dataclass(frozen=True)
class Talked:
    """How a persona's conversation ended."""

    persona: Persona
    lines: tuple[str, ...]
    told: tuple[Told, ...]
    turns: int
    outcome: str
    broken: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def ends_well(self) -> bool:
        """Whether the right outcome stands, all that should be recorded is, and no rule broke."""
        return self.outcome in self.persona.ends and not self.missing and not self.broken


def talk_with_all(seed: int = SEED, only: Sequence[str] = ()) -> list[Talked]:
    """Start a product, let every persona talk with it, stop it; `only` names some ids."""
    chosen = [each for each in personas() if not only or each.id in only]
    with Product() as product, ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda persona: _talk(product, persona, seed), chosen))


def _talk(product: Product, persona: Persona, seed: int) -> Talked:
    debtor = _debtor(persona)
    product.take_over(debtor.portfolio)
    talk = Talk(persona, Voice(persona, seed), Phone(product, debtor.number), debtor.last4)
    talk.hold()
    product.control.post("/settle")
    file = product.api.get(f"/debtors/{debtor.id}").raise_for_status().json()
    conversations = file["conversations"]
    broken = broken_in_file(persona, file, today(persona.country))
    return Talked(
        persona=persona,
        lines=tuple(talk.lines),
        told=tuple(talk.told),
        turns=talk.turns,
        outcome=conversations[-1]["outcome"] if conversations else "none",
        broken=(*broken_in_messages(persona, talk.told), *broken),
        missing=tuple(_missing(persona, file)),
    )


def _debtor(persona: Persona) -> Person:
    debts = [
        Owes(
            each["balance"],
            each["overdue"],
            each["product"],
            each["creditor"],
            days_late=each.get("days_late", _DAYS_LATE),
        )
        for each in persona.debts
    ]
    return invented(*debts, country=persona.country, name=persona.name, policy=persona.policy)


def _missing(persona: Persona, file: dict[str, Any]) -> list[str]:
    """What should stand in the file and does not, or does and should not."""
    open_promises = [each for each in file["promises"] if each["state"] == "open"]
    counted = {
        "promises": len(open_promises),
        "plans": len([each for each in file["plans"] if each["state"] == "active"]),
        "disputes": len(file["disputes"]),
        "claims": len(file["payment_claims"]),
        "callbacks": len(file["callbacks"]),
        "stops": len(file["stops"]),
    }
    wanted = {"promises": 0, "plans": 0, "disputes": 0, "claims": 0} | persona.records
    amount, weekday = wanted.pop("amount", None), wanted.pop("weekday", None)
    days = [date.fromisoformat(each["due_on"]).weekday() for each in open_promises]
    found = [
        f"{kind}: {counted[kind]}, not {n}" for kind, n in wanted.items() if counted[kind] != n
    ]
    if amount is not None and [each["amount"] for each in open_promises] != [amount]:
        found.append(f"amount: {[each['amount'] for each in open_promises]}, not {amount}")
    if weekday is not None and days != [weekday]:
        found.append(f"weekday: {days}, not {weekday}")
    return found
