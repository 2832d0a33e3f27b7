"""All personas with one running product, at the same time."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import httpx

from acuerdo.values.countries import country as habits_of
from acuerdo.values.dates import local_date
from quality.bench.product import API_KEY, Product
from quality.evaluation.debtors.persona import Persona, Voice, personas
from quality.evaluation.debtors.rules import Told, broken_in_file, broken_in_messages
from quality.evaluation.debtors.talk import Talk

SEED: Final = 20261122
# A Tuesday morning everywhere, so that the same seed gives the same talk on any day.
CLOCK_START: Final = "2026-11-24T15:00:00+00:00"
_AT_ONCE: Final = 6
# Numbers that are given to nobody.
_NUMBERS: Final = {
    "MX": "+5255000{:05}", "CO": "+573000{:06}", "PE": "+51900{:06}", "CL": "+56900{:06}",
    "AR": "+54110{:07}", "EC": "+59390{:07}",
}  # fmt: skip


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
    product = Product(ACUERDO_CLOCK_START=CLOCK_START)
    try:
        product.start()
        with (
            httpx.Client(base_url=f"{product.url}/simulator/control", timeout=70) as control,
            httpx.Client(
                base_url=f"{product.url}/api/v1",
                headers={"Authorization": f"Bearer {API_KEY}"},
                timeout=30,
            ) as api,
            ThreadPoolExecutor(_AT_ONCE) as pool,
        ):
            numbered = enumerate(chosen, start=1)
            return list(pool.map(lambda one: _talk(control, api, one[1], one[0], seed), numbered))
    finally:
        product.stop(keep_logs=False)


def _talk(
    control: httpx.Client, api: httpx.Client, persona: Persona, number: int, seed: int
) -> Talked:
    today = local_date(datetime.fromisoformat(CLOCK_START), habits_of(persona.country).timezone)
    address = _NUMBERS[persona.country].format(number)
    last4 = f"{4000 + number}"
    api.post("/portfolio", json=_portfolio(persona, address, last4, today)).raise_for_status()
    talk = Talk(persona, Voice(persona, seed), address, last4, control)
    talk.hold()
    control.post("/settle")
    file = api.get(f"/debtors/persona-{persona.id}").raise_for_status().json()
    conversations = file["conversations"]
    return Talked(
        persona=persona,
        lines=tuple(talk.lines),
        told=tuple(talk.told),
        turns=talk.turns,
        outcome=conversations[-1]["outcome"] if conversations else "none",
        broken=(*broken_in_messages(persona, talk.told), *broken_in_file(persona, file, today)),
        missing=tuple(_missing(persona, file)),
    )


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


def _portfolio(persona: Persona, address: str, last4: str, today: date) -> dict[str, Any]:
    habits = habits_of(persona.country)
    creditors = {each["creditor"]: f"pc-{persona.id}-{n}" for n, each in enumerate(persona.debts)}
    return {
        "creditors": [
            {
                "id": external_id,
                "name": name,
                "agency": "Gestiones del Sur",
                "country": persona.country,
                "currency": habits.currency,
                "timezone": habits.timezone,
                "payment_methods": f"Transferencia a la cuenta 191-000 de {name}.",
                "complaints": "Puede dejar su reclamo en la oficina del acreedor.",
                "policy": persona.policy,
            }
            for name, external_id in creditors.items()
        ],
        "debtors": [
            {
                "id": f"persona-{persona.id}",
                "name": persona.name,
                "document": f"4567{last4}",
                "birth_date": "1990-03-02",
                "country": persona.country,
                "timezone": habits.timezone,
                "contacts": [{"channel": "whatsapp", "address": address, "consent": True}],
                "debts": [
                    {
                        "id": f"pd-{persona.id}-{n}",
                        "creditor": creditors[each["creditor"]],
                        "product": each["product"],
                        "currency": habits.currency,
                        "balance": each["balance"],
                        "overdue": each["overdue"],
                        "interest": "0",
                        "fees": "0",
                        "due_on": (today - timedelta(days=each.get("days_late", 40))).isoformat(),
                    }
                    for n, each in enumerate(persona.debts)
                ],
            }
        ],
    }
