"""H7, M5: development lets nothing real near it, production nothing published, short or empty."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from acuerdo.platform import safety
from acuerdo.platform.settings import DEVELOPMENT_SECRET, Settings
from doors.cli import demonstration
from simulator.config import SimulatorConfig
from tests.unit.platform.production import FIT

STRONG = "Yb7-kQz3Wm_p9TnR4vXs8LcJ2hDf6GaE"
SIMULATOR = SimulatorConfig()


def _changed(path: str, text: str) -> dict[str, Any]:
    group, _, name = path.rpartition(".")
    if not group:
        return FIT | {name: text}
    return FIT | {group: FIT.get(group, {}) | {name: text}}


def _secret_fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.annotation is SecretStr:
            yield prefix + name
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _secret_fields(field.annotation, f"{prefix}{name}.")


SECRETS = sorted(_secret_fields(Settings))


def _as_field(path: str, secret: str) -> str:
    return f"erp:{secret}" if path == "api.keys" else secret


def test_every_kind_of_secret_is_known_here() -> None:
    assert {"secret_key", "api.keys", "engine.secret", "gateway.secret"} < set(SECRETS)


@pytest.mark.parametrize("path", SECRETS)
@pytest.mark.parametrize(
    "secret",
    [
        "x",
        "short-one",
        "a" * 64,
        "abcabcabcabcabcabcabcabcabcabcabcabcabc",
        DEVELOPMENT_SECRET,
        DEVELOPMENT_SECRET.upper(),
        f" {DEVELOPMENT_SECRET} ",
        SIMULATOR.twilio_auth_token,
        SIMULATOR.telegram_webhook_secret,
        SIMULATOR.telegram_token,
        SIMULATOR.gateway_secret,
        demonstration.API_KEY,
        demonstration.PASSWORD,
        "change-me-change-me-change-me-change-me",
        "your-secret-key-goes-here-0123456789",
    ],
)
def test_production_refuses_what_is_published_or_weak_wherever_it_stands(
    path: str, secret: str
) -> None:
    variable = "ACUERDO_" + path.upper().replace(".", "__")
    with pytest.raises(ValidationError, match=variable):
        Settings(**_changed(path, _as_field(path, secret)))


@pytest.mark.parametrize("path", SECRETS)
def test_production_takes_a_secret_of_its_own_everywhere(path: str) -> None:
    assert Settings(**_changed(path, _as_field(path, STRONG)))


@pytest.mark.parametrize(
    "previous", [DEVELOPMENT_SECRET, "short", f"{STRONG},{DEVELOPMENT_SECRET}"]
)
def test_a_key_of_earlier_days_is_held_to_the_same_rules(previous: str) -> None:
    with pytest.raises(ValidationError, match="ACUERDO_PREVIOUS_SECRET_KEYS"):
        Settings(**(FIT | {"previous_secret_keys": previous}))


def test_one_bad_key_among_good_ones_is_found() -> None:
    keys = f"erp:{STRONG},crm:a"
    with pytest.raises(ValidationError, match="ACUERDO_API__KEYS"):
        Settings(**(FIT | {"api": {"keys": keys}}))


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SECRETS, 2)))
def test_one_secret_does_not_open_two_doors(one: str, other: str) -> None:
    changed: dict[str, Any] = _changed(one, _as_field(one, STRONG))
    group, _, name = other.rpartition(".")
    text = _as_field(other, STRONG)
    changed |= {group: changed.get(group, {}) | {name: text}} if group else {name: text}
    with pytest.raises(ValidationError, match="mismo secreto"):
        Settings(**changed)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"redis_url": "redis://redis:6379/0"}, "ACUERDO_REDIS_URL"),
        ({"redis_url": "redis://:redis@redis:6379/0"}, "ACUERDO_REDIS_URL"),
        ({"redis_url": "rediss://user@10.0.0.3"}, "ACUERDO_REDIS_URL"),
        ({"redis_url": "redis://:acuerdo-demo@127.0.0.1"}, "ACUERDO_REDIS_URL"),
        ({"database_url": "postgresql://acuerdo:acuerdo@db/acuerdo"}, "ACUERDO_DATABASE_URL"),
        ({"database_owner_url": "postgresql://o:postgres@db/a"}, "ACUERDO_DATABASE_OWNER_URL"),
        ({"public_url": "https://localhost"}, "ACUERDO_PUBLIC_URL"),
        ({"public_url": "ftp://cobros.collections.org"}, "ACUERDO_PUBLIC_URL"),
        ({"twilio": FIT["twilio"] | {"base_url": "http://127.0.0.1:9"}}, "TWILIO__BASE_URL"),
        ({"twilio": FIT["twilio"] | {"base_url": "http://proxy.org"}}, "TWILIO__BASE_URL"),
        ({"telegram": FIT["telegram"] | {"base_url": "http://bots.org"}}, "TELEGRAM__BASE_URL"),
        ({"gateway": {"base_url": "http://pay.org"}}, "GATEWAY__BASE_URL"),
        ({"engine": {"secret": "   "}}, "ACUERDO_ENGINE__SECRET"),
        ({"secret_key": "          "}, "ACUERDO_SECRET_KEY"),
    ],
)
def test_production_refuses_open_doors(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Settings(**(FIT | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"redis_url": "unix:///run/redis.sock"},
        {"redis_url": "redis://127.0.0.1:6379/0"},
        {"redis_url": "redis://[::1]:6379/0"},
        {"telegram": FIT["telegram"] | {"base_url": "http://127.0.0.1:8081"}},
        {"twilio": FIT["twilio"] | {"base_url": "https://api.dublin.ie1.twilio.com"}},
    ],
)
def test_production_takes_what_is_closed(changes: dict[str, Any]) -> None:
    assert Settings(**(FIT | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"public_url": "https://cobros.collections.org"},
        {"public_url": "http://192.168.1.20:8000"},
        {"public_url": "https://localhost.attacker.org"},
        {"public_url": "https://127.0.0.1.nip.io"},
        {"public_url": "https://localhost@evil.org"},
        {"public_url": "https://abc.ngrok.app"},
        {"public_url": "not an address"},
        {"twilio": {"account_sid": "AC1"}},
        {"twilio": {"account_sid": "AC1", "base_url": "https://api.twilio.com"}},
        {"telegram": {"token": "71:AAF"}},
        {"telegram": {"token": "71:AAF", "base_url": "http://10.0.0.2"}},
    ],
)
def test_development_refuses_what_is_real_and_says_what_to_do(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="ACUERDO_ENV=production") as refused:
        Settings(**changes)
    assert "docs/runbooks/install.md" in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"public_url": "http://localhost:8000"},
        {"public_url": "http://127.0.0.1:8000/"},
        {"public_url": "http://[::1]:8000"},
        {"twilio": {"account_sid": "AC1", "base_url": "http://127.0.0.1:8000/simulator/twilio"}},
        {"telegram": {"token": "1:a", "base_url": "http://localhost:9/telegram"}},
    ],
)
def test_development_on_this_machine_needs_nothing(changes: dict[str, Any]) -> None:
    assert Settings(**changes).in_development


def test_what_the_simulator_and_the_demonstration_publish_is_known() -> None:
    assert {
        SIMULATOR.twilio_auth_token,
        SIMULATOR.telegram_webhook_secret,
        SIMULATOR.telegram_token.rpartition(":")[2],
        SIMULATOR.gateway_secret,
        demonstration.API_KEY,
        demonstration.PASSWORD,
        DEVELOPMENT_SECRET,
    } <= safety.PUBLISHED


def test_a_refusal_quotes_no_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**_changed("engine.secret", "seven7!"))
    assert "seven7!" not in str(refused.value)
