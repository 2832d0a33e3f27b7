"""The intent model: spelling, calibration, files, and the command that uses it alone."""

import io
import json
import time
from pathlib import Path

import numpy as np
import pytest
import yaml
from rasa.core.agent import Agent

from rasa_server.components.intent_classifier import LinearIntentClassifier
from rasa_server.components.intent_model import IntentModel, IntentSettings
from rasa_server.components.normalise import as_it_sounds, normalise
from rasa_server.tools import parse
from tests.engine.conftest import FIXTURES


def examples() -> tuple[list[str], list[str]]:
    """The fixture's utterances with their intents."""
    nlu = yaml.safe_load((FIXTURES / "data" / "nlu.yml").read_text(encoding="utf-8"))["nlu"]
    pairs = [
        (line[2:], item["intent"])
        for item in nlu
        for line in item["examples"].splitlines()
        if line.startswith("- ")
    ]
    return [text for text, _ in pairs], [intent for _, intent in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siiiii", "sí"),
        ("Por qué", "por que"),
        ("xq", "porque"),
        ("q quieren", "ke quieren"),
        ("QUIERO PAGAR!!!", "quiero pagar!"),
        ("no puedo :(", "no puedo"),
        ("jajajaja", "jajaja"),
        ("👍🏽", "👍"),
        ("debo 500", "debo 731"),
        ("ud  me   llamó", "usted me llamo"),
    ],
)
def test_spellings_of_the_same_look_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kiero", "quiero"),
        ("voi a pagar", "boi a pagar"),
        ("hola", "ola"),
        ("aser", "hacer"),
        ("yamar", "llamar"),
        ("cuanto", "kuanto"),
        ("whatsapp", "guatsapp"),
    ],
)
def test_what_sounds_the_same_can_be_made_the_same(one: str, other: str) -> None:
    assert as_it_sounds(normalise(one)) == as_it_sounds(normalise(other))


def test_different_sounds_stay_different() -> None:
    words = ["quiero", "cierro", "hecho", "eco", "pago", "bajo", "calle", "casa"]
    assert len({as_it_sounds(normalise(word)) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("one", "other"), [("sí", "no"), ("pagué", "¿pagué?"), ("👍", "👎"), ("12", "1234")]
)
def test_what_means_something_else_looks_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("text", ["", " ", "...", "\u202e\u200b"])
def test_nothing_to_compare_is_empty(text: str) -> None:
    assert normalise(text) == ""


def test_the_same_examples_give_the_same_model() -> None:
    one, other = (IntentModel.train(*examples(), IntentSettings()) for _ in range(2))
    for text in ("hola", "cuanto debo", "zzz"):
        assert one.understand(text) == other.understand(text)


def test_what_was_saved_understands_the_same(tmp_path: Path) -> None:
    model = IntentModel.train(*examples(), IntentSettings())
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    for text in ("hola", "cuanto debo", "zzz", ""):
        assert loaded.understand(text) == model.understand(text)


def test_other_facts_of_an_intent_train_the_model_anew(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yml", tmp_path / "other.yml"
    one.write_text("intents: [greet, {deny: {leads: true}}]", encoding="utf-8")
    other.write_text("intents: [greet, deny]", encoding="utf-8")
    addon = LinearIntentClassifier.fingerprint_addon
    assert addon({"domain": str(one)}) != addon({"domain": str(other)})
    # a node whose output was kept has no other configuration
    assert addon({"output": None}) == addon({"domain": "domain.yml"})


def test_what_the_domain_says_is_kept_with_the_model(tmp_path: Path) -> None:
    model = IntentModel.train(*examples(), IntentSettings(), ["greet", {"deny": {"leads": True}}])
    model.save(tmp_path)
    assert IntentModel.load(tmp_path).facts == model.facts
    assert model.facts.leading == {"deny"}


def test_a_saved_model_is_never_executable(tmp_path: Path) -> None:
    IntentModel.train(*examples(), IntentSettings()).save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.json", "weights.npz"]
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as numbers:
        assert all(numbers[name].dtype != object for name in numbers.files)


def test_probabilities_add_up_and_are_ranked() -> None:
    model = IntentModel.train(*examples(), IntentSettings())
    ranking = model.understand("buenas, cuánto debo").ranking
    confidences = [confidence for _, confidence in ranking]
    assert sum(confidences) == pytest.approx(1)
    assert confidences == sorted(confidences, reverse=True)


def test_below_the_threshold_the_ranking_still_names_real_intents() -> None:
    model = IntentModel.train(*examples(), IntentSettings(threshold=0.9999))
    understood = model.understand("tal vez")
    assert understood.intent == "nlu_fallback"
    assert understood.ranking[0][0] != "nlu_fallback"
    assert understood.confidence == understood.ranking[0][1]


@pytest.mark.parametrize("text", ["", "...", "\u200b"])
def test_what_has_nothing_to_compare_is_not_understood(text: str) -> None:
    model = IntentModel.train(*examples(), IntentSettings())
    assert model.understand(text).intent == "nlu_fallback"


def test_too_little_to_learn_from_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        IntentModel.train(["a", "b", "c"], ["x", "y", "z"], IntentSettings())


def test_a_message_is_understood_in_under_three_milliseconds() -> None:
    model = IntentModel.train(*examples(), IntentSettings())
    times = []
    for _ in range(50):
        begun = time.perf_counter()
        model.understand("buenas tardes, quisiera saber cuánto debo y si puedo pagar el viernes")
        times.append(time.perf_counter() - begun)
    assert sorted(times)[25] < 0.003


async def test_the_command_and_the_engine_understand_the_same(agent: Agent, model: Path) -> None:
    alone = parse.load_model(model.parent)
    for text in ("hola", "me puede decir cuánto debo", "pago el viernes"):
        engine = await agent.parse_message(text)
        understood = alone.understand(text)
        assert engine["intent"]["name"] == understood.intent
        assert engine["intent"]["confidence"] == pytest.approx(understood.confidence)


def test_the_command_keeps_order_and_fields(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"text": "hola", "id": 1, "more": {"a": [1]}}, {"text": ""}, {"text": "gracias"}]
    stdin = io.StringIO("".join(json.dumps(line) + "\n" for line in lines))
    monkeypatch.setattr("sys.stdin", stdin)
    assert parse.main(["--model", str(model)]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [item["text"] for item in out] == ["hola", "", "gracias"]
    assert (out[0]["id"], out[0]["more"], out[0]["intent"]) == (1, {"a": [1]}, "greet")
    for item in out:
        assert len(item["ranking"]) == 5
        assert item["intent"] == item["ranking"][0]["intent"]


@pytest.mark.parametrize("line", ["no json", "[]", "{}", '{"text": 5}'])
def test_the_command_stops_at_what_it_cannot_read(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    assert parse.main(["--model", str(model)]) == 1
    assert capsys.readouterr().err


def test_the_command_says_when_there_is_no_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse.main(["--model", str(tmp_path)]) == 1
    assert "no trained model" in capsys.readouterr().err
