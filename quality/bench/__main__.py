"""`python -m quality.bench [--quick] [--json FILE]`."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

import quality.bench
from quality.bench.figures import table
from quality.bench.run import FULL, QUICK, Misunderstood, run
from quality.patience import DidNotHappen
from quality.product import NotReady


def main() -> int:
    """Measure and print; 1 where an answer was missing, doubled or wrong, 2 where nothing ran."""
    parser = argparse.ArgumentParser(
        prog="python -m quality.bench", description=quality.bench.__doc__
    )
    parser.add_argument("--quick", action="store_true", help="under a minute, rougher figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--keep-logs", action="store_true", help="leave the product's folder")
    options = parser.parse_args()
    try:
        report = asyncio.run(run(QUICK if options.quick else FULL, keep_logs=options.keep_logs))
    except NotReady as problem:
        sys.stderr.write(f"The product did not start.\n{problem}\n")
        return 2
    except (Misunderstood, DidNotHappen) as problem:
        sys.stderr.write(f"The product answers differently.\n{problem}\n")
        return 2
    sys.stdout.write(table(report) + "\n")
    if options.json is not None:
        options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return 1 if report["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
