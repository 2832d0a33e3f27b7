"""Every error of the core is translated at every door.

The rule for the engine's door: what an action can meet is spoken or handled by name; what only
other doors can meet is listed here as a failure of the turn, which is then tried again.
"""

import pytest

import acuerdo.platform.errors as errors
import bot.errors
import doors.console.errors
from actions.action import SPOKEN
from acuerdo.platform.errors import AcuerdoError
from acuerdo.portfolio.importer import Rejected
from doors.problems import STATUS_OF
from tests.domain import responses
from tests.unit.core_errors import ALL

HANDLED_BY_NAME = {errors.IdentityNotVerified, errors.DebtNotChosen}
FAILS_THE_TURN = {
    errors.NotFound,
    errors.PortfolioRejected,
    Rejected,
    errors.PortfolioMalformed,
    errors.EncodingUnknown,
    errors.IdempotencyKeyReused,
    errors.IdempotencyKeyInvalid,
    errors.RequestInProgress,
    errors.CaseResolved,
    errors.AmountNeeded,
    errors.DebtNeeded,
    errors.StopStays,
    errors.BadCursor,
    errors.PeriodBackwards,
    errors.LimitsContradict,
    errors.NotAllowed,
    errors.ConversationNotYours,
    errors.SpokenOnly,
    errors.CallEnded,
    errors.EngineUnavailable,
    errors.EngineRefused,
    errors.ProviderError,
    errors.OutcomeUnknown,
    errors.NotRepeatable,
    errors.BadCredentials,
    errors.GatewayEventForged,
    errors.PasswordRefused,
    errors.LoginTaken,
    errors.OutOfScope,
    errors.UnsafeInstallation,
}


def test_all_errors_are_looked_at() -> None:
    named = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    assert {kind for kind in named if issubclass(kind, AcuerdoError)} <= {*ALL, AcuerdoError}
    assert len(ALL) > 15


@pytest.mark.parametrize("kind", ALL)
def test_the_rest_door_has_a_status_for_each(kind: type[AcuerdoError]) -> None:
    assert kind in STATUS_OF
    assert 400 <= STATUS_OF[kind] < 600


@pytest.mark.parametrize("kind", ALL)
def test_the_text_doors_and_the_desk_have_an_answer_for_each(kind: type[AcuerdoError]) -> None:
    error = kind.__new__(kind)
    assert bot.errors.problem_of(error).status
    assert doors.console.errors.problem_of(error).words


@pytest.mark.parametrize("kind", ALL)
def test_the_engines_door_speaks_it_or_fails_on_purpose(kind: type[AcuerdoError]) -> None:
    ways = [
        kind in HANDLED_BY_NAME,
        kind in FAILS_THE_TURN,
        any(each in SPOKEN for each in kind.__mro__),
    ]
    assert ways.count(True) == 1, f"{kind.__name__}: spoken, handled or a failure of the turn?"


def test_what_is_spoken_has_its_words() -> None:
    for response, _ in SPOKEN.values():
        assert response in responses()


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind is not Rejected])
def test_an_error_has_a_code_and_safe_words_of_its_own(kind: type[AcuerdoError]) -> None:
    assert kind.code != AcuerdoError.code
    assert [each for each in ALL if each.code == kind.code and each is not Rejected] == [kind]
    assert len(str(kind())) > 10
    assert "\n" not in str(kind())
