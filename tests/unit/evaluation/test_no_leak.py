"""The evaluation on disk can be believed: nothing of it is known, nothing of it is misspelt."""

from collections import Counter

import pytest

from quality.evaluation import cases, leak


@pytest.fixture(scope="module")
def training() -> dict[str, list[str]]:
    return leak.training()


def test_no_utterance_is_nearly_a_training_line(training: dict[str, list[str]]) -> None:
    held_out = cases.utterances(cases.CALIBRATION)
    texts = [each.text for each in (*cases.utterances(), *held_out)]
    known = [text for examples in training.values() for text in examples]

    found = leak.leaks(texts, known)

    assert not found, "\n".join(f"{e.ratio:.2f} {e.text!r} ~ {e.known!r}" for e in found)


def test_every_label_is_a_known_intent_and_every_intent_is_measured(
    training: dict[str, list[str]],
) -> None:
    meant = Counter(each.intent for each in cases.utterances())

    assert set(meant) == set(training)
    assert min(meant.values()) >= 28


def test_no_text_is_there_twice() -> None:
    texts = Counter(leak.normalised(each.text) for each in cases.utterances())

    assert [text for text, times in texts.items() if times > 1] == []


def test_every_expression_is_well_formed_and_enough_have_nothing_to_find() -> None:
    expressions = cases.expressions()

    assert len(expressions) >= 400
    assert sum(not each.values for each in expressions) >= 80


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("¡Ya PAGUÉ ayer!", "ya pague ayer"),
        ("no me llamen maaaas", "no me llamen mas"),
        ("el viernes le deposito 600", "el viernes le deposito 500"),
        ("quiero hablar con un asesr", "quiero hablar con un asesor"),
    ],
)
def test_a_changed_letter_does_not_hide_a_known_line(text: str, known: str) -> None:
    assert [each.known for each in leak.leaks([text], ["otra cosa distinta", known])] == [known]


def test_a_line_with_other_words_is_not_known() -> None:
    assert (
        leak.leaks(["mi cuñado se llevó la moto"], ["ya pagué la moto", "la moto no es mía"]) == []
    )
