"""The services of the core, grouped by topic, as `acuerdo.bootstrap` makes them."""

from dataclasses import dataclass

from acuerdo.agreements.current import CurrentAgreements
from acuerdo.agreements.debtor_offers import DebtorOffers
from acuerdo.agreements.service import Negotiation
from acuerdo.audit.sealing import BatchSealing
from acuerdo.bookkeeping.check import BookCheck
from acuerdo.calls.amd import AnsweringMachines
from acuerdo.calls.dialling import Dialling
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.inbound import InboundCalls
from acuerdo.calls.recording import Recording
from acuerdo.calls.transfers import Transfers
from acuerdo.calls.turns import CallTurns
from acuerdo.cases.answers import CaseAnswers
from acuerdo.cases.opening import CaseOpening
from acuerdo.cases.service import Cases
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.service import Contact
from acuerdo.conversations.addressees import Addressees
from acuerdo.conversations.callbacks import Callbacks
from acuerdo.conversations.hand_off import HandOff
from acuerdo.conversations.identity import Identity
from acuerdo.conversations.inbox import Inbox
from acuerdo.conversations.media import MediaStore
from acuerdo.conversations.new_address import NewAddressNotices
from acuerdo.conversations.opt_outs import OptOutRequests
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.preferences import Preferences
from acuerdo.conversations.turns import Turns
from acuerdo.outreach.agreement_follow_up import AgreementFollowUp
from acuerdo.outreach.send_by_whatsapp import SendByWhatsApp
from acuerdo.outreach.service import PlannedContacts
from acuerdo.payments.events import PaymentEvents
from acuerdo.payments.service import Payments
from acuerdo.retention.service import Retention
from acuerdo.staff.accounts import StaffAccounts
from acuerdo.views.cases.case_list import CaseList
from acuerdo.views.debtor_file.service import DebtorFiles
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.service import Dossiers
from acuerdo.views.reach.service import Reach
from acuerdo.views.reports.service import Reports


@dataclass(frozen=True, slots=True)
class ContactServices:
    """Reaching people: the one gate, and the limits that the house sets."""

    gate: Contact
    house_limits: HouseLimitsService


@dataclass(frozen=True, slots=True)
class AgreementServices:
    """What is offered and agreed, and what stands agreed."""

    negotiation: Negotiation
    current: CurrentAgreements
    debtor_offers: DebtorOffers


@dataclass(frozen=True, slots=True)
class ConversationServices:
    """A conversation from the message that comes in to the answer that goes out."""

    identity: Identity
    inbox: Inbox
    outbox: Outbox
    turns: Turns
    hand_off: HandOff
    addressees: Addressees
    opt_outs: OptOutRequests
    preferences: Preferences
    callbacks: Callbacks
    new_address: NewAddressNotices
    media: MediaStore


@dataclass(frozen=True, slots=True)
class CallServices:
    """Calls: dialled, answered turn by turn, put through, ended."""

    inbound: InboundCalls
    turns: CallTurns
    dialling: Dialling
    amd: AnsweringMachines
    transfers: Transfers
    hang_up: HangUp
    recording: Recording


@dataclass(frozen=True, slots=True)
class PaymentServices:
    """Links to pay, what arrived money closes, and the events that tell of it."""

    taking: Payments
    events: PaymentEvents


@dataclass(frozen=True, slots=True)
class OutreachServices:
    """Contacts that begin with us."""

    planned_contacts: PlannedContacts
    agreement_follow_up: AgreementFollowUp
    send_by_whatsapp: SendByWhatsApp


@dataclass(frozen=True, slots=True)
class CaseServices:
    """Cases: opened by the dialogue, worked at the desk, told to the person."""

    opening: CaseOpening
    work: Cases
    answers: CaseAnswers


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operator does, and what happens by itself every few minutes or every night."""

    accounts: StaffAccounts
    sealing: BatchSealing
    books: BookCheck
    retention: Retention


@dataclass(frozen=True, slots=True)
class Views:
    """The read side."""

    desk: Desk
    reports: Reports
    debtor_files: DebtorFiles
    dossiers: Dossiers
    cases: CaseList
    reach: Reach
