"""Plain words of suicide or violence are heard whatever the model says, idioms are not."""

import io
import json
import time
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from rasa_server.components.harm import harm_first, speaks_of_harm
from rasa_server.components.intent_classifier import LinearIntentClassifier
from rasa_server.components.intent_model import IntentModel, IntentSettings, Understood
from rasa_server.tools import parse


@pytest.mark.parametrize(
    "text",
    [
        "me voy a matar",
        "yo lo que quiero es matarme señorita",
        "voi a kitarme la bida",
        "pienso quitarme la vida hoy",
        "ME KIERO SUICIDAR",
        "he tenido pensamientos suicidas",
        "mi hermana se quiere suicidar por ustedes",
        "ya no quiero vivir",
        "no qiero seguir viviendo asi",
        "no quiero vivir en este mundo",
        "voy a acabar con mi vida",
        "mi papá dice que se va a matar",
        "si me vuelven a llamar me mato",
        "quisiera estar muerta",
        "me quiero morir",
        "ojalá no despertara mañana",
        "me voy a aventar del puente",
        "me doy un tiro y ya",
        "me tomé todas las pastillas",
        "te voy a matar",
        "los boy a matar a todos",
        "si vienen los mato",
        "les voy a poner una bomba",
        "les pongo una bomba en la oficina",
        "voy armado para allá",
        "voy a ir con una pistola",
        "los recibo a balazos",
        "voy a quemar su oficina",
        "te voy a partir la cara",
    ],
)
def test_plain_words_of_harm_are_heard(text: str) -> None:
    assert speaks_of_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "me mata de risa",
        "esta deuda me está matando",
        "me están matando con los intereses",
        "los voy a matar a demandas",
        "mi esposa me va a matar si se entera",
        "me quiero morir de la vergüenza",
        "me muero de hambre",
        "me mato trabajando y no alcanza",
        "no me quiero morir sin pagarles",
        "no quiero vivir con deudas",
        "no quiero vivir endeudado",
        "mi hermano se suicidó en marzo",
        "mi esposo se quitó la vida",
        "murió por suicidio",
        "aceptar eso sería un suicidio financiero",
        "voy a matar el tiempo",
        "voy a matar la deuda de una vez",
        "voy a pagar en tres armadas",
        "voy armado de paciencia al banco",
        "me asaltaron con una pistola",
        "me agarraron a balazos y no puedo trabajar",
        "se quemó mi negocio",
        "voy a colgar",
        "me van a ahorcar con esos intereses",
        "tengo el seguro de vida al día",
        "",
    ],
)
def test_idioms_and_deaths_are_no_threat(text: str) -> None:
    assert not speaks_of_harm(text)


def understood(*ranking: tuple[str, float], intent: str | None = None) -> Understood:
    return Understood(intent or ranking[0][0], ranking[0][1], list(ranking))


def test_harm_goes_first_and_the_probabilities_still_add_up() -> None:
    # given a model that would have heard an insult
    guessed = understood(("insult", 0.7), ("threat_of_harm", 0.2), ("greet", 0.1))
    # when the words are plain
    lifted = harm_first("te voy a matar", guessed)
    # then they count for more than the model
    assert (lifted.intent, lifted.confidence) == ("threat_of_harm", 0.9)
    assert [name for name, _ in lifted.ranking] == ["threat_of_harm", "insult", "greet"]
    assert sum(confidence for _, confidence in lifted.ranking) == pytest.approx(1)


def test_harm_below_the_threshold_is_still_harm() -> None:
    guessed = understood(("threat_of_harm", 0.2), ("insult", 0.1), intent="nlu_fallback")
    assert harm_first("me quiero matar", guessed).intent == "threat_of_harm"


def test_a_model_that_is_surer_keeps_its_confidence() -> None:
    guessed = understood(("threat_of_harm", 0.97), ("insult", 0.03))
    assert harm_first("me quiero matar", guessed).confidence == 0.97


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("me mata de risa", [("out_of_scope", 0.8), ("threat_of_harm", 0.2)]),
        ("me quiero matar", [("out_of_scope", 0.8), ("insult", 0.2)]),
    ],
)
def test_other_messages_and_other_models_are_left_alone(
    text: str, ranking: list[tuple[str, float]]
) -> None:
    guessed = understood(*ranking)
    assert harm_first(text, guessed) is guessed


@pytest.fixture(scope="module")
def trained() -> IntentModel:
    """A model that has never seen the words it is asked about."""
    spoken = {
        "greet": ["hola", "buenos días", "qué tal"],
        "threat_of_harm": ["se van a arrepentir", "los estoy esperando", "cuídense de mí"],
        "insult": ["idiota", "ratas", "inútil"],
    }
    texts = [text for examples in spoken.values() for text in examples]
    intents = [intent for intent, examples in spoken.items() for _ in examples]
    return IntentModel.train(texts, intents, IntentSettings())


def test_engine_and_command_hear_it_alike(trained: IntentModel, tmp_path: Path) -> None:
    # given the same model behind the engine's component and the command
    text = "hola, buenos días, les voy a poner una bomba"
    classifier = LinearIntentClassifier(
        IntentSettings(), LocalModelStorage(tmp_path), Resource("intents"), "domain.yml", trained
    )
    # when both hear the same message
    (message,) = classifier.process([Message({"text": text})])
    (line,) = parse.parse_lines(io.StringIO(json.dumps({"text": text})), trained)
    # then both say harm, as surely
    engine, command = message.get("intent"), json.loads(line)
    assert engine["name"] == command["intent"] == "threat_of_harm"
    assert engine["confidence"] == pytest.approx(command["confidence"])
    assert command["ranking"][0] == {"intent": "threat_of_harm", "confidence": 0.9}


def test_a_long_message_is_heard_in_little_time() -> None:
    text = "si me quiero no voy a matar con mi vida la deuda " * 80
    begun = time.perf_counter()
    speaks_of_harm(text)
    assert time.perf_counter() - begun < 0.2
