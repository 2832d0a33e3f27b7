"""`acuerdo events`, on a database of its own."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from acuerdo.platform.settings import database_url_for_sqlalchemy
from tests.integration.doors.cli.command import acuerdo

FAILED, MESSAGE = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def events(database_url: str) -> None:
    """A payment that broke on us, and a message that was handled."""
    engine = create_engine(database_url_for_sqlalchemy(database_url))
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into external_event"
                " (id, source, event_id, body, state, reason, job, received_at) values"
                " (:failed, 'payments.sandbox', 'evt-1', 'Ana Flores', 'failed', 'KeyError',"
                "  'payments.handle_event', '2026-11-23T15:00Z'),"
                " (:message, 'telegram', '5001', 'hola', 'handled', null, null,"
                "  '2026-11-23T16:00Z')"
            ),
            {"failed": FAILED, "message": MESSAGE},
        )
    engine.dispose()


def test_what_lies_is_listed_and_not_what_it_says() -> None:
    status, said = acuerdo("events", "list")
    assert status == 0
    assert said == (
        f"{FAILED}  2026-11-23T15:00:00+00:00  payments.sandbox  falló  KeyError  repetible\n"
    )
    assert acuerdo("events", "list", "--state", "handled")[1].startswith(str(MESSAGE))


def test_an_event_is_put_into_the_queue_again() -> None:
    assert acuerdo("events", "retry", str(FAILED)) == (0, f"{FAILED}: en la cola\n")
    assert "por hacer" in acuerdo("events", "list")[1]


@pytest.mark.parametrize("event_id", [MESSAGE, uuid4()])
def test_what_was_handled_or_is_not_there_is_refused(event_id: UUID) -> None:
    assert acuerdo("events", "retry", str(event_id))[0] == 1
