"""Making agreements: propose inside policy, read back, accept once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import offers, repository, terms_json, transitions
from acuerdo.agreements.jobs import follow_plan, follow_promise
from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    Promise,
    PromiseState,
    Proposal,
    ProposalKind,
    ProposalState,
)
from acuerdo.agreements.offers import OfferRefusal, PlanTerms, PlanWish, PromiseTerms
from acuerdo.agreements.policy_limits import limits_of, owed_of, still_possible
from acuerdo.audit import ledger
from acuerdo.audit.repository import record_decision
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProposalNotOpen
from acuerdo.platform.jobs import Jobs
from acuerdo.values.dates import local_date
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class PromiseProposal:
    """A promise that policy allows, waiting for a yes."""

    id: UUID
    terms: PromiseTerms


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A plan that policy allows; `position` counts from one as it was read out."""

    id: UUID
    position: int
    terms: PlanTerms


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was recorded; `repeated` when it had been recorded before."""

    kind: ProposalKind
    debt_id: UUID
    amount: Money
    due_on: date
    instalments: tuple[tuple[date, Money], ...] = ()
    rescheduled: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Use cases of promises, plans and settlements; each runs in one transaction."""

    db: Database
    clock: Clock
    jobs: Jobs

    async def propose_promise(
        self,
        party: VerifiedParty,
        debt: DebtView,
        terms: PromiseTerms,
        *,
        words: str,
        replacing: bool = False,
    ) -> PromiseProposal | OfferRefusal:
        """Terms to read back, or why they are not allowed.

        `replacing`: the debtor moves the promise that is open, so it does not count.
        """
        async with self.db.transaction() as session:
            await debts.lock_debt(session, debt.id)
            open_promises = await repository.open_promises_of_debt(session, debt.id)
            moved = open_promises[-1].left if replacing and open_promises else None
            others = len(open_promises) - (moved is not None)
            verdict = (
                self._judge_settlement(terms, debt)
                if terms.settles
                else offers.judge_promise(
                    terms,
                    owed_of(debt),
                    limits_of(debt),
                    today=debt.today,
                    open_promises=others,
                    moved=moved,
                )
            )
            allowed = isinstance(verdict, PromiseTerms)
            rule = "promise_policy" if isinstance(verdict, PromiseTerms) else verdict.reason
            await self._decide(
                session, party, debt, "offer", allowed, rule, terms_json.write_promise(terms)
            )
            if not isinstance(verdict, PromiseTerms):
                return verdict
            kind = ProposalKind.SETTLEMENT if terms.settles else ProposalKind.PROMISE
            written = terms_json.write_promise(verdict)
            written["replaces"] = replacing
            (proposal,) = await self._add(session, party, debt, kind, [written], words)
            return PromiseProposal(proposal.id, verdict)

    @staticmethod
    def _judge_settlement(terms: PromiseTerms, debt: DebtView) -> PromiseTerms | OfferRefusal:
        limits, owed = limits_of(debt), owed_of(debt)
        floor = offers.settlement_floor(owed, limits)
        if limits.settlement_max_percent == 0 or terms.amount < floor:
            # the floor itself is never told, so the refusal names the whole balance
            return OfferRefusal("amount_too_small", amount=owed.balance)
        latest = offers.latest_promise_day(limits, debt.today)
        if not debt.today <= terms.due_on <= latest:
            return OfferRefusal("date_too_far", day=latest)
        return terms

    async def propose_settlement(
        self, party: VerifiedParty, debt: DebtView, *, words: str
    ) -> PromiseProposal | None:
        """The next closing offer for the debt, or None where the creditor forgives nothing."""
        async with self.db.transaction() as session:
            await debts.lock_debt(session, debt.id)
            for before in await repository.proposals_of_turn(
                session, party.turn_id, debt.id, ProposalKind.SETTLEMENT
            ):
                # what this turn has offered is no reason to offer more
                return PromiseProposal(before.id, terms_json.read_promise(before.terms))
            lowest = await repository.lowest_settlement_offered(session, debt.id)
            currency = debt.balance.currency
            terms = offers.settlement(
                owed_of(debt),
                limits_of(debt),
                today=debt.today,
                best_offered=None if lowest is None else Money(lowest, currency),
            )
            await self._decide(
                session, party, debt, "offer", terms is not None, "settlement_policy", {}
            )
            if terms is None:
                return None
            (proposal,) = await self._add(
                session,
                party,
                debt,
                ProposalKind.SETTLEMENT,
                [terms_json.write_promise(terms)],
                words,
            )
            return PromiseProposal(proposal.id, terms)

    async def propose_plans(
        self, party: VerifiedParty, debt: DebtView, wish: PlanWish, *, words: str
    ) -> tuple[PlanProposal, ...]:
        """Plans to choose from, numbered from one; none where policy allows none."""
        async with self.db.transaction() as session:
            await debts.lock_debt(session, debt.id)
            options = offers.plan_options(owed_of(debt), limits_of(debt), wish, today=debt.today)
            terms = [terms_json.write_plan(option) for option in options]
            await self._decide(
                session, party, debt, "offer", bool(options), "plan_policy", {"options": terms}
            )
            added = await self._add(session, party, debt, ProposalKind.PLAN, terms, words)
            return tuple(
                PlanProposal(proposal.id, proposal.position, option)
                for proposal, option in zip(added, options, strict=True)
            )

    async def plan_proposal(self, party: VerifiedParty, proposal_id: UUID) -> PlanProposal:
        """A plan that was offered in this conversation; ProposalNotOpen where it was not."""
        async with self.db.transaction() as session:
            proposal = await self._open_proposal(session, party, proposal_id)
            return PlanProposal(
                proposal.id, proposal.position, terms_json.read_plan(proposal.terms)
            )

    async def accept(self, party: VerifiedParty, proposal_id: UUID) -> Agreed:
        """Record what was read back and confirmed; the same again gives the same record.

        Raises ProposalNotOpen, also where the debt or the day is not what it was any more.
        """
        async with self.db.transaction() as session:
            proposal = await repository.proposal(session, proposal_id)
            if proposal is None or proposal.conversation_id != party.conversation_id:
                raise ProposalNotOpen
            if proposal.state is ProposalState.ACCEPTED:
                return await self._recorded_before(session, proposal)
            await self._open_proposal(session, party, proposal_id)
            debt = await debts.lock_debt(session, proposal.debt_id)
            debtor = await session.get_one(Debtor, debt.debtor_id)
            if not still_possible(proposal, debt, local_date(self.clock.now(), debtor.timezone)):
                raise ProposalNotOpen
            transitions.accepted(proposal)
            if proposal.kind is ProposalKind.PLAN:
                return await self._record_plan(session, party, proposal)
            return await self._record_promise(session, party, proposal)

    async def _open_proposal(
        self, session: AsyncSession, party: VerifiedParty, proposal_id: UUID
    ) -> Proposal:
        proposal = await repository.proposal(session, proposal_id)
        if (
            proposal is None
            or proposal.conversation_id != party.conversation_id
            or proposal.state is not ProposalState.OPEN
        ):
            raise ProposalNotOpen
        return proposal

    async def _recorded_before(self, session: AsyncSession, proposal: Proposal) -> Agreed:
        if proposal.kind is ProposalKind.PLAN:
            plan = await repository.plan_of_proposal(session, proposal.id)
            if plan is None:
                raise ProposalNotOpen
            parts = terms_json.read_plan(proposal.terms).instalments
            return Agreed(
                proposal.kind, plan.debt_id, plan.total, parts[0][0], parts, repeated=True
            )
        promise = await repository.promise_of_proposal(session, proposal.id)
        if promise is None:
            raise ProposalNotOpen
        return Agreed(
            proposal.kind,
            promise.debt_id,
            promise.amount,
            promise.due_on,
            rescheduled=promise.replaces_id is not None,
            repeated=True,
        )

    async def _record_promise(
        self, session: AsyncSession, party: VerifiedParty, proposal: Proposal
    ) -> Agreed:
        terms = terms_json.read_promise(proposal.terms)
        replaced = await self._replaced_promise(session, proposal)
        promise = Promise(
            proposal_id=proposal.id,
            debt_id=proposal.debt_id,
            conversation_id=party.conversation_id,
            channel=party.channel,
            amount_minor=terms.amount.minor,
            currency=terms.amount.currency,
            due_on=terms.due_on,
            settles=terms.settles,
            state=PromiseState.OPEN,
            words=proposal.words,
            replaces_id=replaced,
            recorded_at=self.clock.now(),
            closed_at=None,
        )
        await ledger.record(session, promise)
        await self.jobs.enqueue(session, follow_promise(promise_id=promise.id))
        return Agreed(
            proposal.kind,
            proposal.debt_id,
            terms.amount,
            terms.due_on,
            rescheduled=replaced is not None,
        )

    async def _record_plan(
        self, session: AsyncSession, party: VerifiedParty, proposal: Proposal
    ) -> Agreed:
        terms = terms_json.read_plan(proposal.terms)
        former = await repository.active_plan_of_debt(session, proposal.debt_id)
        if former is not None:
            transitions.plan_cancelled(former)
            await session.flush()
        for promise in await repository.open_promises_of_debt(session, proposal.debt_id):
            transitions.rescheduled(promise, self.clock.now())
        plan = Plan(
            id=uuid4(),
            proposal_id=proposal.id,
            debt_id=proposal.debt_id,
            conversation_id=party.conversation_id,
            channel=party.channel,
            total_minor=terms.total.minor,
            currency=terms.total.currency,
            frequency=terms.frequency,
            state=PlanState.ACTIVE,
            words=proposal.words,
            recorded_at=self.clock.now(),
        )
        parts = [
            Instalment(
                plan_id=plan.id,
                number=number,
                due_on=due_on,
                amount_minor=amount.minor,
                currency=amount.currency,
                state=InstalmentState.PENDING,
            )
            for number, (due_on, amount) in enumerate(terms.instalments, start=1)
        ]
        await ledger.record(session, plan)
        await ledger.record(session, *parts)
        await self.jobs.enqueue(session, follow_plan(plan_id=plan.id))
        return Agreed(
            proposal.kind,
            proposal.debt_id,
            terms.total,
            terms.instalments[0][0],
            terms.instalments,
            rescheduled=former is not None,
        )

    async def _replaced_promise(self, session: AsyncSession, proposal: Proposal) -> UUID | None:
        """The promise that this one takes the place of, closed; None where both may stand."""
        debt = await debts.lock_debt(session, proposal.debt_id)
        most = CreditorPolicy.model_validate(debt.creditor.policy).promise.max_open
        stand = await repository.open_promises_of_debt(session, proposal.debt_id)
        if stand and (proposal.terms.get("replaces") or len(stand) >= most):
            # the one that was read back as the present one: see `open_promise`
            transitions.rescheduled(stand[-1], self.clock.now())
            return stand[-1].id
        return None

    async def _add(
        self,
        session: AsyncSession,
        party: VerifiedParty,
        debt: DebtView,
        kind: ProposalKind,
        terms: Sequence[dict[str, Any]],
        words: str,
    ) -> list[Proposal]:
        """New proposals in place of the open ones, or those that this very turn made before.

        A try of the turn that was thought to be lost may end after the one that was read back.
        """
        before = await repository.proposals_of_turn(session, party.turn_id, debt.id, kind)
        repeated = [proposal for proposal in before if proposal.terms in terms]
        if terms and len(repeated) == len(terms):
            return repeated
        await repository.replace_open_proposals(session, party.conversation_id)
        proposals = [
            Proposal(
                id=uuid4(),
                conversation_id=party.conversation_id,
                turn_id=party.turn_id,
                debt_id=debt.id,
                kind=kind,
                position=position,
                terms=each,
                state=ProposalState.OPEN,
                words=words,
                rule=f"{kind.value}_policy",
                created_at=self.clock.now(),
            )
            for position, each in enumerate(terms, start=1)
        ]
        session.add_all(proposals)
        await session.flush()
        return proposals

    async def _decide(
        self,
        session: AsyncSession,
        party: VerifiedParty,
        debt: DebtView,
        kind: str,
        allowed: bool,
        rule: str,
        facts: dict[str, Any],
    ) -> None:
        await record_decision(
            session,
            at=self.clock.now(),
            kind=kind,
            allowed=allowed,
            rule=rule,
            facts=facts,
            debtor_id=party.debtor_id,
            debt_id=debt.id,
            conversation_id=party.conversation_id,
            turn_id=party.turn_id,
        )
