"""How long it takes to hear a message: `python -m rasa_server.tools.speed --model models/`.

Reads messages on standard input, one a line, hears each of them once alone, and prints
`{"messages": n, "median_ms": m, "slowest_ms": s}`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rasa_server.components.understanding import understand
from rasa_server.tools.parse import load_model

_WARM_UP = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when it has measured."""
    parser = argparse.ArgumentParser(prog="python -m rasa_server.tools.speed", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("models"), help="archive or folder")
    model = load_model(parser.parse_args(arguments).model)
    texts = [line.strip() for line in sys.stdin if line.strip()]
    for text in texts[:_WARM_UP]:
        understand(model, text)
    spent = []
    for text in texts:
        begun = time.perf_counter()
        understand(model, text)
        spent.append((time.perf_counter() - begun) * 1000)
    figures = {
        "messages": len(texts),
        "median_ms": round(statistics.median(spent), 3),
        "slowest_ms": round(max(spent), 3),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
