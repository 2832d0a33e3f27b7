"""`.importlinter` lists by name what it must: it says nothing of a module it does not know."""

from configparser import ConfigParser
from pathlib import Path

from acuerdo.platform.settings import ROOT

RULES = ConfigParser()
RULES.read(ROOT / ".importlinter")


def modules(folder: str, pattern: str) -> set[str]:
    found = (path.relative_to(ROOT).with_suffix("") for path in Path(ROOT / folder).glob(pattern))
    return {".".join(path.parts) for path in found if path.name != "__init__"}


def listed(contract: str, option: str) -> set[str]:
    """The modules that a contract names, one or several a line."""
    return set(RULES[f"importlinter:contract:{contract}"][option].replace("|", " ").split())


def test_every_module_of_a_provider_is_an_adapter_or_what_a_door_may_import() -> None:
    adapters = listed("adapters", "protected_modules")
    inbound = listed("inbound", "protected_modules")
    assert adapters | inbound == modules("acuerdo/providers", "*/*.py") | {
        "acuerdo.providers.options"
    }
    assert adapters & inbound == set()


def test_every_proof_of_a_sender_has_its_place_among_the_doors() -> None:
    assert modules("doors/webhooks", "*.py") <= listed("doors", "layers")
