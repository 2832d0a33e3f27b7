"""Terms of a proposal as JSON: what was read back, in minor units and ISO dates. Pure."""

from datetime import date
from typing import Any

from acuerdo.agreements.offers import PlanTerms, PromiseTerms
from acuerdo.values.money import Money


def write_promise(terms: PromiseTerms) -> dict[str, Any]:
    """The JSON of a promise or settlement."""
    return {
        "amount_minor": terms.amount.minor,
        "currency": terms.amount.currency,
        "due_on": terms.due_on.isoformat(),
        "settles": terms.settles,
    }


def read_promise(terms: dict[str, Any]) -> PromiseTerms:
    """A promise or settlement from its JSON."""
    return PromiseTerms(
        Money(terms["amount_minor"], terms["currency"]),
        date.fromisoformat(terms["due_on"]),
        terms["settles"],
    )


def write_plan(plan: PlanTerms) -> dict[str, Any]:
    """The JSON of a plan."""
    return {
        "frequency": plan.frequency,
        "currency": plan.total.currency,
        "instalments": [
            {"due_on": day.isoformat(), "amount_minor": amount.minor}
            for day, amount in plan.instalments
        ],
    }


def read_plan(terms: dict[str, Any]) -> PlanTerms:
    """A plan from its JSON."""
    return PlanTerms(
        terms["frequency"],
        tuple(
            (date.fromisoformat(part["due_on"]), Money(part["amount_minor"], terms["currency"]))
            for part in terms["instalments"]
        ),
    )
