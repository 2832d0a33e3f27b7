"""The composition root: every part of the core, built once per process from the settings."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from argon2 import PasswordHasher

from acuerdo.agreements.current import CurrentAgreements
from acuerdo.agreements.debtor_offers import DebtorOffers
from acuerdo.agreements.service import Negotiation
from acuerdo.audit.anchors import Anchors
from acuerdo.audit.sealing import BatchSealing
from acuerdo.audit.service import Audit
from acuerdo.bookkeeping.check import BookCheck
from acuerdo.bookkeeping.service import Bookkeeping
from acuerdo.calls.amd import AnsweringMachines
from acuerdo.calls.dialling import Dialling
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.inbound import InboundCalls
from acuerdo.calls.ports import Softphones
from acuerdo.calls.recording import Recording
from acuerdo.calls.transfers import Transfers
from acuerdo.calls.turns import CallTurns
from acuerdo.cases.answers import CaseAnswers
from acuerdo.cases.opening import CaseOpening
from acuerdo.cases.resolution import Consequences
from acuerdo.cases.service import Cases
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.law import Profile
from acuerdo.contact.ports import Sender, Telephone
from acuerdo.contact.service import Contact
from acuerdo.conversations.addressees import Addressees
from acuerdo.conversations.callbacks import Callbacks
from acuerdo.conversations.edits import Edits
from acuerdo.conversations.hand_off import HandOff
from acuerdo.conversations.identity import Identity
from acuerdo.conversations.inbox import Inbox
from acuerdo.conversations.media import MediaStore
from acuerdo.conversations.new_address import NewAddressNotices
from acuerdo.conversations.opt_out_keywords import OptOutKeywords
from acuerdo.conversations.opt_outs import OptOutRequests
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.ports import Engine
from acuerdo.conversations.preferences import Preferences
from acuerdo.conversations.short_answers import ShortAnswers
from acuerdo.conversations.turns import Sleep, Turns
from acuerdo.debts.service import Debts
from acuerdo.external_events.service import ExternalEvents
from acuerdo.idempotency.service import Idempotency
from acuerdo.outreach.agreement_follow_up import AgreementFollowUp
from acuerdo.outreach.send_by_whatsapp import SendByWhatsApp
from acuerdo.outreach.service import PlannedContacts
from acuerdo.payments.events import PaymentEvents
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.ports import PaymentGateway
from acuerdo.payments.service import Payments
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.clock import Clock, StartedClock, SystemClock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault, derive_key
from acuerdo.platform.jobs import Jobs, new_app
from acuerdo.platform.settings import Settings
from acuerdo.portfolio.importer import Portfolio
from acuerdo.providers import configured
from acuerdo.providers.rasa.engine import HttpEngine
from acuerdo.retention.service import Retention
from acuerdo.services import (
    AgreementServices,
    CallServices,
    CaseServices,
    ContactServices,
    ConversationServices,
    Operation,
    OutreachServices,
    PaymentServices,
    Views,
)
from acuerdo.staff.accounts import StaffAccounts
from acuerdo.staff.hashing import password_hasher
from acuerdo.staff.service import StaffService
from acuerdo.tables import audited_kinds, batch_sealed_kinds
from acuerdo.values.channels import Channel
from acuerdo.views.cases.case_list import CaseList
from acuerdo.views.debtor_file.service import DebtorFiles
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.service import Dossiers
from acuerdo.views.reach.service import Reach
from acuerdo.views.reports.service import Reports


@dataclass(frozen=True, slots=True)
class Outside:
    """What stands outside the core and is reached over a wire, and the clock on the wall.

    `channels` and `gateways` hold those for which there is an account; `telephone` and
    `softphones` are None where there is none. `hasher` is as slow as an attacker deserves.
    """

    clock: Clock
    engine: Engine
    channels: Mapping[Channel, Sender]
    telephone: Telephone | None
    gateways: Mapping[str, PaymentGateway]
    announcements: Announcements
    softphones: Softphones | None = None
    hasher: PasswordHasher = field(default_factory=password_hasher)
    sleep: Sleep = asyncio.sleep

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Make the providers' clients for the accounts in the settings; connects nothing."""
        return cls(
            clock=new_clock(settings),
            engine=HttpEngine(
                settings.engine.url,
                settings.engine.secret.get_secret_value(),
                timeout_seconds=settings.engine.timeout_seconds,
                actions_url=settings.engine.actions_url,
            ),
            channels=configured.channels(settings),
            telephone=configured.telephone(settings),
            gateways=configured.gateways(settings.gateway),
            announcements=Announcements(settings.redis_url),
            softphones=configured.softphones(settings),
        )

    async def close(self) -> None:
        """Give back every connection."""
        for channel in self.channels.values():
            await channel.close()
        if self.telephone is not None:
            await self.telephone.close()
        for gateway in self.gateways.values():
            await gateway.close()
        await self.engine.close()
        await self.announcements.close()


@dataclass(frozen=True, slots=True)
class Acuerdo:
    """The core, ready to use, one field per topic; open it before and close it after."""

    settings: Settings
    outside: Outside
    db: Database
    vault: Vault
    jobs: Jobs
    audit: Audit
    operation: Operation
    staff: StaffService
    debts: Debts
    contact: ContactServices
    agreements: AgreementServices
    conversations: ConversationServices
    calls: CallServices
    payments: PaymentServices
    external_events: ExternalEvents
    outreach: OutreachServices
    cases: CaseServices
    portfolio: Portfolio
    idempotency: Idempotency
    views: Views

    async def open(self) -> None:
        """Connect what must be connected before the first use.

        Raises UnsafeInstallation in production, where a login of the demonstration still opens.
        """
        await self.refuse_what_is_unsafe()
        await self.jobs.app.open_async()

    async def refuse_what_is_unsafe(self) -> None:
        """Raise UnsafeInstallation where the database is not one to serve real people on."""
        if not self.settings.in_development:
            await self.staff.refuse_demonstration_logins()

    async def close(self) -> None:
        """Give back every connection."""
        await self.jobs.app.close_async()
        await self.outside.close()
        await self.db.close()


def new_clock(settings: Settings) -> Clock:
    """The machine's clock, or one that runs on from a chosen moment."""
    if settings.clock_start is None:
        return SystemClock()
    return StartedClock(settings.clock_start, epoch=settings.clock_epoch)


def new_audit(
    db: Database, clock: Clock, master_keys: Sequence[str], key_ends: Sequence[int] = ()
) -> Audit:
    """Make the chain over the ledger; the first key seals, each verifies up to its end."""
    keys = [derive_key(master, b"acuerdo.audit") for master in master_keys]
    return Audit(db, clock, keys, audited_kinds(), key_ends)


def new_database(
    url: str, clock: Clock, master_keys: Sequence[str], *, pool_size: int = 10
) -> Database:
    """Make a database whose transactions seal what they record in the ledger."""
    db = Database(url, pool_size=pool_size)
    db.before_commit(new_audit(db, clock, master_keys).seal_noted)
    return db


def build(
    settings: Settings,
    outside: Outside | None = None,
    *,
    db: Database | None = None,
    jobs: Jobs | None = None,
) -> Acuerdo:
    """Build the core, once per process, on the configured database and Redis; connects nothing.

    Tests give an `outside` of fakes, and a database (with its hooks) or a queue of their own.
    """
    outside = outside or Outside.from_settings(settings)
    clock = outside.clock
    secrets = (settings.secret_key, *settings.previous_secret_keys)
    master_keys = [secret.get_secret_value() for secret in secrets]
    vault = Vault(master_keys)
    if db is None:
        db = new_database(settings.database_url, clock, master_keys)
        db.after_commit(outside.announcements.publish)
    jobs = jobs or Jobs(new_app(settings.database_url))
    gate = Contact(
        db, clock, outside.channels, Profile(settings.contact.profile), outside.telephone
    )
    contact = ContactServices(gate, HouseLimitsService(db, clock))
    debts = Debts(db, clock)
    audit = new_audit(db, clock, master_keys, settings.audit.ends_of_previous_keys)
    anchors = Anchors(settings.anchor_file, clock)
    staff = StaffService(
        db,
        clock,
        settings.desk,
        hasher=outside.hasher,
        published_passwords=settings.in_development,
    )
    negotiation, current = Negotiation(db, clock, jobs), CurrentAgreements(db)
    conversations = _conversations(settings, outside, db, jobs, vault, gate)
    bookkeeping = Bookkeeping(clock, jobs)
    payments = _payments(outside, db, jobs, conversations.outbox, bookkeeping)
    outreach = OutreachServices(
        PlannedContacts(db, clock, jobs, gate, conversations.turns, settings.conversation),
        AgreementFollowUp(db, clock, jobs),
        SendByWhatsApp(db, clock, jobs, conversations.outbox, settings.conversation),
    )
    return Acuerdo(
        settings=settings,
        outside=outside,
        db=db,
        vault=vault,
        jobs=jobs,
        audit=audit,
        operation=Operation(
            StaffAccounts(db, clock, staff),
            BatchSealing(db, clock, audit, anchors, batch_sealed_kinds()),
            BookCheck(db, clock),
            Retention(db, clock, settings.retention, settings.media_folder),
        ),
        staff=staff,
        debts=debts,
        contact=contact,
        agreements=AgreementServices(negotiation, current, DebtorOffers(negotiation, current)),
        conversations=conversations,
        calls=_calls(settings, outside, db, jobs, gate, conversations),
        payments=payments,
        external_events=ExternalEvents(db, clock, jobs),
        outreach=outreach,
        cases=_cases(db, clock, jobs, gate, conversations, payments.taking, bookkeeping, outreach),
        portfolio=Portfolio(db, clock, vault, jobs, bookkeeping),
        idempotency=Idempotency(db, clock),
        views=Views(
            desk=Desk(db, clock, gate),
            reports=Reports(db, clock),
            debtor_files=DebtorFiles(db, clock),
            dossiers=Dossiers(db, clock, vault, anchors),
            cases=CaseList(db, clock, payments.taking.gateways),
            reach=Reach(db, clock),
        ),
    )


def _conversations(
    settings: Settings, outside: Outside, db: Database, jobs: Jobs, vault: Vault, gate: Contact
) -> ConversationServices:
    clock = outside.clock
    identity = Identity(db, clock, jobs, vault, settings.conversation)
    outbox = Outbox(db, clock, gate)
    turns = Turns(
        db,
        clock,
        outside.engine,
        identity,
        outbox,
        settings.conversation,
        settings.engine,
        outside.sleep,
    )
    keywords = OptOutKeywords(clock, jobs, outbox)
    short_answers = ShortAnswers(clock, jobs, outbox)
    edits = Edits(clock, jobs, short_answers, keywords)
    return ConversationServices(
        identity=identity,
        inbox=Inbox(db, clock, jobs, gate, keywords, edits, short_answers, settings.conversation),
        outbox=outbox,
        turns=turns,
        hand_off=HandOff(db, clock, jobs, outbox, turns),
        addressees=Addressees(db, clock),
        opt_outs=OptOutRequests(db, clock),
        preferences=Preferences(db, clock),
        callbacks=Callbacks(db, clock, jobs, gate),
        new_address=NewAddressNotices(db, clock, jobs, outbox, settings.conversation),
        media=MediaStore(db, gate, settings.media_folder, clock, settings.media),
    )


def _cases(
    db: Database,
    clock: Clock,
    jobs: Jobs,
    gate: Contact,
    conversations: ConversationServices,
    payments: Payments,
    bookkeeping: Bookkeeping,
    outreach: OutreachServices,
) -> CaseServices:
    answers = CaseAnswers(db, clock, jobs, gate, conversations.outbox, outreach.planned_contacts)
    return CaseServices(
        opening=CaseOpening(db, clock, gate, payments.gateways),
        work=Cases(db, clock, Consequences(payments, bookkeeping), answers),
        answers=answers,
    )


def _calls(
    settings: Settings,
    outside: Outside,
    db: Database,
    jobs: Jobs,
    gate: Contact,
    conversations: ConversationServices,
) -> CallServices:
    clock, voice = outside.clock, settings.voice
    recording = Recording(db, outside.telephone if voice.recording else None)
    amd = AnsweringMachines(db, clock, gate, voice, outside.sleep)
    hang_up = HangUp(db, clock, jobs, gate, conversations.turns)
    return CallServices(
        inbound=InboundCalls(db, clock),
        turns=CallTurns(db, clock, conversations.turns, hang_up, amd, recording, voice),
        dialling=Dialling(db, clock, jobs, gate, hang_up, settings),
        amd=amd,
        transfers=Transfers(db, clock, conversations.hand_off),
        hang_up=hang_up,
        recording=recording,
    )


def _payments(
    outside: Outside, db: Database, jobs: Jobs, outbox: Outbox, bookkeeping: Bookkeeping
) -> PaymentServices:
    gateways = Gateways(outside.gateways)
    taking = Payments(db, outside.clock, jobs, outbox, gateways, bookkeeping)
    return PaymentServices(taking, PaymentEvents(db, outside.clock, jobs, gateways, taking))
