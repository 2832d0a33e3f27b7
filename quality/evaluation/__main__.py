"""`python -m quality.evaluation [--json FILE] [--only intents|entities|leaks|debtors] [--seed N]`.

Exit status 1 where the figures do not count: a line is known from training, or a label is unknown.
How good the figures are is for people to judge and does not change the status.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quality.evaluation import cases, entities, intents, leak, novelty
from quality.evaluation.debtors.run import SEED, talk_with_all
from quality.evaluation.report import Findings, as_json, as_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and keeps the JSON where asked; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m quality.evaluation", description=__doc__)
    parser.add_argument("--json", type=Path, help="also keep the figures and every mistake here")
    parser.add_argument(
        "--only", choices=("intents", "entities", "leaks", "debtors"), help="measure less"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of the simulated debtors")
    asked = parser.parse_args(arguments)

    findings = measured(asked.only, asked.seed)
    if asked.json:
        kept = json.dumps(as_json(findings), ensure_ascii=False, indent=2)
        asked.json.write_text(kept + "\n", encoding="utf-8")
    sys.stdout.write(as_text(findings))
    return 0 if findings.honest else 1


def measured(only: str | None = None, seed: int = SEED) -> Findings:
    """The leak check always, and what was asked for; everything where nothing was named."""
    said = cases.utterances()
    held_out = cases.utterances(cases.CALIBRATION)
    answers = cases.utterances(cases.ANSWERS)
    unasked = [replace(each, asked=None) for each in answers]
    texts = [each.text for each in said]
    training = leak.training()
    known = [text for examples in training.values() for text in examples]
    with_intents = only in (None, "intents")
    heard = intents.heard(said) if with_intents else []
    return Findings(
        utterances=heard,
        held_out=intents.heard(held_out) if with_intents else (),
        answers=intents.heard(answers) if with_intents else (),
        unasked=intents.heard(unasked) if with_intents else (),
        expressions=entities.read(cases.expressions()) if only in (None, "entities") else (),
        leaks=leak.leaks([*texts, *(each.text for each in held_out)], known),
        unknown_intents=sorted(
            {each.intent for each in (*said, *held_out, *answers)} - set(training)
        ),
        debtors=talk_with_all(seed) if only in (None, "debtors") else (),
        nearness=novelty.nearness(texts if heard else (), known),
    )


if __name__ == "__main__":
    sys.exit(main())
