"""The errors of the core: each says what is wrong, with a code, and knows no HTTP."""

from typing import ClassVar


class AcuerdoError(Exception):
    """What is wrong, as a machine `code`; its text is safe to show and names nobody."""

    code: ClassVar[str] = "error"

    def __init__(self, explanation: str = "") -> None:
        super().__init__(explanation or (self.__doc__ or "").strip().splitlines()[0])


class NotFound(AcuerdoError):
    """There is nothing by that name."""

    code = "not_found"


class IdentityNotVerified(AcuerdoError):
    """The person on the other side has not proven to be the debtor."""

    code = "identity_not_verified"


class VerificationLocked(AcuerdoError):
    """Too many failed proofs of identity; this address must wait."""

    code = "verification_locked"


class DebtNotChosen(AcuerdoError):
    """There are several debts and the person has not said which one."""

    code = "debt_not_chosen"


class NothingOwed(AcuerdoError):
    """There is no open debt to talk about."""

    code = "nothing_owed"


class DebtInReview(AcuerdoError):
    """The debt is disputed; until a person has checked it nothing is asked or agreed about it."""

    code = "debt_in_review"


class ProposalNotOpen(AcuerdoError):
    """The proposal was replaced, belongs to somebody else or does not exist."""

    code = "proposal_not_open"


class PortfolioRejected(AcuerdoError):
    """The portfolio has errors; nothing of it was imported."""

    code = "portfolio_rejected"


class PortfolioMalformed(AcuerdoError):
    """The body is not JSON."""

    code = "malformed_json"


class EncodingUnknown(AcuerdoError):
    """The letters of the file are written in an encoding that cannot be told; send UTF-8."""

    code = "unknown_encoding"


class IdempotencyKeyReused(AcuerdoError):
    """The Idempotency-Key was sent before with another request."""

    code = "idempotency_key_reused"


class IdempotencyKeyInvalid(AcuerdoError):
    """An Idempotency-Key is 1 to 200 printable characters."""

    code = "idempotency_key_invalid"


class RequestInProgress(AcuerdoError):
    """The same request is being answered; send it again in a moment."""

    code = "request_in_progress"


class CaseResolved(AcuerdoError):
    """The case was resolved before; what came of it stays."""

    code = "case_resolved"


class AmountNeeded(AcuerdoError):
    """This resolution needs an amount above zero in the currency of the debt."""

    code = "amount_needed"


class DebtNeeded(AcuerdoError):
    """The debt is missing or not known, or this case takes none."""

    code = "debt_needed"


class StopStays(AcuerdoError):
    """This resolution lifts no stop."""

    code = "stop_stays"


class BadCursor(AcuerdoError):
    """The cursor is none that we gave."""

    code = "bad_cursor"


class PeriodBackwards(AcuerdoError):
    """The period ends before it begins."""

    code = "period_backwards"


class LimitsContradict(AcuerdoError):
    """The house limits would allow nothing."""

    code = "limits_contradict"


class NotAllowed(AcuerdoError):
    """This person may not do this."""

    code = "not_allowed"


class ConversationNotYours(AcuerdoError):
    """Another person, or the assistant, holds this conversation."""

    code = "conversation_not_yours"


class SpokenOnly(AcuerdoError):
    """A call is not written to, and no assistant waits at its other end."""

    code = "spoken_only"


class CallEnded(AcuerdoError):
    """Nobody is on this call any more."""

    code = "call_ended"


class EngineUnavailable(AcuerdoError):
    """The dialogue engine cannot answer now; the same turn may be tried again."""

    code = "engine_unavailable"


class EngineRefused(AcuerdoError):
    """The dialogue engine says our request is wrong; trying again will not help."""

    code = "engine_refused"


class ProviderError(AcuerdoError):
    """A provider of messages or payments did not do what was asked.

    `provider_code` is the provider's own code, kept for the desk.
    """

    code = "provider_error"

    def __init__(self, explanation: str = "", *, provider_code: str | None = None) -> None:
        super().__init__(explanation)
        self.provider_code = provider_code


class ProviderUnavailable(ProviderError):
    """The provider cannot do it now; try again, after `retry_after_seconds` where it said so."""

    code = "provider_unavailable"

    def __init__(
        self,
        explanation: str = "",
        *,
        provider_code: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(explanation, provider_code=provider_code)
        self.retry_after_seconds = retry_after_seconds


class OutcomeUnknown(ProviderError):
    """The request may or may not have been carried out; never repeat it blindly."""

    code = "outcome_unknown"


class ProviderRefused(ProviderError):
    """The provider will never do this; `unreachable` when the person cannot be reached there."""

    code = "provider_refused"

    def __init__(
        self,
        explanation: str = "",
        *,
        provider_code: str | None = None,
        unreachable: bool = False,
    ) -> None:
        super().__init__(explanation, provider_code=provider_code)
        self.unreachable = unreachable


class ProviderMisused(ProviderError):
    """The request is wrong in itself: a mistake of ours or of the settings."""

    code = "provider_misused"


class NotRepeatable(AcuerdoError):
    """The event was handled, or was never taken by a job that could be run again."""

    code = "not_repeatable"


class BadCredentials(AcuerdoError):
    """The user name or the password is not right."""

    code = "bad_credentials"


class GatewayEventForged(AcuerdoError):
    """The payment event was not signed by the gateway."""

    code = "gateway_event_forged"


class PasswordRefused(AcuerdoError):
    """This password may not be chosen."""

    code = "password_refused"


class LoginTaken(AcuerdoError):
    """This login is somebody's already."""

    code = "login_taken"


class OutOfScope(AcuerdoError):
    """The portfolio names creditors, people or debts that are not this caller's; nothing of it was
    imported."""

    code = "out_of_scope"


class UnsafeInstallation(AcuerdoError):
    """The product does not start on what it found."""

    code = "unsafe_installation"
