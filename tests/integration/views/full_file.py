"""A debtor to whom everything has happened, with the same ids and moments on every run."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from acuerdo.audit.models import Decision
from acuerdo.bookkeeping.facts import MoneyEventKind
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.contact.models import (
    ContactState,
)
from acuerdo.conversations.models import (
    Author,
    Conversation,
    MessageState,
    Note,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import (
    CaseState,
    Debt,
    DebtStatus,
    Dispute,
    PaymentClaim,
)
from acuerdo.payments.models import Payment
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.session import Database
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DisputeReason
from tests.builders import (
    a_contact_point,
    a_conversation,
    a_creditor,
    a_debt,
    a_debtor,
    a_message,
    a_staff_member,
    saved,
)
from tests.clock import A_MONDAY as NOW
from tests.integration.views.full_agreements import agreements
from tests.integration.views.full_contact import contact

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def an_id(number: int) -> UUID:
    """The same id on every run."""
    return UUID(int=number)


class FullFile:
    """Two debts of two creditors that go on and one that was paid, and all that was said and done.

    `conversation` is going on by WhatsApp and waits for a colleague.
    """

    def __init__(self) -> None:
        self._numbers = iter(range(1000, 9000))
        self.rows: list[Base] = []
        self.colleague = a_staff_member(name="Marco Díaz")
        self.debtor = a_debtor(external_id="ana-1")
        self.add(self.colleague, self.debtor)
        self._debts()
        self._addresses()
        self._conversations()
        for debt in (self.light, self.card):
            agreements(self, debt)
        self._cases()
        self._payments()
        contact(self)
        self._decisions()

    async def stored(self, db: Database) -> "FullFile":
        """The same, in the database."""
        await saved(db, *self.rows)
        return self

    def add(self, *rows: Base) -> None:
        """Give rows their ids and keep them."""
        for row in rows:
            if isinstance(row, Identified):
                row.id = an_id(next(self._numbers))
            self.rows.append(row)

    def _debts(self) -> None:
        policy = {
            "promise": {"max_days": 12, "min_amount": "50"},
            "plan": {"max_instalments": 6, "min_instalment": "40", "min_down_payment_percent": 10},
            "settlement": {"max_discount_percent": 15},
        }
        light = a_creditor(external_id="luz", policy=policy)
        bank = a_creditor(
            external_id="banco",
            name="Banco Andino",
            agency="Cobros SA",
            currency="USD",
            payment_methods="Caja\nWeb",
        )
        self.add(light, bank)
        self.light = a_debt(
            self.debtor, light, external_id="d-1", interest="10.25", fees="3", today=NOW.date()
        )
        self.card = a_debt(
            self.debtor,
            bank,
            external_id="d-2",
            product="tarjeta",
            balance="2000",
            overdue="500",
            days_late=120,
            today=NOW.date(),
        )
        self.paid = a_debt(
            self.debtor,
            bank,
            external_id="d-0",
            product="préstamo",
            balance="0",
            overdue="0",
            days_late=300,
            today=NOW.date(),
            status=DebtStatus.PAID,
        )
        self.add(self.light, self.card, self.paid)
        for debt in (self.light, self.card, self.paid):
            debt.updated_at = NOW

    def _addresses(self) -> None:
        self.whatsapp = a_contact_point(self.debtor, address="+51987650001")
        self.phone = a_contact_point(
            self.debtor, channel=Channel.VOICE, address="+51987650001", consent=False
        )
        self.telegram = a_contact_point(
            self.debtor,
            channel=Channel.TELEGRAM,
            address="700000001",
            state=ContactState.OPTED_OUT,
            locked_until_at=NOW + HOUR,
        )
        self.add(self.whatsapp, self.phone, self.telegram)
        for point in (self.whatsapp, self.phone, self.telegram):
            point.state_since_at = point.last_inbound_at = NOW

    def _conversations(self) -> None:
        self.conversation = a_conversation(
            self.whatsapp,
            owner=Owner.AGENT,
            verified_until_at=NOW + HOUR,
            outcome=Outcome.PROMISE,
            waiting_since_at=NOW - HOUR,
            waiting_reason=WaitingReason.COUNTER_OFFER,
            started_at=NOW - 2 * HOUR,
        )
        self.call = a_conversation(
            self.phone,
            owner=Owner.NOBODY,
            outcome=Outcome.REFUSED,
            started_at=NOW - 3 * DAY,
            closed_at=NOW - 3 * DAY + HOUR,
        )
        self.elsewhere = a_conversation(
            self.telegram,
            owner=Owner.NOBODY,
            outcome=Outcome.WRONG_PERSON,
            started_at=NOW - 9 * DAY,
            closed_at=NOW - 9 * DAY + HOUR,
        )
        self.add(self.conversation, self.call, self.elsewhere)
        file = [{"kind": "image", "content_type": "image/jpeg", "file": "f.jpg", "bytes": 12}]
        self._said(self.elsewhere, [("soy Carla", Author.DEBTOR), ("Disculpe", Author.BOT)])
        self._said(self.call, [("Buenas", Author.BOT), ("no voy a pagar", Author.DEBTOR)])
        self._said(
            self.conversation,
            [
                ("hola", Author.DEBTOR),
                ("Hola, ¿es usted Ana?", Author.BOT),
                ("=sí", Author.DEBTOR),
                ("Le escribe Marco", Author.AGENT),
                ("Aviso", Author.SYSTEM),
            ],
        )
        sent = a_message(self.conversation, "", media=file, at=NOW - HOUR)
        note = Note(
            conversation_id=self.conversation.id,
            author_id=self.colleague.id,
            text="ofrecer plan",
            at=NOW - HOUR,
        )
        self.add(sent, note)

    def _said(self, conversation: Conversation, said: Sequence[tuple[str, Author]]) -> None:
        for minute, (text, author) in enumerate(said):
            at = conversation.started_at + timedelta(minutes=minute)
            state = MessageState.READ if author is Author.BOT else None
            buttons = [{"title": "Sí", "payload": "/affirm"}] if author is Author.BOT else None
            agent = self.colleague if author is Author.AGENT else None
            self.add(
                a_message(
                    conversation, text, author=author, agent=agent, buttons=buttons, state=state,
                    at=at,
                )
            )  # fmt: skip

    def _cases(self) -> None:
        for debt, state, at in (
            (self.card, CaseState.REJECTED, NOW - 8 * DAY),
            (self.card, CaseState.OPEN, NOW - DAY),
        ):
            dispute = Dispute(
                debt_id=debt.id,
                conversation_id=self.conversation.id,
                reason=DisputeReason.NOT_MINE,
                words="no es mía",
                state=state,
                opened_at=at,
                closed_at=None,
            )
            self.add(dispute)
        for amount, paid_on, state in (
            (None, None, CaseState.ACCEPTED),
            (2050, date(2026, 11, 20), CaseState.OPEN),
        ):
            claim = PaymentClaim(
                debt_id=self.light.id,
                conversation_id=self.conversation.id,
                amount_minor=amount,
                currency="PEN",
                paid_on=paid_on,
                has_proof=amount is not None,
                words="ya pagué",
                state=state,
                opened_at=NOW - (2 * DAY if amount is None else HOUR),
                closed_at=None,
            )
            self.add(claim)

    def _payments(self) -> None:
        for number, (debt, minor) in enumerate(((self.paid, 9900), (self.light, 5000))):
            payment = Payment(
                debt_id=debt.id,
                link_id=None,
                gateway="sandbox",
                gateway_payment_id=f"g-{number}",
                amount_minor=minor,
                currency=debt.currency,
                paid_at=NOW - (10 - number) * DAY,
                recorded_at=NOW - (10 - number) * DAY + HOUR,
                thanks_message_id=None,
            )
            self.add(payment)
        self.light.surplus_minor, self.paid.withheld_minor = 1250, 9900
        whole = {"balance_minor": 9900, "overdue_minor": 0, "interest_minor": 0, "fees_minor": 0}
        part = {"amount_minor": 5000, "paid_at": NOW - 9 * DAY}
        back = {"amount_minor": 2000, "reverses": "gateway:sandbox/g-1"}
        again = back | {"amount_minor": -2000}
        facts: tuple[tuple[Debt, MoneyEventKind, str, int, dict[str, Any]], ...] = (
            (self.paid, MoneyEventKind.STATEMENT, "portfolio", 12, whole),
            (self.paid, MoneyEventKind.CORRECTION, "people", 11, whole),
            (self.light, MoneyEventKind.PAYMENT, "gateway:sandbox", 8, part),
            (self.light, MoneyEventKind.REVERSAL, "gateway:sandbox", 7, back),
            (self.light, MoneyEventKind.REVERSAL, "gateway:sandbox", 6, again),
        )
        for number, (debt, kind, source, days, more) in enumerate(facts):
            fact = MoneyEvent(
                debt_id=debt.id,
                kind=kind,
                source=source,
                source_id=f"f-{number}",
                at=NOW - days * DAY,
                recorded_at=NOW - days * DAY + HOUR,
                currency="PEN",
                is_dated=True,
                **more,
            )
            self.add(fact)

    def _decisions(self) -> None:
        offered = {
            "amount_minor": 12000,
            "currency": "PEN",
            "due_on": "2026-11-27",
            "settles": True,
        }
        parts = {"currency": "PEN", "frequency": "weekly", "parts": [{"amount_minor": 4000}]}
        for allowed, kind, rule, facts in (
            (True, "offer", "promise_policy", offered),
            (True, "offer", "plan_policy", parts),
            (False, "verification", "factor", {"channel": "whatsapp"}),
            (True, "disclosure", "verified_party", {"debts": 2, "none": None}),
        ):
            self.add(
                Decision(
                    at=NOW - HOUR,
                    kind=kind,
                    allowed=allowed,
                    rule=rule,
                    facts=facts,
                    debtor_id=self.debtor.id,
                    debt_id=self.light.id,
                )
            )
