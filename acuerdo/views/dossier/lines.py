"""A debtor's file as the authority's: one line for each fact, in plain Spanish. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from acuerdo.agreements.due import Due
from acuerdo.agreements.models import PromiseState
from acuerdo.cases.models import CaseStep
from acuerdo.contact.preference import say
from acuerdo.conversations.models import Direction, Outcome
from acuerdo.values.countries import country
from acuerdo.values.money import Money
from acuerdo.views.debtor_file.debtor_file import (
    AddressRecord,
    AttemptRecord,
    CaseStepRecord,
    ClaimRecord,
    ConsentRecord,
    DataRequestRecord,
    DebtorFile,
    DebtRecord,
    DecisionRecord,
    DisputeRecord,
    InstalmentRecord,
    MessageRecord,
    Period,
    PersonRecord,
    PlanRecord,
    PreferenceRecord,
    PromiseRecord,
    StopKind,
    StopRecord,
)
from acuerdo.views.debtor_file.due import due_in
from acuerdo.views.debtor_file.money import MoneyEventRecord, PaymentRecord, say_movement
from acuerdo.views.dossier.sections import DOSSIER_WORDS, DossierLine, Section, moment
from acuerdo.wording.words import WORDS, say_rule, say_source

_NAMED: Final = WORDS["channel"] | WORDS["frequency"]
_STOPS: Final = {
    StopKind.DECEASED: "deceased",
    StopKind.DISPUTE: "stop_dispute",
    StopKind.PAYMENT_CLAIM: "stop_claim",
}
_SOMEBODY_ELSE: Final = frozenset((Outcome.WRONG_PERSON, Outcome.THIRD_PARTY))


def lines_of(
    file: DebtorFile, period: Period, document: str | None, today: date
) -> tuple[DossierLine, ...]:
    """What the file says of a period, section by section; of the document only its end.

    `today`: by the person's calendar.
    """
    return tuple(_lines_of(file, period, document, today))


def _lines_of(
    file: DebtorFile, period: Period, document: str | None, today: date
) -> Iterator[DossierLine]:
    names = _Names(file)
    yield from _person(file.person, document)
    yield from (_debt(debt, due_in(file, debt, today), names) for debt in file.debts)
    yield from map(_address, file.addresses)
    yield from (_consent(each) for each in file.consents if period.holds(each.at))
    if file.preference is not None:
        yield _preference(file.preference)
    yield from (
        _data_request(each, names) for each in file.data_requests if period.holds(each.opened_at)
    )
    yield from (_attempt(each, names) for each in file.attempts)
    yield from map(_message, file.messages)
    yield from (_promise(each, names) for each in file.promises if period.holds(each.recorded_at))
    for plan in file.plans:
        if period.holds(plan.recorded_at):
            yield from _plan(plan, names)
    yield from (_payment(each, names) for each in file.payments if period.holds(each.recorded_at))
    yield from (
        _movement(each, names) for each in file.money_events if period.holds(each.recorded_at)
    )
    yield from (_dispute(each, names) for each in file.disputes if period.holds(each.opened_at))
    yield from (_claim(each, names) for each in file.claims if period.holds(each.opened_at))
    yield from (_case_step(each) for each in file.case_steps if period.holds(each.at))
    yield from (_stop(each, names) for each in file.stops)
    yield from (_decision(each, names) for each in file.decisions)


class _Names:
    """How the debts, addresses and amounts of one person are written."""

    def __init__(self, file: DebtorFile) -> None:
        self._country = country(file.person.country)
        self._zone = file.person.timezone
        self._debts = file.debt_names
        self._addresses = {address.id: address.address for address in file.addresses}

    def debt(self, debt_id: UUID | None) -> str:
        """What the portfolio calls a debt."""
        return "—" if debt_id is None else self._debts.get(debt_id, "—")

    def address(self, address_id: UUID) -> str:
        """An address of the person; one that was theirs once is not told."""
        return self._addresses.get(address_id, "—")

    def amount(self, amount: Money) -> str:
        """An amount as people of the country write it."""
        return amount.text(self._country)

    def moment(self, at: datetime) -> str:
        """A moment of the person's clock."""
        return moment(at, self._zone)


def _say(key: str, **values: object) -> str:
    return str(DOSSIER_WORDS["line"][key]).format(**values)


def _day(day: date) -> str:
    return day.isoformat()


def _person(person: PersonRecord, document: str | None) -> Iterator[DossierLine]:
    """Who it is; of the document only its end."""
    said = [_say("name", name=person.name)]
    if document is not None:
        said.append(_say("document", document=document))
    said.append(_say("reference", reference=person.external_id))
    said.append(_say("home", country=WORDS["country"].get(person.country, person.country)))
    return (DossierLine(Section.PERSON, each) for each in said)


def _debt(debt: DebtRecord, due: Due | None, names: _Names) -> DossierLine:
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
    if due is not None:
        basis = WORDS["due_basis"][due.basis]
        amount = names.amount(due.amount)
        said = _say("due", said=said, amount=amount, due_on=_day(due.day), basis=basis)
    for key, money in (("surplus", debt.surplus), ("withheld", debt.withheld)):
        if money.minor:
            said += _say(key, amount=names.amount(money))
    return DossierLine(
        Section.DEBTS, said, debt.updated_at, result=WORDS["debt_status"][debt.status]
    )


def _address(address: AddressRecord) -> DossierLine:
    """An address and whether it may be used."""
    state = WORDS["contact_state"][address.state]
    consent = _say("consent" if address.consent else "no_consent")
    return DossierLine(
        Section.CONTACT_POINTS,
        _say("contact_point", address=address.address),
        address.state_since_at,
        address.channel,
        f"{state}, {consent}",
    )


def _consent(event: ConsentRecord) -> DossierLine:
    """A consent given or withdrawn, with its proof."""
    said = _say(
        "consent_given" if event.given else "consent_withdrawn",
        scope=WORDS["consent_scope"][event.scope],
        source=WORDS["consent_source"][event.source],
        proof=_say("consent_words", words=event.words) if event.words else "",
    )
    return DossierLine(Section.CONSENTS, said, event.at, event.channel)


def _preference(preference: PreferenceRecord) -> DossierLine:
    """How and when the person wants to be contacted."""
    said = _say("preference", wish=say(preference.wish), words=preference.words)
    return DossierLine(Section.REQUESTS, said, preference.learned_at)


def _data_request(request: DataRequestRecord, names: _Names) -> DossierLine:
    """A request about the person's data, with the last day for its answer."""
    said = _say("data_case", right=WORDS["data_right"][request.right], words=request.words)
    result = _say("data_case_open", due_on=_day(request.due_on))
    if request.closed_at is not None:
        result = _say(
            "data_case_closed", closed_at=names.moment(request.closed_at), answer=request.answer
        )
    return DossierLine(Section.REQUESTS, said, request.opened_at, result=result, rule=request.rule)


def _attempt(attempt: AttemptRecord, names: _Names) -> DossierLine:
    """One wish to reach the person, with the verdict."""
    said = _say(
        "attempt",
        purpose=WORDS["purpose"][attempt.purpose],
        address=names.address(attempt.address_id),
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


def _message(message: MessageRecord) -> DossierLine:
    """What was said; the words of somebody else who answered are not this person's file."""
    comes_in = message.direction is Direction.IN
    text = message.text or (_say("file") if message.has_media else "")
    if comes_in and message.conversation_outcome in _SOMEBODY_ELSE:
        text = _say("of_another")
    said = (
        _say("received", text=text)
        if comes_in
        else _say("sent", author=DOSSIER_WORDS["author"][message.author], text=text)
    )
    state = "" if comes_in else WORDS["message_state"][message.state]
    return DossierLine(Section.MESSAGES, said, message.at, message.channel, state)


def _promise(promise: PromiseRecord, names: _Names) -> DossierLine:
    """What was promised, in the words it was promised with."""
    said = _say(
        "settlement" if promise.settles else "promise",
        amount=names.amount(promise.amount),
        due_on=_day(promise.due_on),
        debt=names.debt(promise.debt_id),
        words=promise.words,
    )
    state = WORDS["promise_state"][promise.state]
    if promise.state in (PromiseState.OPEN, PromiseState.BROKEN):
        state += _rest(promise, names)
    return DossierLine(Section.AGREEMENTS, said, promise.recorded_at, promise.channel, state)


def _plan(plan: PlanRecord, names: _Names) -> Iterator[DossierLine]:
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
        result = _say("paid") if part.paid else _say("pending") + _rest(part, names)
        yield DossierLine(Section.AGREEMENTS, said, plan.recorded_at, plan.channel, result)


def _rest(part: PromiseRecord | InstalmentRecord, names: _Names) -> str:
    """What has not come of it, where a part of it has."""
    is_partly_paid = 0 < part.left.minor < part.amount.minor
    return _say("rest", left=names.amount(part.left)) if is_partly_paid else ""


def _payment(payment: PaymentRecord, names: _Names) -> DossierLine:
    """Money that came."""
    said = _say(
        "payment",
        amount=names.amount(payment.amount),
        debt=names.debt(payment.debt_id),
        gateway=payment.gateway,
    )
    return DossierLine(Section.PAYMENTS, said, payment.paid_at)


def _movement(event: MoneyEventRecord, names: _Names) -> DossierLine:
    """A fact about the money of a debt, on the day on which it was true."""
    said = _say(
        "movement",
        kind=say_movement(event),
        amount=names.amount(event.size),
        debt=names.debt(event.debt_id),
        source=say_source(event.source),
    )
    known = _say("known_at", at=names.moment(event.recorded_at))
    return DossierLine(Section.MONEY, said, event.paid_at or event.at, result=known)


def _dispute(dispute: DisputeRecord, names: _Names) -> DossierLine:
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


def _claim(claim: ClaimRecord, names: _Names) -> DossierLine:
    """That a payment is said to have been made."""
    said = _say("claim", debt=names.debt(claim.debt_id), words=claim.words)
    return DossierLine(
        Section.CASES, said, claim.opened_at, result=WORDS["case_state"][claim.state]
    )


def _case_step(step: CaseStepRecord) -> DossierLine:
    """What somebody of ours did about a case."""
    said = _say(
        "case_step",
        kind=WORDS["case_kind"][step.kind],
        step=WORDS["case_step"][step.step],
        by=step.by,
    )
    is_resolution = step.step is CaseStep.RESOLVED
    if is_resolution:
        said = _say("case_reason", said=said, reason=step.reason)
    return DossierLine(
        Section.CASES,
        said,
        step.at,
        result=WORDS["case_result"][step.state] if is_resolution else "",
        rule=step.rule if step.step is CaseStep.OPENED else "",
    )


def _stop(stop: StopRecord, names: _Names) -> DossierLine:
    """What keeps us from contacting the person now."""
    if stop.address is not None:
        state = WORDS["contact_state"][stop.address.state]
        said = _say("stop_point", address=stop.address.address, state=state)
        return DossierLine(Section.STOPS, said, stop.since_at, stop.address.channel)
    said = _say(_STOPS[stop.kind], debt=names.debt(stop.debt_id))
    return DossierLine(Section.STOPS, said, stop.since_at)


def _decision(decision: DecisionRecord, names: _Names) -> DossierLine:
    """Why something was offered, told or refused."""
    kind = DOSSIER_WORDS["decision"].get(decision.kind, decision.kind)
    said = ", ".join((kind, *_facts(decision.facts, names)))
    return DossierLine(
        Section.DECISIONS,
        said,
        decision.at,
        result=_say("decided" if decision.allowed else "not_decided"),
        rule=DOSSIER_WORDS["decision_rule"].get(decision.rule, decision.rule),
    )


def _facts(facts: Mapping[str, Any], names: _Names) -> Iterator[str]:
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
            name = DOSSIER_WORDS["fact"].get(key, key)
            yield name if value is True else f"{name} {_NAMED.get(value, value)}"
