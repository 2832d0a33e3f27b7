"""Settings: production refuses what is only good for trying things out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from acuerdo.platform.settings import (
    DEVELOPMENT_SECRET,
    ApiSettings,
    Settings,
    database_url_for_sqlalchemy,
)
from tests.unit.platform.production import FIT


def test_a_complete_production_is_accepted() -> None:
    settings = Settings(**FIT)
    assert not settings.in_development
    assert settings.base_url == "https://cobros.collections.org"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"secret_key": DEVELOPMENT_SECRET}, "ACUERDO_SECRET_KEY"),
        ({"secret_key": ""}, "ACUERDO_SECRET_KEY"),
        ({"secret_key": "short"}, "ACUERDO_SECRET_KEY"),
        ({"engine": {"secret": ""}}, "ACUERDO_ENGINE__SECRET"),
        ({"database_url": ""}, "ACUERDO_DATABASE_URL"),
        ({"redis_url": ""}, "ACUERDO_REDIS_URL"),
        ({"public_url": ""}, "ACUERDO_PUBLIC_URL"),
        ({"public_url": "http://cobros.collections.org"}, "ACUERDO_PUBLIC_URL"),
        ({"clock_start": datetime(2026, 1, 1, tzinfo=UTC)}, "ACUERDO_CLOCK_START"),
        ({"gateway": {"name": "sandbox", "secret": "x"}}, "ACUERDO_GATEWAY__NAME"),
        ({"telegram": {"token": "1:a"}}, "ACUERDO_TELEGRAM__WEBHOOK_SECRET"),
        ({"twilio": {"account_sid": "AC1"}}, "ACUERDO_TWILIO__AUTH_TOKEN"),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(
    changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError, match=named):
        Settings(**(FIT | changes))


def test_a_refusal_quotes_no_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**(FIT | {"database_url": ""}))
    assert "the engine's secret" not in str(refused.value)
    assert "a-long-secret-key" not in str(refused.value)


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings(**FIT))
    assert "a-long-secret-key" not in shown
    assert "the engine's secret" not in shown


def test_settings_come_from_variables_with_their_nested_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACUERDO_PORT", "9000")
    monkeypatch.setenv("ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS", "0")
    monkeypatch.setenv("ACUERDO_PREVIOUS_SECRET_KEYS", "one, two,")
    monkeypatch.setenv("ACUERDO_API__KEYS", "erp:k1, crm:k2")
    settings = Settings()
    assert settings.port == 9000
    assert settings.conversation.burst_window_seconds == 0
    assert [key.get_secret_value() for key in settings.previous_secret_keys] == ["one", "two"]
    assert settings.api.by_key == {"k1": "erp", "k2": "crm"}
    assert settings.base_url == "http://localhost:9000"


@pytest.mark.parametrize("keys", ["", "erp", "erp:", "erp: ", ":", ",", " , ", "erp:,crm:"])
def test_a_caller_without_a_key_has_none_and_not_an_empty_one(keys: str) -> None:
    # an empty key would let in everybody who sends none
    assert ApiSettings(keys=keys).by_key == {}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"env": "staging"},
        {"conversation": {"burst_window_seconds": -1}},
        {"engine": {"timeout_seconds": 0}},
        {"log_level": "loud"},
        {"max_webhook_bytes": 0},
    ],
)
def test_values_that_make_no_sense_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**changes)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_a_database_url_names_our_driver(url: str, expected: str) -> None:
    assert database_url_for_sqlalchemy(url) == expected
