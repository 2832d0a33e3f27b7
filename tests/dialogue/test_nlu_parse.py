"""`acuerdo nlu parse`: the trained model answers line by line, in order."""

import json
import subprocess

from acuerdo.platform.settings import ROOT


def test_nlu_parse_answers_every_line_in_its_order() -> None:
    asked = [{"text": "hola", "id": 1}, {"text": "quiero hablar con una persona", "id": 2}]
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "acuerdo"), "nlu", "parse"],
        input="".join(json.dumps(each) + "\n" for each in asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=110,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2]
    assert [answer["intent"] for answer in answers] == ["greet", "request_human"]
    for answer in answers:
        assert len(answer["ranking"]) == 5
        assert answer["ranking"][0]["intent"] == answer["intent"]
        assert 0 < answer["confidence"] <= 1
