"""Writes what Twilio understands of TwiML for voice, as facts, from npm `twilio`'s declarations.

    npm pack twilio@6.2.0 && tar xf twilio-6.2.0.tgz
    python scripts/twiml_vocabulary.py package > simulator/telephone/vocabulary.json

For each element: its attributes with their kind or closed list of values, and the elements that may
stand in it. Only names and values are taken; nothing of the package's text or code is copied.
"""

import json
import re
import sys
from pathlib import Path

_CLASS = re.compile(r"^    class (\w+) extends", re.M)
_CHILD = re.compile(r'new VoiceResponse\.(\w+)\(this\.\w+\.ele\("([\w-]+)"')
_TYPE = re.compile(r"^    type (\w+) = (.+);$", re.M)
_INTERFACE = re.compile(r"export interface (\w+)Attributes \{(.*?)\n    \}", re.S)
_ATTRIBUTE = re.compile(r'^        "?([\w:]+)"?\?: (.+);$', re.M)
# The declarations give these a free text; what Twilio's documentation lists for them.
_SPEECH_MODELS = (
    "default", "numbers_and_commands", "phone_call", "experimental_conversations",
    "experimental_utterances", "googlev2_long", "googlev2_short", "googlev2_telephony",
    "googlev2_telephony_short", "deepgram_nova-2", "deepgram_nova-3",
)  # fmt: skip


def main(package: Path) -> None:
    """Print the vocabulary of the package in a folder."""
    folder = package / "lib" / "twiml"
    declared = (folder / "VoiceResponse.d.ts").read_text()
    code = (folder / "VoiceResponse.js").read_text()
    version = json.loads((package / "package.json").read_text())["version"]
    types = {name: re.findall(r'"([^"]+)"', values) for name, values in _TYPE.findall(declared)}
    attributes = {
        name: {key: _kind(key, kind, types) for key, kind in _ATTRIBUTE.findall(body)}
        for name, body in _INTERFACE.findall(declared)
    }
    children, names = _nesting(code)
    elements = {
        element: {
            "attributes": attributes.get(name, {}),
            "children": sorted(children.get(name, ())),
        }
        for name, element in sorted(names.items(), key=lambda pair: pair[1])
    }
    elements["Gather"]["attributes"]["speechModel"] = list(_SPEECH_MODELS)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(what)}" for name, what in elements.items())
    print(f'{{"source": "npm twilio {version}", "elements": {{\n{lines}\n}}}}')  # noqa: T201


def _kind(key: str, kind: str, types: dict[str, list[str]]) -> str | list[str]:
    if kind.endswith("[]"):
        return ["*several*", *types.get(kind[:-2], [])]
    if key.lower().endswith("method") and kind == "string":
        return ["GET", "POST"]
    return types.get(kind) or {"number": "number", "boolean": "boolean"}.get(kind, "text")


def _nesting(code: str) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Children by class name, and the element name of each class."""
    names = {"VoiceResponse": "Response"}
    children: dict[str, set[str]] = {}
    starts: list[tuple[int, str]] = [(0, "VoiceResponse")]
    starts += [(found.start(), found[1]) for found in _CLASS.finditer(code)]
    for place, (start, name) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(code)
        for kind, element in _CHILD.findall(code[start:end]):
            names[kind] = element
            children.setdefault(name, set()).add(element)
    return children, names


if __name__ == "__main__":
    main(Path(sys.argv[1]))
