"""What a message means as an answer, and when it says two things at once."""

from pathlib import Path

import pytest

from rasa_server.components.expected_answer import as_answer
from rasa_server.components.intent_facts import IntentFacts, intents_in
from rasa_server.components.intent_model import Understood
from rasa_server.components.multiple_intents import in_full, parts_of
from tests.engine.conftest import ROOT

_THRESHOLD = 0.5
FACTS = IntentFacts.of(intents_in(str(ROOT / "domain.yml")))


def an_understood(**shares: float) -> Understood:
    ranking = sorted(shares.items(), key=lambda one: -one[1])
    return Understood(ranking[0][0], ranking[0][1], ranking)


def test_a_yes_to_a_name_is_an_identity() -> None:
    heard = as_answer(
        "sí", an_understood(affirm=0.9, deny=0.1), "identity_confirmed", _THRESHOLD, FACTS
    )
    assert heard.intent == "confirm_identity"
    assert sum(share for _, share in heard.ranking) == pytest.approx(1)


def test_a_yes_without_a_question_stays_a_yes() -> None:
    understood = an_understood(affirm=0.9, deny=0.1)
    assert as_answer("sí", understood, None, _THRESHOLD, FACTS) == understood


def test_a_number_after_how_much_is_a_value() -> None:
    unsure = an_understood(choose_option=0.4, inform=0.35, affirm=0.25)
    assert as_answer("500", unsure, "promise_amount", _THRESHOLD, FACTS).intent == "inform"


def test_what_is_said_plainly_is_heard_whatever_was_asked() -> None:
    plain = an_understood(request_human=0.97, inform=0.03)
    assert (
        as_answer("con un asesor", plain, "promise_amount", _THRESHOLD, FACTS).intent
        == "request_human"
    )


@pytest.mark.parametrize("text", ["", "...", "\u200b"])
def test_nothing_to_compare_answers_no_question(text: str) -> None:
    nothing = Understood("nlu_fallback", 0.1, [("affirm", 0.1), ("deny", 0.1)])
    assert as_answer(text, nothing, "promise_confirmed", _THRESHOLD, FACTS) == nothing


def test_an_answer_can_still_be_unclear() -> None:
    unsure = an_understood(repeat=0.34, help=0.33, thank=0.33)
    assert as_answer("mmm", unsure, "promise_date", _THRESHOLD, FACTS).intent == "nlu_fallback"


def test_the_facts_name_intents_of_the_domain() -> None:
    named = {intent for likelier in FACTS.answers.values() for intent in likelier}
    named |= {intent for taken in FACTS.means.values() for pair in taken.items() for intent in pair}
    assert named <= set(FACTS.order)
    assert set(FACTS.means) <= set(FACTS.answers)
    assert len(FACTS.order) == len(set(FACTS.order)) == 54


def test_a_domain_without_intents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text("slots: {}", encoding="utf-8")
    with pytest.raises(ValueError, match="names no intents"):
        intents_in(str(tmp_path / "domain.yml"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ya pagué ayer, me dan un comprobante?", ["ya pagué ayer", "me dan un comprobante"]),
        ("le doy 1.500 pesos el viernes", []),
        ("sí, bueno", []),
        ("soy ana, quiero pagar el lunes", ["soy ana", "quiero pagar el lunes"]),
        ("hola", []),
    ],
)
def test_a_message_has_the_parts_that_can_mean_something(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


def _hears(**by_words: str) -> object:
    def understand(part: str) -> Understood:
        found = [intent for word, intent in by_words.items() if word in part]
        return an_understood(**({found[0]: 0.95} if found else {"help": 0.3}))

    return understand


def test_a_question_beside_the_wish_is_kept() -> None:
    understand = _hears(pagué="already_paid", comprobante="ask_statement")
    text = "ya pagué ayer, me dan un comprobante?"
    heard = in_full(text, an_understood(already_paid=0.9, thank=0.1), understand, FACTS)  # type: ignore[arg-type]
    assert (heard.intent, heard.also) == ("already_paid", ("ask_statement",))


def test_a_question_gives_way_to_what_is_told_beside_it() -> None:
    understand = _hears(pagué="already_paid", estado="ask_statement")
    text = "ya pagué ayer, pero me mandan el estado de cuenta?"
    heard = in_full(text, an_understood(ask_statement=0.95, thank=0.05), understand, FACTS)  # type: ignore[arg-type]
    assert (heard.intent, heard.also) == ("already_paid", ("ask_statement",))


def test_business_goes_before_a_name() -> None:
    understand = _hears(soy="confirm_identity", viernes="promise_to_pay")
    text = "sí yo soy Ana, le pago 200 el viernes"
    heard = in_full(text, an_understood(confirm_identity=0.9, thank=0.1), understand, FACTS)  # type: ignore[arg-type]
    assert (heard.intent, heard.also) == ("promise_to_pay", ("confirm_identity",))


def test_a_sure_reading_of_the_whole_is_not_overruled_by_a_part() -> None:
    understand = _hears(llamen="opt_out", correo="prefer_channel")
    text = "no me llamen más, mejor un correo"
    heard = in_full(text, an_understood(prefer_channel=0.8, opt_out=0.2), understand, FACTS)  # type: ignore[arg-type]
    assert heard.intent == "prefer_channel"


def test_nobody_is_led_to_abuse_or_a_lawyer_by_a_part() -> None:
    assert not FACTS.leading & {
        "insult",
        "legal_representation",
        "wrong_person",
        "refuse_verification",
    }
