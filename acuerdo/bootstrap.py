"""The composition root: every part of the core, built once per process from the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from acuerdo.agreements.current import CurrentAgreements
from acuerdo.agreements.service import Agreements
from acuerdo.audit.service import Audit
from acuerdo.calls.dialling import Dialling
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.recording import Recording
from acuerdo.calls.service import Calls
from acuerdo.calls.transfers import Transfers
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.law import Profile
from acuerdo.contact.ports import TextChannel
from acuerdo.contact.service import Contact
from acuerdo.conversations.hand_off import HandOff
from acuerdo.conversations.identity import Identity
from acuerdo.conversations.inbox import Inbox
from acuerdo.conversations.media import MediaStore
from acuerdo.conversations.opt_out_keywords import OptOutKeywords
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.turns import Turns
from acuerdo.conversations.wishes import Wishes
from acuerdo.debts.service import Debts
from acuerdo.outreach.agreement_follow_up import AgreementFollowUp
from acuerdo.outreach.send_by_whatsapp import SendByWhatsApp
from acuerdo.outreach.service import PlannedContacts
from acuerdo.payments.ports import PaymentGateway
from acuerdo.payments.service import Payments
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.clock import Clock, StartedClock, SystemClock
from acuerdo.platform.db.embedded import EmbeddedPostgres, EmbeddedRedis
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault, derive_key
from acuerdo.platform.jobs import Jobs, new_app
from acuerdo.platform.settings import GatewaySettings, Settings
from acuerdo.portfolio.importer import Portfolio
from acuerdo.providers.rasa.engine import HttpEngine
from acuerdo.providers.sandbox_gateway.gateway import SandboxGateway
from acuerdo.providers.telegram.bot import TelegramBot
from acuerdo.providers.twilio.voice import TwilioTelephone
from acuerdo.providers.twilio.whatsapp import TwilioWhatsApp
from acuerdo.staff.service import StaffService
from acuerdo.tables import audited_kinds
from acuerdo.values.channels import Channel
from acuerdo.views.debtor_file.service import DebtorFiles
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.service import Dossiers
from acuerdo.views.reports.service import Reports


@dataclass
class Acuerdo:
    """The core, ready to use; open it before and close it after."""

    settings: Settings
    clock: Clock
    db: Database
    vault: Vault
    jobs: Jobs
    audit: Audit
    announcements: Announcements
    engine: HttpEngine
    channels: Mapping[Channel, TextChannel]
    gateways: Mapping[str, PaymentGateway]
    contact: Contact
    debts: Debts
    agreements: Agreements
    current_agreements: CurrentAgreements
    identity: Identity
    inbox: Inbox
    outbox: Outbox
    turns: Turns
    calls: Calls
    hang_up: HangUp
    dialling: Dialling
    transfers: Transfers
    send_by_whatsapp: SendByWhatsApp
    recording: Recording
    telephone: TwilioTelephone | None
    hand_off: HandOff
    wishes: Wishes
    media: MediaStore
    payments: Payments
    planned_contacts: PlannedContacts
    agreement_follow_up: AgreementFollowUp
    portfolio: Portfolio
    debtor_files: DebtorFiles
    dossiers: Dossiers
    staff: StaffService
    desk: Desk
    reports: Reports
    house_limits: HouseLimitsService

    async def open(self) -> None:
        """Connect what must be connected before the first use."""
        await self.jobs.app.open_async()

    async def close(self) -> None:
        """Give back every connection."""
        await self.jobs.app.close_async()
        for channel in self.channels.values():
            await channel.close()
        if self.telephone is not None:
            await self.telephone.close()
        for gateway in self.gateways.values():
            await gateway.close()
        await self.engine.close()
        await self.announcements.close()
        await self.db.close()


def new_clock(settings: Settings) -> Clock:
    """The machine's clock, or one that runs on from a chosen moment."""
    if settings.clock_start is None:
        return SystemClock()
    return StartedClock(settings.clock_start, epoch=settings.clock_epoch)


def new_channels(settings: Settings) -> dict[Channel, TextChannel]:
    """The channels for which there is an account."""
    channels: dict[Channel, TextChannel] = {}
    if settings.twilio.account_sid:
        channels[Channel.WHATSAPP] = TwilioWhatsApp(settings.twilio, settings.base_url)
    telegram = new_telegram(settings)
    if telegram is not None:
        channels[Channel.TELEGRAM] = telegram
    return channels


def new_telephone(settings: Settings) -> TwilioTelephone | None:
    """The telephone, where there is an account with a number."""
    if not settings.twilio.account_sid or not settings.twilio.voice_from:
        return None
    return TwilioTelephone(settings.twilio, settings.voice, settings.base_url)


def new_telegram(settings: Settings) -> TelegramBot | None:
    """The Telegram bot, where there is one."""
    if not settings.telegram.token.get_secret_value():
        return None
    return TelegramBot(settings.telegram)


def new_gateways(settings: GatewaySettings) -> dict[str, PaymentGateway]:
    """The payment gateways for which there is an account."""
    if settings.name == "none":
        return {}
    return {
        SandboxGateway.name: SandboxGateway(
            settings.base_url,
            settings.secret.get_secret_value(),
            timeout_seconds=settings.timeout_seconds,
        )
    }


def new_audit(db: Database, clock: Clock, master_keys: Sequence[str]) -> Audit:
    """The chain over the ledger, connected with every transaction of the database."""
    keys = [derive_key(master, b"acuerdo.audit") for master in master_keys]
    audit = Audit(db, clock, keys, audited_kinds())
    db.before_commit(audit.seal_noted)
    return audit


def new_acuerdo(settings: Settings) -> Acuerdo:
    """The core on the configured database and Redis; nothing is connected yet."""
    clock = new_clock(settings)
    db = Database(settings.database_url)
    secrets = (settings.secret_key, *settings.previous_secret_keys)
    master_keys = [secret.get_secret_value() for secret in secrets]
    vault = Vault(master_keys)
    audit = new_audit(db, clock, master_keys)
    jobs = Jobs(new_app(settings.database_url))
    announcements = Announcements(settings.redis_url)
    engine = HttpEngine(
        settings.engine.url,
        settings.engine.secret.get_secret_value(),
        timeout_seconds=settings.engine.timeout_seconds,
    )
    channels = new_channels(settings)
    gateways = new_gateways(settings.gateway)
    telephone = new_telephone(settings)
    contact = Contact(db, clock, channels, Profile(settings.contact.profile), telephone)
    debts = Debts(db, clock)
    house_limits = HouseLimitsService(db, clock)
    identity = Identity(db, clock, vault, settings.conversation)
    outbox = Outbox(db, clock, contact, announcements)
    turns = Turns(
        db,
        clock,
        engine,
        identity,
        outbox,
        announcements,
        settings.conversation,
        settings.engine,
    )
    hand_off = HandOff(db, clock, jobs, contact, outbox, turns, announcements)
    hang_up = HangUp(db, clock, jobs, contact, turns, announcements)
    return Acuerdo(
        settings=settings,
        clock=clock,
        db=db,
        vault=vault,
        jobs=jobs,
        audit=audit,
        announcements=announcements,
        engine=engine,
        channels=channels,
        gateways=gateways,
        contact=contact,
        debts=debts,
        agreements=Agreements(db, clock, jobs),
        current_agreements=CurrentAgreements(db),
        identity=identity,
        inbox=Inbox(
            db,
            clock,
            jobs,
            contact,
            OptOutKeywords(clock, jobs, outbox),
            announcements,
            settings.conversation,
        ),
        outbox=outbox,
        turns=turns,
        calls=Calls(db, clock, turns, hang_up, announcements),
        hang_up=hang_up,
        dialling=Dialling(db, clock, jobs, contact, hang_up, telephone, announcements, settings),
        telephone=telephone,
        recording=Recording(db, telephone, wanted=settings.voice.recording),
        send_by_whatsapp=SendByWhatsApp(db, clock, jobs, outbox, settings.conversation),
        transfers=Transfers(db, clock, hand_off, announcements),
        hand_off=hand_off,
        wishes=Wishes(db, clock),
        media=MediaStore(db, contact, announcements, settings.media_folder),
        payments=Payments(db, clock, jobs, outbox, gateways),
        planned_contacts=PlannedContacts(db, clock, jobs, contact, turns, settings.conversation),
        agreement_follow_up=AgreementFollowUp(db, clock, jobs),
        portfolio=Portfolio(db, clock, vault),
        debtor_files=DebtorFiles(db),
        dossiers=Dossiers(db, clock, vault),
        staff=StaffService(db, clock, settings.desk),
        desk=Desk(db, clock, contact),
        reports=Reports(db, clock),
        house_limits=house_limits,
    )


@dataclass
class Servers:
    """The database and Redis in use: configured ones, or embedded ones of ours."""

    settings: Settings
    postgres: EmbeddedPostgres | None = None
    redis: EmbeddedRedis | None = None

    def stop(self) -> None:
        """Stop what we started."""
        if self.redis is not None:
            self.redis.stop()
        if self.postgres is not None:
            self.postgres.stop()


def with_database(settings: Settings) -> Servers:
    """The settings with a database that runs; embedded where none is configured."""
    if settings.database_url:
        return Servers(settings)
    postgres = EmbeddedPostgres(_made(settings.run_dir) / "postgres")
    return Servers(settings.model_copy(update={"database_url": postgres.url}), postgres=postgres)


def with_servers(settings: Settings) -> Servers:
    """The settings with a database and a Redis that run; embedded where none is configured."""
    servers = with_database(settings)
    if not settings.redis_url:
        servers.redis = EmbeddedRedis(_made(settings.run_dir) / "redis")
        servers.settings = servers.settings.model_copy(update={"redis_url": servers.redis.url})
    return servers


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
