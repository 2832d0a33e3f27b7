"""The migrations make what the models say, from nothing, and can be undone."""

import json
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from acuerdo.conversations.call_cue import Afterwards, CallCue, Keypad
from acuerdo.platform.db.migrations import configuration, migrate
from acuerdo.platform.settings import ROOT, database_url_for_sqlalchemy
from acuerdo.tables import METADATA
from tests.integration.conftest import Server


@pytest.fixture
def empty_url(postgres: Server) -> Iterator[str]:
    """A database with nothing in it."""
    url = postgres.new_database(template="template0")
    yield url
    postgres.drop(url)


@pytest.fixture
def connection(empty_url: str) -> Iterator[Connection]:
    engine = create_engine(database_url_for_sqlalchemy(empty_url))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def config(connection: Connection) -> Config:
    return configuration(ROOT, connection)


def tables(connection: Connection) -> set[str]:
    """The names of all tables."""
    return set(inspect(connection).get_table_names())


def test_from_nothing_to_what_the_models_say(connection: Connection, config: Config) -> None:
    command.upgrade(config, "head")
    assert set(METADATA.tables) <= tables(connection)
    assert "procrastinate_jobs" in tables(connection)
    command.check(config)


def test_down_to_nothing_and_up_again(connection: Connection, config: Config) -> None:
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    connection.commit()
    assert tables(connection) == {"alembic_version"}
    left = connection.execute(
        text("select proname from pg_proc where proname like 'procrastinate_%'")
    ).all()
    assert left == []
    command.upgrade(config, "head")
    command.check(config)


def test_webhooks_kept_before_are_taken_over(connection: Connection, config: Config) -> None:
    # given a database of before, with webhooks that nobody understood
    command.upgrade(config, "0022")
    connection.execute(
        text(
            "insert into stray_event (channel, reason, body, at) values"
            " ('whatsapp', 'not_whatsapp', 'a', '2026-11-23T15:00Z'),"
            " ('telegram', 'poll', 'b', '2026-11-23T16:00Z')"
        )
    )
    command.upgrade(config, "head")
    kept = connection.execute(
        text(
            "select source, state, reason, body, job, handled_at from external_event"
            " order by received_at"
        )
    ).all()
    assert kept == [
        ("twilio.whatsapp", "unreadable", "not_whatsapp", "a", None, None),
        ("telegram", "unreadable", "poll", "b", None, None),
    ]
    # and they go back where they came from
    command.downgrade(config, "0022")
    back = connection.execute(text("select channel, reason, body from stray_event order by at"))
    assert back.all() == [("whatsapp", "not_whatsapp", "a"), ("telegram", "poll", "b")]


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    migrate(empty_url)
    migrate(empty_url)
    assert make_url(empty_url).database


def test_every_constraint_has_a_name_that_follows_the_convention() -> None:
    for table in METADATA.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name} has a constraint without a name"
        for index in table.indexes:
            assert str(index.name).startswith(("ix_", "uq_")), index.name


def test_what_a_call_was_asked_among_buttons_becomes_data_of_its_own(
    connection: Connection, config: Config
) -> None:
    # given messages of a call as they were written before
    command.upgrade(config, "0023")
    connection.execute(text("set session_replication_role = replica"))
    choice = {"title": "para mañana", "payload": "mañana"}
    keyed = {"title": "o marque el día", "payload": "call:date"}
    written = [
        [choice, keyed],
        [{"title": "adiós", "payload": "call:end"}],
        [{"title": "cuando esté listo", "payload": "call:wait"}],
        [choice],
    ]
    for buttons in written:
        connection.execute(
            text(
                "insert into message (id, conversation_id, channel, direction, author, text,"
                " buttons, media, state, at) values (gen_random_uuid(), gen_random_uuid(), 'voice',"
                " 'out', 'bot', 'x', cast(:buttons as jsonb), '[]', 'sent', now())"
            ),
            {"buttons": json.dumps(buttons)},
        )
    # when the product is brought up to date
    command.upgrade(config, "head")
    # then the cues are read as if they had been written today
    rows = connection.execute(text("select call_cue, buttons from message order by sequence")).all()
    assert [CallCue.of_json(cue) for cue, _ in rows] == [
        CallCue(Keypad.DATE, "o marque el día"),
        CallCue(then=Afterwards.HANG_UP),
        CallCue(then=Afterwards.WAIT),
        CallCue(),
    ]
    assert [buttons for _, buttons in rows] == [[choice], [], [], [choice]]
    # and the way back loses no button
    command.downgrade(config, "0023")
    assert connection.execute(
        text("select buttons from message order by sequence")
    ).scalars().first() == [
        choice,
        keyed,
    ]
