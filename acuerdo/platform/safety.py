"""What settings an installation must not start with. Pure.

Development holds published secrets and demonstration logins, so nothing real may reach it;
production holds real people, so nothing published, short or empty may open it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import yaml

# Whoever reads the source knows these; a test compares them with the simulator's and the
# demonstration's own.
PUBLISHED: Final = frozenset(
    {
        "development-only-secret-key-change-me",
        "simulated-auth-token",
        "simulated-telegram-secret",
        "simulated-telegram-token",
        "simulated-gateway-secret",
        "acuerdo-demo-key",
        "acuerdo-demo",
        "acuerdo",
        "postgres",
        "password",
        "redis",
    }
)
# What stands in instructions for the reader to replace.
_PLACEHOLDERS: Final = (
    "changeme",
    "change-me",
    "change_me",
    "replace-me",
    "your-",
    "your_",
    "example",
    "development-only",
    "simulated-",
    "acuerdo-demo",
)
SHORTEST_MASTER_KEY: Final = 32
SHORTEST_SECRET: Final = 16
_FEWEST_LETTERS: Final = 8
_WORDS: Final[Mapping[str, str]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret of the settings under its variable's name, and how long it must be at least."""

    name: str
    text: str
    shortest: int = SHORTEST_SECRET


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an installation is connected to, as far as its safety hangs on it.

    `database_urls` by variable. `secrets`: every secret that is set. `missing`: variables that
    production cannot do without. `accounts`: for each provider with an account, the variable that
    points it elsewhere, and where.
    """

    public_url: str
    redis_url: str
    database_urls: Mapping[str, str]
    secrets: tuple[Secret, ...]
    missing: tuple[str, ...]
    accounts: Mapping[str, str]
    is_clock_set: bool
    is_gateway_simulated: bool


def development_faults(found: Surroundings) -> list[str]:
    """Say in words why a development installation must not start; empty where it may."""
    faults = []
    if found.public_url and not is_local(found.public_url):
        faults.append(_WORDS["public_address"])
    faults.extend(
        _WORDS["real_account"].format(name=name.rpartition("__")[0])
        for name, base_url in found.accounts.items()
        if not base_url or not is_local(base_url)
    )
    if faults:
        faults.append(_WORDS["go_to_production"])
    return faults


def production_faults(found: Surroundings) -> list[str]:
    """Say in words why a production installation must not start; empty where it may."""
    faults = [_WORDS["missing"].format(name=name) for name in found.missing]
    faults.extend(_weak(found.secrets))
    faults.extend(_reused(found.secrets))
    faults.extend(_open_servers(found))
    if not found.public_url.startswith("https://") or is_local(found.public_url):
        faults.append(_WORDS["https"])
    faults.extend(
        _WORDS["plain_provider"].format(name=name)
        for name, base_url in found.accounts.items()
        if base_url and not base_url.startswith("https://") and not _own_bot_server(name, base_url)
    )
    if found.is_clock_set:
        faults.append(_WORDS["clock"])
    if found.is_gateway_simulated:
        faults.append(_WORDS["test_gateway"])
    return faults


def open_demonstration(logins: Sequence[str]) -> str:
    """Say that logins of the demonstration are open in production, and how they are closed."""
    return _WORDS["demonstration_logins"].format(
        logins=", ".join(logins),
        commands="; ".join(f"acuerdo staff disable {login}" for login in logins),
    )


def is_local(url: str) -> bool:
    """Whether a URL leads to this machine alone: a loopback address or a name of it."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
    except ValueError:
        return False
    if host is None:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_weak(text: str, shortest: int = SHORTEST_SECRET) -> str | None:
    """Why a secret protects nothing: `published`, `short` or `monotonous`; None where it does."""
    plain = text.strip().lower()
    # a Telegram token is the bot's public number and the secret part
    parts = {plain, plain.rpartition(":")[2]}
    if parts & PUBLISHED or any(each in plain for each in _PLACEHOLDERS):
        return "published"
    if len(plain) < shortest:
        return "short"
    if len(set(plain)) < _FEWEST_LETTERS:
        return "monotonous"
    return None


def _weak(secrets: Iterable[Secret]) -> Iterator[str]:
    for each in secrets:
        fault = is_weak(each.text, each.shortest)
        if fault is not None:
            yield _WORDS[fault].format(name=each.name, shortest=each.shortest)


def _reused(secrets: Iterable[Secret]) -> Iterator[str]:
    given = list(secrets)
    times = Counter(each.text for each in given)
    names = sorted({each.name for each in given if times[each.text] > 1})
    if names:
        yield _WORDS["reused"].format(names=", ".join(names))


def _open_servers(found: Surroundings) -> Iterator[str]:
    """A Redis of another machine whose door stands open, or passwords that open any door."""
    redis = urlsplit(found.redis_url)
    if redis.scheme in ("redis", "rediss"):
        password = unquote(redis.password or "")
        if not password and not is_local(found.redis_url):
            yield _WORDS["open_redis"]
        if password and is_weak(password) is not None:
            yield _WORDS["weak_password"].format(name="ACUERDO_REDIS_URL")
    for name, url in found.database_urls.items():
        password = unquote(urlsplit(url).password or "")
        if password and is_weak(password) is not None:
            yield _WORDS["weak_password"].format(name=name)


def _own_bot_server(name: str, base_url: str) -> bool:
    """Whether it is a Bot API server on this machine, which Telegram gives away to be run so."""
    return name == "ACUERDO_TELEGRAM__BASE_URL" and is_local(base_url)
