"""A debtor's file as other systems read it: the keys of `interfaces.md`, and more. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from acuerdo.agreements.due import Due
from acuerdo.contact.models import ContactState
from acuerdo.views.debtor_file.debtor_file import (
    AddressRecord,
    AttemptRecord,
    ClaimRecord,
    ConversationRecord,
    DebtorFile,
    DebtRecord,
    MessageRecord,
    PlanRecord,
    PromiseRecord,
    StopRecord,
)
from acuerdo.views.debtor_file.due import due_in
from acuerdo.views.debtor_file.money import MoneyEventRecord

Json = dict[str, Any]


def as_json(file: DebtorFile, today: date) -> Json:
    """The file as plain data; amounts are decimal strings, moments ISO 8601 with an offset.

    `today`: by the person's calendar.
    """
    names = file.debt_names
    messages: defaultdict[UUID, list[MessageRecord]] = defaultdict(list)
    for message in file.messages:
        messages[message.conversation_id].append(message)
    return {
        "external_id": file.person.external_id,
        "name": file.person.name,
        "country": file.person.country,
        "debts": [_debt(debt, due_in(file, debt, today)) for debt in file.debts],
        "contact_points": [_contact_point(address) for address in file.addresses],
        "promises": [_promise(promise, names[promise.debt_id]) for promise in file.promises],
        "plans": [_plan(plan, names[plan.debt_id]) for plan in file.plans],
        "disputes": [
            {
                "debt": names[dispute.debt_id],
                "reason": dispute.reason.value,
                "state": dispute.state.value,
            }
            for dispute in file.disputes
        ],
        "payment_claims": [_claim(claim, names[claim.debt_id]) for claim in file.claims],
        "callbacks": [
            {"at": _iso(callback.at), "channel": callback.channel.value}
            for callback in file.callbacks
        ],
        "stops": [_stop(stop, names) for stop in file.stops],
        "conversations": [_conversation(each, messages[each.id]) for each in file.conversations],
        "attempts": [_attempt(attempt) for attempt in file.attempts],
        "money_events": [_money_event(each, names[each.debt_id]) for each in file.money_events],
    }


def _debt(debt: DebtRecord, due: Due | None) -> Json:
    return {
        "external_id": debt.external_id,
        "creditor": debt.creditor.external_id,
        "product": debt.product,
        "currency": debt.currency,
        "balance": debt.balance.plain(),
        "overdue": debt.overdue.plain(),
        "due_on": debt.due_on.isoformat(),
        "status": debt.status.value,
        "due": None
        if due is None
        else {
            "amount": due.amount.plain(),
            "due_on": due.day.isoformat(),
            "basis": due.basis.value,
        },
        "surplus": debt.surplus.plain(),
        "withheld": debt.withheld.plain(),
    }


def _contact_point(address: AddressRecord) -> Json:
    return {
        "channel": address.channel.value,
        "address": address.address,
        # "retired": another's by now, or in no newer file of those who brought it
        "state": address.state.value if address.is_theirs else "retired",
        "consent": address.consent,
    }


def _promise(promise: PromiseRecord, debt: str) -> Json:
    return {
        "debt": debt,
        "amount": promise.amount.plain(),
        "currency": promise.amount.currency,
        "due_on": promise.due_on.isoformat(),
        "state": promise.state.value,
        "channel": promise.channel.value,
        "recorded_at": _iso(promise.recorded_at),
        "left": promise.left.plain(),
    }


def _plan(plan: PlanRecord, debt: str) -> Json:
    return {
        "debt": debt,
        "total": plan.total.plain(),
        "currency": plan.total.currency,
        "instalments": [
            {
                "due_on": part.due_on.isoformat(),
                "amount": part.amount.plain(),
                "left": part.left.plain(),
            }
            for part in plan.instalments
        ],
        "state": plan.state.value,
    }


def _claim(claim: ClaimRecord, debt: str) -> Json:
    return {
        "debt": debt,
        "amount": None if claim.amount is None else claim.amount.plain(),
        "paid_on": None if claim.paid_on is None else claim.paid_on.isoformat(),
        "state": claim.state.value,
    }


def _money_event(event: MoneyEventRecord, debt: str) -> Json:
    return {
        "debt": debt,
        "kind": event.kind.value,
        "source": event.source,
        "amount": event.amount.plain(),
        "currency": event.amount.currency,
        "at": _iso(event.at),
        "paid_at": _iso(event.paid_at),
        "recorded_at": _iso(event.recorded_at),
    }


def _stop(stop: StopRecord, names: Mapping[UUID, str]) -> Json:
    kind, scope = stop.kind.value, "debtor"
    if stop.address is not None:
        state = stop.address.state
        kind = "opt_out" if state is ContactState.OPTED_OUT else state.value
        scope = f"{stop.address.channel.value}:{stop.address.address}"
    elif stop.debt_id is not None:
        scope = f"debt:{names[stop.debt_id]}"
    return {"kind": kind, "scope": scope, "since": _iso(stop.since_at)}


def _conversation(conversation: ConversationRecord, messages: list[MessageRecord]) -> Json:
    return {
        "id": str(conversation.id),
        "channel": conversation.channel.value,
        "owner": conversation.owner.value,
        "verified": conversation.verified,
        "outcome": conversation.outcome.value,
        "started_at": _iso(conversation.started_at),
        "messages": [
            {
                "direction": message.direction.value,
                "text": message.text,
                "at": _iso(message.at),
                "author": message.author.value,
            }
            for message in messages
        ],
    }


def _attempt(attempt: AttemptRecord) -> Json:
    return {
        "channel": attempt.channel.value,
        "at": _iso(attempt.at),
        "purpose": attempt.purpose.value,
        "allowed": attempt.allowed,
        "reason": attempt.reason,
        "rule": attempt.rule,
        "next_allowed_at": _iso(attempt.next_allowed_at),
        # of a call: how it ended
        "result": None if attempt.result is None else attempt.result.value,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
