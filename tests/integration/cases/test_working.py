"""Cases: opened by the dialogue, worked, resolved each way; idempotent, sealed, one at a time."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from acuerdo.agreements.models import Promise, PromiseState
from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.bootstrap import new_audit
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import CaseEvent, CaseStep
from acuerdo.contact.models import DataCase, Stop
from acuerdo.conversations.models import Owner
from acuerdo.debts.models import CaseState, DebtStatus, Dispute, PaymentClaim
from acuerdo.payments.models import Payment
from acuerdo.platform.errors import AmountNeeded, CaseResolved, NotFound, StopStays
from acuerdo.values.money import Money
from tests.builders import a_staff_member, saved
from tests.clock import NOW
from tests.integration.cases.working import Work
from tests.integration.conftest import AUDIT_SECRET
from tests.integration.world import World


@pytest.fixture
async def work(world: World) -> Work:
    return await Work.begun(world)


@pytest.mark.parametrize("kind", list(CaseKind))
async def test_what_is_said_twice_is_one_case_with_a_deadline(work: Work, kind: CaseKind) -> None:
    case = await work.opens(kind)
    assert (case.state, case.debtor_id) == (CaseState.OPEN, work.ana.debtor.id)
    assert case.due_on > NOW.date()
    assert case.rule
    if kind is not CaseKind.DEATH:
        await work.world.verify(work.talk)
    assert (await work.opens(kind)).id == case.id
    assert await work.steps(case) == [CaseStep.OPENED]


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("word", ["accepted", "rejected"])
async def test_each_kind_is_resolved_once_with_a_reason_in_the_ledger(
    work: Work, kind: CaseKind, word: str
) -> None:
    case = await work.opens(kind)
    await work.resolves(case, word, reason="Por el estado de cuenta.")  # type: ignore[arg-type]
    case = await work.case(kind)
    assert (case.state, case.reason, case.resolved_by) == (
        CaseState(word),
        "Por el estado de cuenta.",
        "desk:lucia",
    )
    with pytest.raises(CaseResolved):
        await work.resolves(case, "accepted")
    with pytest.raises(CaseResolved):
        await work.world.cases.work.assign(case.id, None, by="desk:lucia")
    steps = await work.steps(case)
    assert steps.count(CaseStep.RESOLVED) == 1
    # and every step is sealed in the chain
    report = await new_audit(work.world.db, work.world.clock, [AUDIT_SECRET]).verify()
    assert (report.findings, report.adopted) == ([], 0)


async def test_two_who_resolve_at_once_do_it_once(work: Work) -> None:
    case = await work.opens(CaseKind.PAYMENT_CLAIM)
    done = await asyncio.gather(
        work.resolves(case, "accepted"),
        work.resolves(case, "rejected"),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["CaseResolved", "NoneType"]
    assert (await work.steps(case)).count(CaseStep.RESOLVED) == 1


async def test_a_rejected_dispute_lets_the_debt_be_asked_for_again(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    assert await work.holds()
    await work.resolves(case, "rejected")
    assert not await work.holds()
    (dispute,) = await work.world.rows(Dispute)
    assert (dispute.state, dispute.closed_at) == (CaseState.REJECTED, work.world.clock.now())
    assert (await work.debt()).status is DebtStatus.OPEN
    # and it can be disputed again
    await work.world.cases.opening.dispute(
        await work.party(), work.ana.debt.id, dispute.reason, "sigue mal"
    )
    assert await work.holds()


async def test_an_accepted_dispute_withdraws_the_debt_and_what_was_promised(work: Work) -> None:
    debt = await work.debt_view()
    party = await work.party()
    terms = PromiseTerms(Money(10000, "PEN"), debt.today)
    promise = await work.world.agreements.propose_promise(party, debt, terms, words="100 hoy")
    assert isinstance(promise, PromiseProposal)
    await work.world.agreements.accept(party, promise.id)
    case = await work.opens(CaseKind.DISPUTE)
    await work.resolves(case, "accepted")
    assert (await work.debt()).status is DebtStatus.WITHDRAWN
    (kept,) = await work.world.rows(Promise)
    assert kept.state is PromiseState.CANCELLED
    assert await work.world.debts.statement(await work.party()) == ()


async def test_a_corrected_dispute_has_another_balance(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    for amount in (None, "0", "-1", "10.001"):
        with pytest.raises(AmountNeeded):
            await work.resolves(case, "corrected", amount=amount)
    assert await work.holds()
    await work.resolves(case, "corrected", amount="90.00")
    debt = await work.debt()
    assert (debt.balance_minor, debt.overdue_minor, debt.status) == (9000, 9000, DebtStatus.OPEN)
    (dispute,) = await work.world.rows(Dispute)
    assert dispute.state is CaseState.CORRECTED


@pytest.mark.parametrize(
    ("word", "amount", "balance", "booked"),
    [
        ("accepted", None, 22050, [10000]),
        ("accepted", "0", 32050, []),
        ("accepted", "320.50", 0, [32050]),
        ("corrected", "50", 27050, [5000]),
        ("rejected", None, 32050, []),
    ],
)
async def test_a_claimed_payment_is_booked_as_it_was_found(
    work: Work, word: str, amount: str | None, balance: int, booked: list[int]
) -> None:
    case = await work.opens(CaseKind.PAYMENT_CLAIM)
    await work.resolves(case, word, amount=amount)  # type: ignore[arg-type]
    debt = await work.debt()
    assert debt.balance_minor == balance
    assert debt.status is (DebtStatus.OPEN if balance else DebtStatus.PAID)
    assert [each.amount_minor for each in await work.world.rows(Payment)] == booked
    (claim,) = await work.world.rows(PaymentClaim)
    assert claim.state is CaseState(word)


async def test_a_claim_without_an_amount_needs_one(work: Work) -> None:
    await work.world.cases.opening.payment_claim(
        await work.party(),
        await work.debt_view(),
        amount=None,
        paid_on=None,
        has_proof=False,
        words="ya pagué",
    )
    case = await work.case(CaseKind.PAYMENT_CLAIM)
    with pytest.raises(AmountNeeded):
        await work.resolves(case, "accepted")
    await work.resolves(case, "accepted", amount="20")
    assert (await work.debt()).balance_minor == 30050


async def test_a_request_about_data_gets_its_answer(work: Work) -> None:
    case = await work.opens(CaseKind.DATA_REQUEST)
    await work.resolves(case, "accepted", reason="Se borraron.")
    (request,) = await work.world.rows(DataCase)
    assert (request.answer, request.closed_at) == ("Se borraron.", work.world.clock.now())
    # and the same wish later is a new case
    await work.world.cases.opening.data_request(work.talk, "borren mis datos")
    assert len(await work.world.rows(DataCase)) == 2


async def test_a_representative_s_stop_stays_until_somebody_lifts_it(work: Work) -> None:
    case = await work.opens(CaseKind.REPRESENTATIVE)
    assert (await work.world.conversation(work.talk)).owner is Owner.AGENT
    await work.resolves(case, "accepted")
    (stop,) = await work.world.rows(Stop)
    assert stop.lifted_at is None


async def test_a_stop_is_lifted_with_who_and_why(work: Work) -> None:
    case = await work.opens(CaseKind.REPRESENTATIVE)
    await work.resolves(case, "rejected", lifts_stop=True, reason="No es abogado de nadie.")
    (stop,) = await work.world.rows(Stop)
    assert (stop.lifted_at, stop.lifted_by, stop.lifted_why) == (
        work.world.clock.now(),
        "desk:lucia",
        "No es abogado de nadie.",
    )
    # and who says so again has a stop and a case of their own
    await work.world.cases.opening.representative(work.talk, "mi abogado, otra vez")
    assert len(await work.world.rows(Stop)) == 2


async def test_a_death_stays_but_for_a_report_that_was_false(work: Work) -> None:
    case = await work.opens(CaseKind.DEATH)
    said = len(await work.world.said(work.talk))
    with pytest.raises(StopStays):
        await work.resolves(case, "accepted", lifts_stop=True)
    await work.resolves(case, "rejected", lifts_stop=True)
    assert (await work.debtor()).deceased_reported_at is None
    # nobody is written to about a death
    assert len(await work.world.said(work.talk)) == said


async def test_a_confirmed_death_keeps_everything_stopped(work: Work) -> None:
    case = await work.opens(CaseKind.DEATH)
    await work.resolves(case, "accepted")
    assert (await work.debtor()).deceased_reported_at is not None


async def test_a_dispute_lifts_no_stop(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    with pytest.raises(StopStays):
        await work.resolves(case, "accepted", lifts_stop=True)
    assert (await work.debt()).status is DebtStatus.OPEN


async def test_a_case_is_given_to_somebody_and_back(work: Work) -> None:
    lucia = a_staff_member(login="lucia")
    await saved(work.world.db, lucia)
    case = await work.opens(CaseKind.HARDSHIP)
    for login in ("lucia", "lucia", None):
        await work.world.cases.work.assign(case.id, login, by="desk:lucia")
    assert (await work.case(CaseKind.HARDSHIP)).assigned_to_id is None
    assert await work.steps(case) == [CaseStep.OPENED, CaseStep.ASSIGNED, CaseStep.ASSIGNED]
    with pytest.raises(NotFound):
        await work.world.cases.work.assign(case.id, "nobody", by="erp")
    with pytest.raises(NotFound):
        await work.world.cases.work.assign(uuid4(), "lucia", by="erp")


async def test_who_saw_which_evidence_is_written_down_once(work: Work) -> None:
    case = await work.opens(CaseKind.DISPUTE)
    evidence = (await work.world.core.views.cases.case(case.id)).evidence
    assert [each.text for each in evidence] == ["hola"]
    for who in ("desk:lucia", "desk:lucia", "desk:marco"):
        await work.world.cases.work.see_evidence(case.id, evidence[0].id, by=who)
    (seen,) = (await work.world.core.views.cases.case(case.id)).evidence
    assert [who for who, _ in seen.seen_by] == ["desk:lucia", "desk:marco"]
    with pytest.raises(NotFound):
        await work.world.cases.work.see_evidence(case.id, uuid4(), by="desk:lucia")


async def test_a_step_cannot_be_changed(work: Work) -> None:
    await work.opens(CaseKind.DISPUTE)

    async def change() -> None:
        async with work.world.db.transaction() as session:
            (event,) = await session.scalars(select(CaseEvent))
            event.by = "somebody else"

    with pytest.raises(IntegrityError, match="the ledger is append-only"):
        await change()
