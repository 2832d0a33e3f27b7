"""Whatever fails behind the doors, the provider is told to come again."""

import pytest
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError as DatabaseGone
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

import acuerdo.platform.errors
from acuerdo.platform.errors import AcuerdoError
from bot.errors import problem_of
from tests.contract.bot.doors import Doors
from tests.unit.providers.forms import an_inbound
from tests.unit.providers.updates import a_message_update

DATABASE_FAILURES = [
    OperationalError("select 1", {}, DatabaseGone("gone")),
    InterfaceError("select 1", {}, DatabaseGone("gone")),
    PoolExhausted(),
    DatabaseGone("gone"),
    ConnectorException(),
    ConnectionRefusedError(),
]
OF_THE_CORE = [
    error
    for error in vars(acuerdo.platform.errors).values()
    if isinstance(error, type) and issubclass(error, AcuerdoError)
]


@pytest.mark.parametrize("failure", DATABASE_FAILURES, ids=lambda failure: type(failure).__name__)
async def test_without_the_database_the_webhook_is_to_be_sent_again(
    doors: Doors, failure: Exception
) -> None:
    doors.core.conversations.inbox.failure = failure

    answers = [
        await doors.twilio(an_inbound()),
        await doors.telegram(a_message_update(text="hola")),
    ]

    for answer in answers:
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json() == {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "code": "unavailable",
        }


async def test_when_it_is_back_the_webhook_goes_in(doors: Doors) -> None:
    doors.core.conversations.inbox.failure = DATABASE_FAILURES[0]
    await doors.twilio(an_inbound())
    doors.core.conversations.inbox.failure = None

    assert (await doors.twilio(an_inbound())).status_code == 200
    assert len(doors.received) == 1


@pytest.mark.parametrize("kind", OF_THE_CORE)
def test_every_error_of_the_core_has_an_answer(kind: type[AcuerdoError]) -> None:
    assert problem_of(kind()).status == 503


async def test_a_mistake_of_ours_is_not_dressed_up(doors: Doors) -> None:
    doors.core.conversations.inbox.failure = LookupError("a bug")
    with pytest.raises(LookupError):
        await doors.twilio(an_inbound())
