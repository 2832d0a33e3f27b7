"""How a call listens, as a table of what is heard and what is done."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.call_cue import NO_CUE, Afterwards, CallCue, Keypad
from acuerdo.conversations.choices import EngineInput
from voice import keypad, phrases, session
from voice.session import CallerInput, CallLimits, Memory, Prompt, Then, ToCaller, ToEngine

TODAY = date(2026, 11, 24)
LIMITS = CallLimits(confidence=0.5)
QUESTION = Prompt(
    ("Algo dicho.", "¿Lo confirmo?"),
    help="Para confirmar, marque 1; para cambiar algo, marque 2.",
    payloads=("/affirm", "/deny"),
)
ASKED = Memory(asked=QUESTION)


def hear(
    heard: CallerInput, memory: Memory = ASKED, limits: CallLimits = LIMITS
) -> ToEngine | ToCaller:
    return session.hear(memory, heard, limits, TODAY)


def said(heard: CallerInput, memory: Memory = ASKED) -> EngineInput:
    decided = hear(heard, memory)
    assert isinstance(decided, ToEngine)
    return decided.said


def told(heard: CallerInput, memory: Memory = ASKED) -> ToCaller:
    decided = hear(heard, memory)
    assert isinstance(decided, ToCaller)
    return decided


def test_words_go_to_the_engine() -> None:
    assert said(CallerInput(speech="pago cien", confidence=0.9)) == EngineInput(text="pago cien")
    assert said(CallerInput(speech="pago cien")) == EngineInput(text="pago cien")


def test_keys_are_what_was_read_out() -> None:
    assert said(CallerInput(digits="1")) == EngineInput(intent="affirm")
    assert said(CallerInput(digits="2")) == EngineInput(intent="deny")
    assert said(CallerInput(digits="0")) == EngineInput(intent="request_human")
    assert said(CallerInput(digits="*")) == EngineInput(intent="repeat")


def test_other_keys_ask_again_the_question_alone() -> None:
    answer = told(CallerInput(digits="7"))
    assert answer.prompt.says == (phrases.KEYS_MEAN_NOTHING, "¿Lo confirmo?")
    assert answer.prompt.help == QUESTION.help
    assert answer.memory.asked == QUESTION


def test_three_silences_end_the_call() -> None:
    first = told(CallerInput())
    assert first.prompt.says == (phrases.STILL_THERE, "¿Lo confirmo?")
    second = told(CallerInput(), first.memory)
    assert second.prompt.says == (phrases.USE_KEYS, "¿Lo confirmo?")
    assert "marque 1" in second.prompt.help
    third = told(CallerInput(), second.memory)
    assert third.prompt.then is Then.HANG_UP


def test_a_question_without_keys_offers_a_person_by_key() -> None:
    asked = Memory(asked=Prompt(("¿Me lo dice de otra forma?",)))
    assert told(CallerInput(), asked).prompt.help == phrases.ANY_KEY


def test_unclear_words_are_read_back() -> None:
    doubt = told(CallerInput(speech="pago mil", confidence=0.2))
    assert "pago mil" in doubt.prompt.text
    assert said(CallerInput(digits="1"), doubt.memory) == EngineInput(text="pago mil")
    assert said(CallerInput(speech="sí, eso es", confidence=0.4), doubt.memory) == EngineInput(
        text="pago mil"
    )
    assert told(CallerInput(digits="2"), doubt.memory).prompt.says[0] == phrases.SAY_AGAIN
    assert told(CallerInput(speech="no"), doubt.memory).prompt.says[0] == phrases.SAY_AGAIN
    other = CallerInput(speech="quiero mi saldo", confidence=0.9)
    assert said(other, doubt.memory) == EngineInput(text="quiero mi saldo")


def test_silence_about_unclear_words_asks_the_question_itself() -> None:
    doubt = told(CallerInput(speech="brr", confidence=0.1))
    silent = told(CallerInput(), doubt.memory)
    assert silent.prompt.says[-1] == "¿Lo confirmo?"
    assert not silent.memory.doubted


def test_a_bad_line_is_not_read_back_for_ever() -> None:
    memory = ASKED
    for _ in range(2):
        doubt = told(CallerInput(speech="brr", confidence=0.1), memory)
        memory = told(CallerInput(speech="no"), doubt.memory).memory
    assert (
        told(CallerInput(speech="brr", confidence=0.1), memory).prompt.says[0] == phrases.BAD_LINE
    )


def test_a_call_that_is_too_long_goes_to_a_person() -> None:
    decided = hear(CallerInput(speech="y además"), limits=replace(LIMITS, too_long=True))
    assert isinstance(decided, ToEngine)
    assert decided.said == EngineInput(intent="request_human")


@pytest.mark.parametrize(
    "words",
    [
        "Hola, no puedo contestar. Deje su mensaje después del tono",
        "El número que usted marcó no está disponible",
        "Buzón de voz de Ana",
        "deja tu mensaje después de la señal",
    ],
)
def test_the_words_of_machines(words: str) -> None:
    assert CallerInput(speech=words).is_machine
    assert not CallerInput(speech="sí, dígame").is_machine


def test_the_engine_s_words_become_a_prompt() -> None:
    buttons = [("para confirmar", "/affirm"), ("para cambiar algo", "/deny")]
    prompt, memory = session.follow(
        ["Bien.", "¿Lo confirmo?"], buttons, NO_CUE, Memory(), to_people=False
    )
    assert prompt.help == "Para confirmar, marque 1; para cambiar algo, marque 2."
    assert prompt.payloads == ("/affirm", "/deny")
    assert memory.asked == prompt


def test_how_a_value_is_keyed_is_told_after_the_choices() -> None:
    cue = CallCue(Keypad.DATE, "o marque el día y el mes")
    prompt, _ = session.follow(
        ["¿Qué día?"], [("para mañana", "mañana")], cue, ASKED, to_people=False
    )
    assert prompt.help == "Para mañana, marque 1; o marque el día y el mes."
    assert prompt.keys == "date"
    assert prompt.payloads == ("mañana",)
    assert Prompt.of_json(prompt.as_json()) == prompt


def test_what_is_no_question_is_followed_by_one() -> None:
    prompt, _ = session.follow(["Listo."], [], NO_CUE, Memory(), to_people=False)
    assert prompt.says == ("Listo.", phrases.ANYTHING_ELSE)
    prompt, _ = session.follow([], [], NO_CUE, Memory(), to_people=False)
    assert prompt.says == (phrases.WHAT,)


def test_ends_waits_and_transfers() -> None:
    ends, _ = session.follow(
        ["Adiós."], [], CallCue(then=Afterwards.HANG_UP), Memory(), to_people=True
    )
    assert ends.then is Then.HANG_UP
    moves, _ = session.follow(["Le paso."], [], NO_CUE, Memory(), to_people=True)
    assert moves.then is Then.TRANSFER
    waits, memory = session.follow(
        ["Tómese su tiempo."], [], CallCue(then=Afterwards.WAIT), ASKED, to_people=False
    )
    assert waits.says == ("Tómese su tiempo.",)
    assert waits.payloads == QUESTION.payloads
    assert memory.asked == QUESTION


@pytest.mark.parametrize(
    ("digits", "kind", "meaning"),
    [
        ("1500", "amount", "1500"),
        ("120*5", "amount", "120.50"),
        ("120*50#", "amount", "120.50"),
        ("2811", "date", "el sábado 28 de noviembre"),
        ("0501", "date", "el martes 5 de enero de 2027"),
        ("2311", "past_date", "el lunes 23 de noviembre"),
        ("2411", "date", "el martes 24 de noviembre"),
        ("02031990", "birth_date", "02/03/1990"),
        ("4071", "document_last4", "4071"),
        ("45671234", "document", "45671234"),
        ("2", "number", "2"),
    ],
)
def test_keyed_values(digits: str, kind: str, meaning: str) -> None:
    assert keypad.meaning(digits, (), kind, TODAY) == EngineInput(text=meaning)


@pytest.mark.parametrize(
    ("digits", "kind"),
    [
        ("3002", "date"),
        ("0000", "date"),
        ("281", "date"),
        ("99999999", "birth_date"),
        ("407", "document_last4"),
        ("12*345", "amount"),
        ("55", ""),
        ("", "amount"),
    ],
)
def test_keys_without_a_meaning(digits: str, kind: str) -> None:
    assert keypad.meaning(digits, (), kind, TODAY) is None


@given(
    digits=st.text("0123456789*#", max_size=14),
    kind=st.sampled_from(["", *keypad.KINDS]),
    count=st.integers(0, 5),
)
def test_no_keys_break_a_call(digits: str, kind: str, count: int) -> None:
    payloads = tuple(f"/{n}" for n in range(count))
    found = keypad.meaning(digits, payloads, kind, TODAY)
    assert found is None or found.text or found.intent


@given(
    asked=st.booleans(),
    silences=st.integers(0, 2),
    doubted=st.text(max_size=20),
    n=st.integers(0, 3),
)
def test_a_memory_survives_being_kept(asked: bool, silences: int, doubted: str, n: int) -> None:
    memory = Memory(QUESTION if asked else None, silences, doubted, n)
    assert Memory.of_json(memory.as_json()) == memory
    assert Memory.of_json({}) == Memory()
