"""No word of a provider stands in the core outside of the provider's own room."""

import re
from pathlib import Path
from typing import Final

import pytest

from acuerdo.platform.settings import ROOT
from acuerdo.values.channels import Channel

CORE: Final = ROOT / "acuerdo"
# a company may be called like its channel: Telegram is
NAMES: Final = sorted(
    {each.parent.name for each in CORE.glob("providers/*/__init__.py")} - {*Channel}
)
WORDS: Final = re.compile(
    r"twilio|twiml|\bAccountSid\b|\b\w*Sid\b|polly\."
    r"|(?-i:[\"']whatsapp:)|graph\.facebook|\bmeta\b|cloud.?api"
    r"|api\.telegram|botfather|callback_query|my_chat_member|update_id|chat_id|/start\b"
    r"|from telegram|import telegram"
    rf"|mercado.?pago|wompi|stripe|payu\b|sandbox|\b(?:{'|'.join(NAMES)})\b",
    re.IGNORECASE,
)
# The rooms where they belong, and what makes these rooms' things from the settings.
ROOMS: Final = ("acuerdo/providers/", "acuerdo/platform/settings.py", "acuerdo/bootstrap.py")
# What else may say one, with the words themselves: a rule's name in the ledger is as it was sealed.
ALLOWED: Final = {
    "acuerdo/contact/policy.py": {'"whatsapp:'},
    "acuerdo/wording/words.py": {'"whatsapp:'},
    "acuerdo/wording/words.yml": {'"whatsapp:'},
}


def words_in(path: Path) -> set[str]:
    """The words of providers in a file, as they are written."""
    return {found.lower() for found in WORDS.findall(path.read_text(encoding="utf-8"))}


def files() -> list[Path]:
    """The code and the sentences of the core outside of the providers' rooms."""
    found = [*CORE.rglob("*.py"), *CORE.rglob("*.yml")]
    return [each for each in found if not str(each.relative_to(ROOT)).startswith(ROOMS)]


def test_the_core_names_no_provider() -> None:
    said = {str(path.relative_to(ROOT)): words_in(path) for path in files()}
    said = {name: words - ALLOWED.get(name, set()) for name, words in said.items()}
    assert {name: words for name, words in said.items() if words} == {}


def test_what_is_allowed_is_said() -> None:
    """A line here that nothing needs any more would let a word in unseen."""
    for name, words in ALLOWED.items():
        assert words <= words_in(ROOT / name), name


@pytest.mark.parametrize(
    "line",
    [
        "settings.twilio.voice_from",
        "a document (TwiML)",
        'params["MessageSid"]',
        '"whatsapp:" + number',
        'update["callback_query"]',
        'text == "/start"',
        "from telegram import Bot",
        "settings.meta.app_secret",
        "SandboxGateway.name",
        *NAMES,
    ],
)
def test_a_word_is_found(line: str) -> None:
    assert WORDS.search(line)
