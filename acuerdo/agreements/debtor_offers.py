"""What a debtor says about paying, answered inside policy: promises, plans, offers."""

from dataclasses import dataclass, replace
from uuid import UUID

from acuerdo.agreements.current import CurrentAgreements
from acuerdo.agreements.drafting import (
    Draft,
    OpenPromise,
    StatedTerms,
    amount_named,
    repeats,
    revised,
    started,
)
from acuerdo.agreements.offers import (
    CounterVerdict,
    OfferRefusal,
    Owed,
    PlanWish,
    PromiseTerms,
    judge_counter,
)
from acuerdo.agreements.policy_limits import limits_of, owed_of
from acuerdo.agreements.service import Negotiation, PlanProposal, PromiseProposal
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class DraftedPromise:
    """A promise in the making; `verdict` once it is complete: a proposal to read back, or why not.

    `moves`: it takes the place of the one that stands; `due`: what is due of the debt today.
    """

    draft: Draft
    moves: bool
    due: Money
    verdict: PromiseProposal | OfferRefusal | None = None


@dataclass(frozen=True, slots=True)
class OfferedPlans:
    """Plans to choose from, none where policy allows none; `instead_of` so many instalments that
    were asked for and are not possible."""

    options: tuple[PlanProposal, ...]
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Countered:
    """An offer is not enough: what is offered instead."""

    amount: Money
    instead: PromiseProposal | OfferedPlans


@dataclass(frozen=True, slots=True)
class Escalated:
    """An offer is not enough, and neither was ours: a person must decide."""

    amount: Money


@dataclass(frozen=True, slots=True)
class DebtorOffer:
    """What a debtor offers; `recurring`: that much each time; `closing`: to be done with the debt;
    `countered`: we have answered an offer with one of ours before."""

    stated: StatedTerms
    wish: PlanWish
    recurring: bool = False
    closing: bool = False
    countered: bool = False


OfferAnswer = DraftedPromise | OfferedPlans | PromiseProposal | Countered | Escalated


@dataclass(frozen=True, slots=True)
class DebtorOffers:
    """Use cases of what debtors offer; each proposal is made in a transaction of its own."""

    negotiation: Negotiation
    current: CurrentAgreements

    async def promise(
        self, party: VerifiedParty, debt: DebtView, said: StatedTerms, *, words: str, moving: bool
    ) -> DraftedPromise | OpenPromise:
        """Begin a promise, or move the one that stands; gives that one where it is said again.

        `moving`: the debtor wants another day or amount than they promised.
        """
        standing = await self.current.open_promise(party, debt)
        if standing is not None and not moving and repeats(said, standing):
            return standing
        draft, said = started(said, standing, moving=moving)
        moves = standing is not None
        return await self.revise(party, debt, draft, said, words=words, moves=moves)

    async def revise(
        self,
        party: VerifiedParty,
        debt: DebtView,
        draft: Draft,
        said: StatedTerms,
        *,
        words: str,
        moves: bool,
    ) -> DraftedPromise:
        """Go on with a draft after one more message; proposed once it is complete."""
        due = (await self.current.due(party, debt)).amount
        # "lo pendiente" is what is due, and that is what was agreed where something was
        draft = revised(draft, said, Owed(debt.balance, due), limits_of(debt))
        return await self._drafted(party, debt, draft, words=words, moves=moves)

    async def _drafted(
        self, party: VerifiedParty, debt: DebtView, draft: Draft, *, words: str, moves: bool
    ) -> DraftedPromise:
        due = (await self.current.due(party, debt)).amount
        if draft.amount is None or draft.due_on is None:
            return DraftedPromise(draft, moves, due)
        terms = PromiseTerms(draft.amount, draft.due_on)
        verdict = await self.negotiation.propose_promise(
            party, debt, terms, words=words, replacing=moves
        )
        return DraftedPromise(draft, moves, due, verdict)

    async def plans(
        self, party: VerifiedParty, debt: DebtView, wish: PlanWish, *, words: str
    ) -> OfferedPlans:
        """Offer the plans that policy allows."""
        options = await self.negotiation.propose_plans(party, debt, wish, words=words)
        wished = wish.instalments
        granted = not options or wished in (None, len(options[0].terms.instalments))
        return OfferedPlans(options, None if granted else wished)

    async def other_plans(
        self, party: VerifiedParty, debt: DebtView, wish: PlanWish, chosen: UUID, *, words: str
    ) -> OfferedPlans:
        """Offer other plans; what the wish leaves open is as in the plan that was chosen."""
        terms = (await self.negotiation.plan_proposal(party, chosen)).terms
        if wish.instalments is None and wish.per_instalment is None:
            wish = replace(wish, instalments=len(terms.instalments))
        wish = replace(wish, frequency=wish.frequency or terms.frequency)
        return await self.plans(party, debt, wish, words=words)

    async def discount(
        self, party: VerifiedParty, debt: DebtView, *, words: str
    ) -> PromiseProposal | OfferedPlans:
        """Offer to close the debt for less, or plans where the creditor forgives nothing."""
        proposal = await self.negotiation.propose_settlement(party, debt, words=words)
        return proposal or await self.plans(party, debt, PlanWish(), words=words)

    async def answer_offer(
        self, party: VerifiedParty, debt: DebtView, offer: DebtorOffer, *, words: str
    ) -> OfferAnswer | None:
        """Take an offer as a promise, plan or closing of the debt, counter it once, or escalate.

        None where no amount is named. Without one, instalments alone are a wish for a plan.
        """
        amount = amount_named(offer.stated, owed_of(debt), shares=("half",))
        if amount is None:
            if offer.wish.instalments is None:
                return None
            return await self.plans(party, debt, offer.wish, words=words)
        verdict = judge_counter(
            amount,
            owed_of(debt),
            limits_of(debt),
            recurring=offer.recurring,
            closing=offer.closing,
            countered=offer.countered,
        )
        return await self._carry_out(verdict, party, debt, offer, amount, words)

    async def _carry_out(
        self,
        verdict: CounterVerdict,
        party: VerifiedParty,
        debt: DebtView,
        offer: DebtorOffer,
        amount: Money,
        words: str,
    ) -> OfferAnswer:
        match verdict:
            case "promise":
                standing = await self.current.open_promise(party, debt)
                draft = Draft(amount, offer.wish.first_on)
                moves = standing is not None
                return await self._drafted(party, debt, draft, words=words, moves=moves)
            case "plan":
                return await self.plans(party, debt, offer.wish, words=words)
            case "settlement":
                day = offer.wish.first_on or debt.today
                terms = PromiseTerms(amount, day, settles=True)
                found = await self.negotiation.propose_promise(party, debt, terms, words=words)
                if isinstance(found, PromiseProposal):
                    return found
                return await self._counter(party, debt, offer, amount, words)
            case "counter":
                return await self._counter(party, debt, offer, amount, words)
            case "escalate":
                return Escalated(amount)

    async def _counter(
        self, party: VerifiedParty, debt: DebtView, offer: DebtorOffer, amount: Money, words: str
    ) -> Countered:
        if offer.closing:
            proposal = await self.negotiation.propose_settlement(party, debt, words=words)
            if proposal is not None:
                return Countered(amount, proposal)
        wish = PlanWish(per_instalment=amount, first_on=offer.wish.first_on)
        return Countered(amount, await self.plans(party, debt, wish, words=words))
