"""What each row says in a debtor's file: one line, in Spanish, plain. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import yaml

from acuerdo.agreements.models import InstalmentState, Plan, Promise
from acuerdo.audit.models import Decision
from acuerdo.cases.models import Case, CaseEvent, CaseStep
from acuerdo.contact.models import (
    Attempt,
    ConsentEvent,
    ContactPoint,
    ContactState,
    DataCase,
    Preference,
)
from acuerdo.contact.preference import say
from acuerdo.conversations.models import Conversation, Direction, Message, Outcome
from acuerdo.debts.models import CaseState, Debt, Debtor, Dispute, PaymentClaim
from acuerdo.payments.models import Payment
from acuerdo.platform.words import WORDS, say_rule
from acuerdo.values.channels import Channel
from acuerdo.values.countries import country
from acuerdo.values.money import Money

SAID: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "dossier.yml").read_text(encoding="utf-8")
)
_NAMED: Final = WORDS["channel"] | WORDS["frequency"]
_SOMEBODY_ELSE: Final = frozenset((Outcome.WRONG_PERSON, Outcome.THIRD_PARTY))


class Section(StrEnum):
    """The parts of the file, in their order."""

    PERSON = "person"
    DEBTS = "debts"
    CONTACT_POINTS = "contact_points"
    CONSENTS = "consents"
    REQUESTS = "requests"
    ATTEMPTS = "attempts"
    MESSAGES = "messages"
    AGREEMENTS = "agreements"
    PAYMENTS = "payments"
    CASES = "cases"
    STOPS = "stops"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line of a section; `rule` names the law and article, or the house rule."""

    section: Section
    detail: str
    at: datetime | None = None
    channel: Channel | None = None
    result: str = ""
    rule: str = ""


class Names:
    """How the debts, addresses and amounts of one person are written."""

    def __init__(
        self, debtor: Debtor, owed: Sequence[Debt], points: Sequence[ContactPoint]
    ) -> None:
        self._country = country(debtor.country)
        self._zone = debtor.timezone
        self._debts = {debt.id: debt.external_id for debt in owed}
        self._addresses = {point.id: point.address for point in points}

    def debt(self, debt_id: UUID | None) -> str:
        """The creditor's name for a debt."""
        return "—" if debt_id is None else self._debts.get(debt_id, "—")

    def address(self, point_id: UUID) -> str:
        """An address of the person; one that was theirs once is not told."""
        return self._addresses.get(point_id, "—")

    def amount(self, amount: Money) -> str:
        """An amount as people of the country write it."""
        return amount.text(self._country)

    def moment(self, at: datetime) -> str:
        """A moment of the person's clock."""
        return moment(at, self._zone)


def moment(at: datetime, timezone: str) -> str:
    """A moment in a zone, with its difference from UTC: `2026-11-23 10:00:00 -05:00`."""
    written = at.astimezone(ZoneInfo(timezone)).isoformat(sep=" ", timespec="seconds")
    return f"{written[:19]} {written[19:]}"


def _say(key: str, **values: object) -> str:
    return str(SAID["line"][key]).format(**values)


def _day(day: date) -> str:
    return day.isoformat()


def of_person(debtor: Debtor, document: str | None) -> Iterator[DossierLine]:
    """Who it is; of the document only its end."""
    said = [_say("name", name=debtor.name)]
    if document is not None:
        said.append(_say("document", document=document))
    said.append(_say("reference", reference=debtor.external_id))
    said.append(_say("home", country=WORDS["country"].get(debtor.country, debtor.country)))
    return (DossierLine(Section.PERSON, each) for each in said)


def of_debt(debt: Debt, names: Names) -> DossierLine:
    """What is owed, as it stands now."""
    said = _say(
        "debt",
        reference=debt.external_id,
        product=debt.product,
        creditor=debt.creditor.name,
        agency=debt.creditor.agency,
        balance=names.amount(debt.balance),
        overdue=names.amount(debt.overdue),
        interest=names.amount(debt.interest),
        fees=names.amount(debt.fees),
        due_on=_day(debt.due_on),
    )
    return DossierLine(
        Section.DEBTS, said, debt.updated_at, result=WORDS["debt_status"][debt.status]
    )


def of_contact_point(point: ContactPoint) -> DossierLine:
    """An address and whether it may be used."""
    state = WORDS["contact_state"][point.state]
    consent = _say("consent" if point.consent else "no_consent")
    return DossierLine(
        Section.CONTACT_POINTS,
        _say("contact_point", address=point.address),
        point.state_since_at,
        point.channel,
        f"{state}, {consent}",
    )


def of_consent(event: ConsentEvent) -> DossierLine:
    """A consent given or withdrawn, with its proof."""
    said = _say(
        "consent_given" if event.given else "consent_withdrawn",
        scope=WORDS["consent_scope"][event.scope],
        source=WORDS["consent_source"][event.source],
        proof=_say("consent_words", words=event.words) if event.words else "",
    )
    return DossierLine(Section.CONSENTS, said, event.at, event.channel)


def of_preference(preference: Preference) -> DossierLine:
    """How and when the person wants to be contacted."""
    said = _say("preference", wish=say(preference.wish), words=preference.words)
    return DossierLine(Section.REQUESTS, said, preference.learned_at)


def of_data_case(case: DataCase, names: Names) -> DossierLine:
    """A request about the person's data, with the last day for its answer."""
    said = _say("data_case", right=WORDS["data_right"][case.right], words=case.words)
    result = _say("data_case_open", due_on=_day(case.due_on))
    if case.closed_at is not None:
        result = _say(
            "data_case_closed", closed_at=names.moment(case.closed_at), answer=case.answer
        )
    return DossierLine(Section.REQUESTS, said, case.opened_at, result=result, rule=case.rule)


def of_attempt(attempt: Attempt, names: Names) -> DossierLine:
    """One wish to reach the person, with the verdict."""
    said = _say(
        "attempt",
        purpose=WORDS["purpose"][attempt.purpose],
        address=names.address(attempt.contact_point_id),
    )
    reason = WORDS["refused"].get(attempt.reason, attempt.reason)
    if attempt.allowed:
        result = _say("allowed")
    elif attempt.next_allowed_at is None:
        result = _say("refused", reason=reason)
    else:
        result = _say("refused_until", reason=reason, until=names.moment(attempt.next_allowed_at))
    return DossierLine(
        Section.ATTEMPTS, said, attempt.at, attempt.channel, result, _rule(attempt.rule)
    )


def _rule(rule: str) -> str:
    """A law and its article as cited; a house rule in words, with its name."""
    said = say_rule(rule)
    return rule if rule.startswith(said) else f"{said} ({rule})"


def of_message(message: Message, talk: Conversation) -> DossierLine:
    """What was said; the words of somebody else who answered are not this person's file."""
    comes_in = message.direction is Direction.IN
    text = message.text or (_say("file") if message.media else "")
    if comes_in and talk.outcome in _SOMEBODY_ELSE:
        text = _say("of_another")
    said = (
        _say("received", text=text)
        if comes_in
        else _say("sent", author=SAID["author"][message.author], text=text)
    )
    state = "" if comes_in else WORDS["message_state"][message.state]
    return DossierLine(Section.MESSAGES, said, message.at, message.channel, state)


def of_promise(promise: Promise, names: Names) -> DossierLine:
    """What was promised, in the words it was promised with."""
    said = _say(
        "settlement" if promise.settles else "promise",
        amount=names.amount(promise.amount),
        due_on=_day(promise.due_on),
        debt=names.debt(promise.debt_id),
        words=promise.words,
    )
    state = WORDS["promise_state"][promise.state]
    return DossierLine(Section.AGREEMENTS, said, promise.recorded_at, promise.channel, state)


def of_plan(plan: Plan, names: Names) -> Iterator[DossierLine]:
    """What was agreed, and its instalments."""
    debt = names.debt(plan.debt_id)
    said = _say(
        "plan",
        total=names.amount(plan.total),
        count=len(plan.instalments),
        debt=debt,
        words=plan.words,
    )
    state = WORDS["plan_state"][plan.state]
    yield DossierLine(Section.AGREEMENTS, said, plan.recorded_at, plan.channel, state)
    for part in plan.instalments:
        said = _say(
            "instalment",
            number=part.number,
            debt=debt,
            amount=names.amount(part.amount),
            due_on=_day(part.due_on),
        )
        paid = part.state is InstalmentState.PAID
        result = _say("paid" if paid else "pending")
        yield DossierLine(Section.AGREEMENTS, said, plan.recorded_at, plan.channel, result)


def of_payment(payment: Payment, names: Names) -> DossierLine:
    """Money that came."""
    said = _say(
        "payment",
        amount=names.amount(payment.amount),
        debt=names.debt(payment.debt_id),
        gateway=payment.gateway,
    )
    return DossierLine(Section.PAYMENTS, said, payment.paid_at)


def of_dispute(dispute: Dispute, names: Names) -> DossierLine:
    """That a debt is not accepted."""
    said = _say(
        "dispute",
        debt=names.debt(dispute.debt_id),
        reason=WORDS["dispute_reason"][dispute.reason],
        words=dispute.words,
    )
    return DossierLine(
        Section.CASES, said, dispute.opened_at, result=WORDS["case_state"][dispute.state]
    )


def of_claim(claim: PaymentClaim, names: Names) -> DossierLine:
    """That a payment is said to have been made."""
    said = _say("claim", debt=names.debt(claim.debt_id), words=claim.words)
    return DossierLine(
        Section.CASES, said, claim.opened_at, result=WORDS["case_state"][claim.state]
    )


def of_case_event(event: CaseEvent, case: Case) -> DossierLine:
    """What somebody of ours did about a case."""
    kind = WORDS["case_kind"][case.kind]
    said = _say("case_step", kind=kind, step=WORDS["case_step"][event.step], by=event.by)
    is_resolution = event.step is CaseStep.RESOLVED
    if is_resolution:
        said = _say("case_reason", said=said, reason=event.facts.get("reason", ""))
    result = WORDS["case_result"][case.state] if is_resolution else ""
    rule = case.rule if event.step is CaseStep.OPENED else ""
    return DossierLine(Section.CASES, said, event.at, result=result, rule=rule)


def of_stops(
    debtor: Debtor,
    points: Sequence[ContactPoint],
    disputes: Sequence[Dispute],
    claims: Sequence[PaymentClaim],
    names: Names,
) -> Iterator[DossierLine]:
    """What keeps us from contacting the person now."""
    if debtor.deceased_reported_at is not None:
        yield DossierLine(Section.STOPS, _say("deceased"), debtor.deceased_reported_at)
    for point in points:
        if point.state is not ContactState.ACTIVE:
            state = WORDS["contact_state"][point.state]
            said = _say("stop_point", address=point.address, state=state)
            yield DossierLine(Section.STOPS, said, point.state_since_at, point.channel)
    cases: list[tuple[str, Dispute | PaymentClaim]] = [
        *(("stop_dispute", dispute) for dispute in disputes),
        *(("stop_claim", claim) for claim in claims),
    ]
    for key, case in cases:
        if case.state is CaseState.OPEN:
            yield DossierLine(
                Section.STOPS, _say(key, debt=names.debt(case.debt_id)), case.opened_at
            )


def of_decision(decision: Decision, names: Names) -> DossierLine:
    """Why something was offered, told or refused."""
    kind = SAID["decision"].get(decision.kind, decision.kind)
    said = ", ".join((kind, *_facts(decision.facts, names)))
    return DossierLine(
        Section.DECISIONS,
        said,
        decision.at,
        result=_say("decided" if decision.allowed else "not_decided"),
        rule=SAID["decision_rule"].get(decision.rule, decision.rule),
    )


def _facts(facts: Mapping[str, Any], names: Names) -> Iterator[str]:
    """What a decision rested on, in words; a fact that has none by its name."""
    currency = facts.get("currency")
    for key, value in facts.items():
        if isinstance(value, list):
            yield from (
                part for each in value for part in _facts({"currency": currency} | each, names)
            )
        elif key == "amount_minor" and currency:
            yield names.amount(Money(value, currency))
        elif key not in ("currency", "amount_minor") and value not in (None, False, ""):
            name = SAID["fact"].get(key, key)
            yield name if value is True else f"{name} {_NAMED.get(value, value)}"
