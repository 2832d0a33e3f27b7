"""The file of a debtor is as `interfaces.md` says, key for key."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from acuerdo.agreements.offers import PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.conversations.models import Outcome
from acuerdo.platform.errors import NotFound
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason
from tests.clock import A_MONDAY
from tests.integration.portfolio.files import a_debt_row, a_debtor_row, a_portfolio
from tests.integration.world import World

# interfaces.md, `GET /api/v1/debtors/{external_id}`, and what was added since at the end of each
KEYS: dict[str, list[str]] = {
    "": [
        "external_id", "name", "country", "debts", "contact_points", "promises", "plans",
        "disputes", "payment_claims", "callbacks", "stops", "conversations", "attempts",
        "money_events",
    ],
    "debts": [
        "external_id", "creditor", "product", "currency", "balance", "overdue", "due_on", "status",
        "due",
        "surplus", "withheld",
    ],
    "contact_points": ["channel", "address", "state", "consent"],
    "promises": ["debt", "amount", "currency", "due_on", "state", "channel", "recorded_at", "left"],
    "plans": ["debt", "total", "currency", "instalments", "state"],
    "disputes": ["debt", "reason", "state"],
    "payment_claims": ["debt", "amount", "paid_on", "state"],
    "callbacks": ["at", "channel"],
    "stops": ["kind", "scope", "since"],
    "conversations": [
        "id", "channel", "owner", "verified", "outcome", "started_at", "messages",
    ],
    "attempts": [
        "channel", "at", "purpose", "allowed", "reason", "rule", "next_allowed_at", "result",
    ],
    "money_events": [
        "debt", "kind", "source", "amount", "currency", "at", "paid_at", "recorded_at",
    ],
}  # fmt: skip


async def a_full_file(world: World) -> dict[str, Any]:
    """The file of somebody to whom everything has happened on a Monday."""
    world.clock.move_to(A_MONDAY)
    debts = [a_debt_row(), a_debt_row(id="d-1-b", product="gas"), a_debt_row(id="d-1-c")]
    await world.portfolio.take_over(a_portfolio(a_debtor_row(debts=debts)))
    conversation_id = await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    await world.verify(conversation_id)
    party = await world.identity.party(conversation_id)
    promised, planned, disputed = await world.debts.statement(party)
    terms = PromiseTerms(Money.of("100", "PEN"), promised.today + timedelta(days=4))
    proposal = await world.agreements.propose_promise(party, promised, terms, words="pago")
    assert isinstance(proposal, PromiseProposal)
    await world.agreements.accept(party, proposal.id)
    option, *_ = await world.agreements.propose_plans(party, planned, PlanWish(), words="plan")
    await world.agreements.accept(party, option.id)
    await world.cases.opening.dispute(party, disputed.id, DisputeReason.NOT_MINE, "no es mía")
    await world.cases.opening.payment_claim(
        party,
        promised,
        amount=Money.of("20.5", "PEN"),
        paid_on=date(2026, 11, 20),
        has_proof=False,
        words="ya pagué",
    )
    await world.callbacks.schedule(conversation_id, "2026-11-24T15:30")
    await world.opt_outs.opt_out(conversation_id, "no me escriban más")
    return await world.debtor_files.as_json("d-1")


async def test_the_file_has_the_keys_that_others_rely_on(world: World) -> None:
    file = await a_full_file(world)
    assert list(file) == KEYS[""]
    for name, keys in KEYS.items():
        if name:
            assert file[name], f"nothing under {name}"
            for each in file[name]:
                assert list(each) == keys, name
    (plan,) = file["plans"]
    assert [list(part) for part in plan["instalments"]] == [["due_on", "amount", "left"]] * 2
    (talk,) = file["conversations"]
    assert all(list(each) == ["direction", "text", "at", "author"] for each in talk["messages"])
    assert json.loads(json.dumps(file)) == file


async def test_the_file_says_what_happened(world: World) -> None:
    file = await a_full_file(world)
    debt, promise = file["debts"][0], file["promises"][0]
    assert (debt["balance"], debt["due_on"], debt["status"]) == ("320.50", "2026-10-15", "open")
    assert (promise["debt"], promise["amount"], promise["due_on"], promise["state"]) == (
        "d-1-a",
        "100.00",
        "2026-11-27",
        "open",
    )
    assert file["payment_claims"] == [
        {"debt": "d-1-a", "amount": "20.50", "paid_on": "2026-11-20", "state": "open"}
    ]
    assert file["callbacks"] == [{"at": "2026-11-24T20:30:00+00:00", "channel": "whatsapp"}]
    assert {(stop["kind"], stop["scope"]) for stop in file["stops"]} == {
        ("opt_out", "whatsapp:+51987654321"),
        ("dispute", "debt:d-1-c"),
        ("payment_claim", "debt:d-1-a"),
    }
    (talk,) = file["conversations"]
    assert (talk["owner"], talk["verified"], talk["outcome"]) == ("bot", True, Outcome.OPT_OUT)
    assert [message["author"] for message in talk["messages"]] == ["debtor", "bot"]
    (attempt,) = file["attempts"]
    assert (attempt["allowed"], attempt["rule"], attempt["purpose"]) == (
        True,
        "house:reply",
        "reply",
    )


async def test_a_debtor_nobody_knows_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await world.debtor_files.as_json("nobody")
