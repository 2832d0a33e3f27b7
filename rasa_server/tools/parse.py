"""Understands messages by the thousand: `python -m rasa_server.tools.parse --model models/`.

Reads JSON Lines with a `text`, and `asked` where it answers the question for that slot, on standard
input and writes them in the same order, every field kept, with `intent`, `confidence` and `ranking`
(the five likeliest) added. Only real intents are named: the threshold below which the engine says
`nlu_fallback` is not applied here. Otherwise a message is heard as in the engine. Loads only the
intent model out of the newest `*.tar.gz`: the very files that the engine loads.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa_server.components.intent_model import (
    DESCRIPTION,
    NUMBERS,
    IntentModel,
    Understood,
)
from rasa_server.components.understanding import understand

RANKED = 5
_COMPONENT = "LinearIntentClassifier"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 if every line was answered, 1 with a reason on standard error if not."""
    parser = argparse.ArgumentParser(prog="python -m rasa_server.tools.parse", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("models"), help="archive or folder")
    model_path = parser.parse_args(arguments).model
    try:
        model = load_model(model_path)
        for line in parse_lines(sys.stdin, model):
            sys.stdout.write(line + "\n")
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"parse: {type(error).__name__}: {error}\n")
        return 1
    return 0


def load_model(path: Path) -> IntentModel:
    """Gives the intent model in a trained archive, or in the newest archive of a folder."""
    archives = [path] if path.is_file() else sorted(path.glob("*.tar.gz"), key=_age)
    if not archives:
        raise FileNotFoundError(f"no trained model at {path}")
    with tarfile.open(archives[-1]) as archive, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for member in archive:
            member_path = Path(member.name)
            if _COMPONENT in member.name and member_path.name in (DESCRIPTION, NUMBERS):
                content = archive.extractfile(member)
                if content is not None:
                    (folder / member_path.name).write_bytes(content.read())
        return IntentModel.load(folder)


def parse_lines(lines: Iterable[str], model: IntentModel) -> Iterator[str]:
    """Gives each line answered; `ValueError` at the first that is not an object with a text."""
    for line in lines:
        if line.strip():
            item = _read(line)
            understood = understand(model, item["text"], item.get("asked"))
            yield json.dumps({**item, **_as_json(understood)}, ensure_ascii=False)


def _read(line: str) -> dict[str, Any]:
    item = json.loads(line)
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise ValueError("a line is not an object with a text")
    return item


def _as_json(understood: Understood) -> dict[str, Any]:
    ranking = [{"intent": n, "confidence": round(c, 4)} for n, c in understood.ranking[:RANKED]]
    return {
        "intent": ranking[0]["intent"],
        "confidence": round(understood.confidence, 4),
        "ranking": ranking,
    }


def _age(path: Path) -> float:
    return path.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
