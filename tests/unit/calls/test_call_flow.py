"""How a call listens, as a table of what is heard and what is done."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.calls import keypad
from acuerdo.calls.call_flow import (
    AskEngine,
    CallerInput,
    CallFacts,
    CallLimits,
    EngineWords,
    Say,
    on_answer,
    on_failure,
    on_input,
)
from acuerdo.calls.call_memory import (
    CallMemory,
    TurnAnswer,
    answer_of_json,
    answer_to_json,
    memory_of_json,
    memory_to_json,
)
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.conversations.call_cue import NO_CUE, Afterwards, CallCue, Keypad
from acuerdo.conversations.choices import EngineInput

TODAY = date(2026, 11, 24)
LIMITS = CallLimits(confidence=0.5, most_turns=10, longest=timedelta(minutes=15))
QUESTION = Prompt(
    ("Algo dicho.", "¿Lo confirmo?"),
    help="Para confirmar, marque 1; para cambiar algo, marque 2.",
    payloads=("/affirm", "/deny"),
)
ASKED = CallMemory(question=QUESTION)
NOTHING = CallFacts(memory=None, number=1, today=TODAY)
OURS = replace(NOTHING, ours=True)


def decided(heard: CallerInput, memory: CallMemory | None = ASKED, **facts: Any) -> AskEngine | Say:
    return on_input(CallFacts(memory=memory, number=2, today=TODAY, **facts), heard, LIMITS)


def said(heard: CallerInput, memory: CallMemory | None = ASKED, **facts: Any) -> EngineInput:
    found = decided(heard, memory, **facts)
    assert isinstance(found, AskEngine)
    return found.engine_input


def answered(heard: CallerInput, memory: CallMemory | None = ASKED, **facts: Any) -> Say:
    found = decided(heard, memory, **facts)
    assert isinstance(found, Say)
    return found


def follow(
    texts: list[str],
    choices: list[tuple[str, str]],
    memory: CallMemory | None = None,
    *,
    cue: CallCue = NO_CUE,
    with_people: bool = False,
) -> tuple[Prompt, CallMemory]:
    facts = replace(NOTHING, memory=memory, with_people=with_people)
    say = on_answer(facts, EngineWords(texts, choices, cue))
    return say.prompt, say.memory


def test_words_go_to_the_engine() -> None:
    assert said(CallerInput(speech="pago cien", confidence=0.9)) == EngineInput(text="pago cien")
    assert said(CallerInput(speech="pago cien")) == EngineInput(text="pago cien")


def test_keys_are_what_was_read_out() -> None:
    assert said(CallerInput(digits="1")) == EngineInput(intent="affirm")
    assert said(CallerInput(digits="2")) == EngineInput(intent="deny")
    assert said(CallerInput(digits="0")) == EngineInput(intent="request_human")
    assert said(CallerInput(digits="*")) == EngineInput(intent="repeat")


def test_other_keys_ask_again_the_question_alone() -> None:
    answer = answered(CallerInput(digits="7"))
    assert answer.prompt.texts == (phrase("no_match_keys"), "¿Lo confirmo?")
    assert answer.prompt.help == QUESTION.help
    assert answer.memory.question == QUESTION


def test_three_silences_end_the_call() -> None:
    first = answered(CallerInput())
    assert first.prompt.texts == (phrase("no_input"), "¿Lo confirmo?")
    second = answered(CallerInput(), first.memory)
    assert second.prompt.texts == (phrase("no_input_again"), "¿Lo confirmo?")
    assert "marque 1" in second.prompt.help
    third = answered(CallerInput(), second.memory)
    assert third.prompt.then is Then.HANG_UP


def test_a_question_without_keys_offers_a_person_by_key() -> None:
    asked = CallMemory(question=Prompt(("¿Me lo dice de otra forma?",)))
    assert answered(CallerInput(), asked).prompt.help == phrase("any_key")


def test_unclear_words_are_read_back() -> None:
    doubt = answered(CallerInput(speech="pago mil", confidence=0.2))
    assert "pago mil" in doubt.prompt.text
    assert said(CallerInput(digits="1"), doubt.memory) == EngineInput(text="pago mil")
    assert said(CallerInput(speech="sí, eso es", confidence=0.4), doubt.memory) == EngineInput(
        text="pago mil"
    )
    assert answered(CallerInput(digits="2"), doubt.memory).prompt.texts[0] == phrase("re_prompt")
    assert answered(CallerInput(speech="no"), doubt.memory).prompt.texts[0] == phrase("re_prompt")
    other = CallerInput(speech="quiero mi saldo", confidence=0.9)
    assert said(other, doubt.memory) == EngineInput(text="quiero mi saldo")


def test_silence_about_unclear_words_asks_the_question_itself() -> None:
    doubt = answered(CallerInput(speech="brr", confidence=0.1))
    silent = answered(CallerInput(), doubt.memory)
    assert silent.prompt.texts[-1] == "¿Lo confirmo?"
    assert not silent.memory.doubted


def test_a_bad_line_is_not_read_back_for_ever() -> None:
    memory = ASKED
    for _ in range(2):
        doubt = answered(CallerInput(speech="brr", confidence=0.1), memory)
        memory = answered(CallerInput(speech="no"), doubt.memory).memory
    assert answered(CallerInput(speech="brr", confidence=0.1), memory).prompt.texts[0] == phrase(
        "bad_line"
    )


@pytest.mark.parametrize("facts", [{"number": 11}, {"lasted": timedelta(minutes=16)}])
def test_a_call_that_is_too_long_goes_to_a_person(facts: dict[str, Any]) -> None:
    call = replace(CallFacts(memory=ASKED, number=2, today=TODAY), **facts)
    found = on_input(call, CallerInput(speech="y además"), LIMITS)
    assert isinstance(found, AskEngine)
    assert found.engine_input == EngineInput(intent="request_human")


def test_the_first_words_are_answered_with_who_we_are() -> None:
    for facts in (NOTHING, OURS):
        found = on_input(facts, CallerInput(speech="¿aló?"), LIMITS)
        assert found == AskEngine(EngineInput(intent="greet"), None, "¿aló?")


def test_a_machine_is_hung_up_on_and_hears_nothing() -> None:
    machine = CallerInput(speech="Deje su mensaje después del tono")
    for say in (answered(machine, None, ours=True), answered(CallerInput(), voicemail=True)):
        assert (say.prompt, say.transcript) == (Prompt((), then=Then.HANG_UP), "")
    # later in the call these are words like any others
    assert said(machine) == EngineInput(text=machine.speech)


@pytest.mark.parametrize(
    "heard", [CallerInput(), CallerInput(speech="murmullo de la calle"), CallerInput(digits="7")]
)
def test_in_a_call_of_ours_nothing_is_said_until_a_person_has_answered(heard: CallerInput) -> None:
    first = answered(heard, None, ours=True)
    assert first.prompt.texts == (phrase("presence"),)
    second = answered(heard, first.memory, ours=True)
    assert second.prompt.texts == (phrase("presence"),)
    # who gives no sign is hung up on without a word of whom it was for
    third = answered(heard, second.memory, ours=True)
    assert third.prompt == Prompt((), then=Then.HANG_UP)
    # a yes, by word or by key, opens the call as if it had been the first word
    for yes in (CallerInput(speech="sí, aquí estoy"), CallerInput(digits="1")):
        found = decided(yes, first.memory, ours=True)
        assert found == AskEngine(EngineInput(intent="greet"), None, yes.shown)


def test_a_screening_is_waited_for_without_a_name() -> None:
    screen = CallerInput(speech="¿Quién llama y cuál es el motivo?")
    first = answered(screen, None, ours=True)
    assert first.prompt.texts == (phrase("screened"),)
    assert first.prompt.then is Then.LISTEN
    found = decided(CallerInput(speech="¿aló?"), first.memory, ours=True)
    assert found == AskEngine(EngineInput(intent="greet"), None, "¿aló?")


def test_a_person_who_holds_the_talk_gets_the_call() -> None:
    say = answered(CallerInput(speech="¿sigue ahí?"), with_people=True)
    assert say.prompt == Prompt((phrase("transfer"),), then=Then.TRANSFER)


def test_an_engine_that_fails_ends_the_call_with_an_apology() -> None:
    assert on_failure().prompt == Prompt((phrase("failed"),), then=Then.HANG_UP)


def test_the_engine_s_words_become_a_prompt() -> None:
    buttons = [("para confirmar", "/affirm"), ("para cambiar algo", "/deny")]
    prompt, memory = follow(["Bien.", "¿Lo confirmo?"], buttons)
    assert prompt.help == "Para confirmar, marque 1; para cambiar algo, marque 2."
    assert prompt.payloads == ("/affirm", "/deny")
    assert memory.question == prompt


def test_how_a_value_is_keyed_is_told_after_the_choices() -> None:
    cue = CallCue(Keypad.DATE, "o marque el día y el mes")
    prompt, memory = follow(["¿Qué día?"], [("para mañana", "mañana")], ASKED, cue=cue)
    assert prompt.help == "Para mañana, marque 1; o marque el día y el mes."
    assert prompt.keys == "date"
    assert prompt.payloads == ("mañana",)
    assert memory_of_json(json.loads(json.dumps(memory_to_json(memory)))) == memory


def test_what_is_no_question_is_followed_by_one() -> None:
    prompt, _ = follow(["Listo."], [])
    assert prompt.texts == ("Listo.", phrase("anything_else"))
    prompt, _ = follow([], [])
    assert prompt.texts == (phrase("open_question"),)


def test_ends_waits_and_transfers() -> None:
    ends, _ = follow(["Adiós."], [], cue=CallCue(then=Afterwards.HANG_UP), with_people=True)
    assert ends.then is Then.HANG_UP
    moves, _ = follow(["Le paso."], [], with_people=True)
    assert moves.then is Then.TRANSFER
    waits, memory = follow(["Tómese su tiempo."], [], ASKED, cue=CallCue(then=Afterwards.WAIT))
    assert waits.texts == ("Tómese su tiempo.",)
    assert waits.payloads == QUESTION.payloads
    assert memory.question == QUESTION


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
    no_inputs=st.integers(0, 2),
    doubted=st.text(max_size=20),
    n=st.integers(0, 3),
)
def test_a_memory_survives_being_stored(asked: bool, no_inputs: int, doubted: str, n: int) -> None:
    memory = CallMemory(QUESTION if asked else None, no_inputs, doubted, n)
    assert memory_of_json(json.loads(json.dumps(memory_to_json(memory)))) == memory


def test_what_is_stored_before_anything_was_asked_is_no_memory() -> None:
    assert memory_of_json(memory_to_json(None)) is None


OLD_PROMPT = {"says": ["¿Sí?"], "help": "", "payloads": ["/affirm"], "keys": "", "then": "listen"}


def test_rows_of_former_versions_are_read() -> None:
    question = Prompt(("¿Sí?",), payloads=("/affirm",))
    old = {"asked": OLD_PROMPT, "silences": 1, "doubted": "", "doubts": 0}
    assert memory_of_json(old) == CallMemory(question=question, no_inputs=1)
    answer = {"prompt": OLD_PROMPT, "country": "PE", "opens": True}
    assert answer_of_json(answer) == TurnAnswer(replace(question, country="PE"), opens=True)


def test_an_answer_survives_being_stored() -> None:
    answer = TurnAnswer(replace(QUESTION, country="CL"))
    assert answer_of_json(json.loads(json.dumps(answer_to_json(answer)))) == answer
