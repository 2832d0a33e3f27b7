"""Whether a document is TwiML that Twilio would carry out. Pure.

The vocabulary is data made by `scripts/twiml_vocabulary.py` from npm `twilio`'s declarations; the
few rules beyond it are from Twilio's documentation of <Gather> and <Say>.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

_SEVERAL: Final = "*several*"
_LONGEST_TEXT: Final = 4096
_MOST_HINTS: Final = 500
_LONGEST_HINT: Final = 100
_NOT_EMPTY: Final = frozenset({"Say", "Play", "Redirect", "Client", "Enqueue", "Conference"})


class NotTwiml(Exception):
    """The document is no XML, or no <Response>."""


@cache
def vocabulary() -> dict[str, Any]:
    """The elements by name: their attributes and what may stand in them."""
    known: dict[str, Any] = json.loads(
        Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8")
    )
    elements: dict[str, Any] = known["elements"]
    return elements


def parse(document: str) -> ElementTree.Element:
    """The root of a document; NotTwiml where it is none."""
    try:
        root = ElementTree.fromstring(document)  # noqa: S314 - from the product beside us
    except ElementTree.ParseError as error:
        raise NotTwiml(str(error)) from error
    if root.tag != "Response":
        raise NotTwiml(f"the root is <{root.tag}>")
    return root


def faults(document: str) -> list[str]:
    """All that Twilio would refuse or warn of in a document; empty where there is nothing."""
    try:
        root = parse(document)
    except NotTwiml as error:
        return [str(error)]
    return list(_faults_of(root, None))


def _faults_of(element: ElementTree.Element, parent: str | None) -> Iterator[str]:
    known = vocabulary().get(element.tag)
    if known is None:
        yield f"<{element.tag}> does not exist"
        return
    if parent is not None and element.tag not in vocabulary()[parent]["children"]:
        yield f"<{element.tag}> may not stand in <{parent}>"
    for name, value in element.attrib.items():
        # what a parser makes of xml:lang
        plain = name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
        kind = known["attributes"].get(plain)
        if kind is None:
            yield f"<{element.tag}> has no attribute {plain}"
        elif wrong := _wrong(kind, value):
            yield f"<{element.tag}> {plain}={value!r}: {wrong}"
    yield from _beyond(element)
    for child in element:
        yield from _faults_of(child, element.tag)


def _wrong(kind: str | list[str], value: str) -> str:
    if isinstance(kind, list):
        allowed = set(kind) - {_SEVERAL}
        given = value.split() if _SEVERAL in kind else [value]
        return "" if set(given) <= allowed else "not in the list"
    if kind == "number":
        return "" if value.isdigit() else "not a number"
    if kind == "boolean":
        return "" if value in ("true", "false") else "not true or false"
    return ""


def _beyond(element: ElementTree.Element) -> Iterator[str]:
    """What the types do not say and the documentation does."""
    text = "".join(element.itertext()).strip()
    if element.tag in _NOT_EMPTY and not text:
        yield f"<{element.tag}> is empty"
    if element.tag == "Say" and len(text) > _LONGEST_TEXT:
        yield "<Say> is longer than 4096 characters"
    if element.tag == "Gather":
        yield from _beyond_gather(element)
    if element.tag == "ConversationRelay" and not element.get("url", "").startswith("wss://"):
        yield "<ConversationRelay> takes a wss:// URL only"


def _beyond_gather(gather: ElementTree.Element) -> Iterator[str]:
    hints = [hint.strip() for hint in gather.get("hints", "").split(",") if hint.strip()]
    if len(hints) > _MOST_HINTS or any(len(hint) > _LONGEST_HINT for hint in hints):
        yield "<Gather> has too many hints, or too long ones"
    pause = gather.get("speechTimeout", "auto")
    if pause != "auto" and not (pause.isdigit() and int(pause) > 0):
        yield "<Gather> speechTimeout is neither auto nor a positive number"
    if "speechModel" in gather.attrib and not pause.isdigit():
        yield "<Gather> speechTimeout must be a number where a speechModel is given"


def spoken_text(element: ElementTree.Element) -> str:
    """The words of a <Say>, without its SSML."""
    return " ".join("".join(element.itertext()).split())
