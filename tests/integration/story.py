"""A debtor with something of everything: promises, a plan, a payment, messages, attempts."""

from datetime import timedelta
from uuid import uuid4

from acuerdo.agreements.offers import PlanWish, PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.payments.models import PaymentLink
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason
from tests.integration.world import Ana, World


async def a_story(world: World) -> Ana:
    """Ana promised 100, agreed on three instalments, paid 50, and was answered twice."""
    ana = await Ana().stored(world.db)
    conversation_id = await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    await world.verify(conversation_id)
    party = await world.identity.party(conversation_id, uuid4())
    (debt,) = await world.debts.statement(party)
    terms = PromiseTerms(Money(10000, "PEN"), debt.today + timedelta(days=3))
    promise = await world.agreements.propose_promise(party, debt, terms, words="100 el jueves")
    assert isinstance(promise, PromiseProposal)
    await world.agreements.accept(party, promise.id)
    plans = await world.agreements.propose_plans(
        party, debt, PlanWish(instalments=3), words="en tres"
    )
    await world.agreements.accept(party, plans[0].id)
    await world.payments.link(party, debt, Money(5000, "PEN"))
    (link,) = await world.rows(PaymentLink)
    await world.is_paid(
        GatewayEvent(
            gateway=world.outside.gateway.name,
            event_id="",
            payment_id="g-1",
            movement_id="g-1",
            reference=str(link.id),
            amount=Money(5000, "PEN"),
            state=PaymentState.PAID,
            moved_at=world.clock.now(),
        )
    )
    await world.cases.opening.dispute(party, debt.id, DisputeReason.WRONG_AMOUNT, "no es tanto")
    await world.turns.reply_to(await world.someone_writes("gracias 👍"))
    return ana
