"""Documents: what is in them, and that Twilio would carry them out, for every country."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from acuerdo.calls import keypad
from acuerdo.calls.call_flow import CallFacts, EngineWords, on_answer
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.conversations.call_cue import CallCue
from acuerdo.values.countries import COUNTRIES, country
from simulator.telephone.vocabulary import faults, parse, spoken_text, vocabulary
from tests.domain import responses
from voice import twiml
from voice.speech import seconds_to_say, spoken
from voice.twiml import Style

NEXT, TRANSFER = "https://host/turn?n=2", "https://host/transfer"
MOST_SECONDS: Final = 12
# As long as these get in practice.
VALUES: Final = {
    "agency": "Gestiones del Sur",
    "name": "Ana Flores Quispe",
    "document_name": "su identificación",
    "creditor": "Crédito Azul",
    "creditors": "Crédito Azul",
    "product": "préstamo personal",
    "product_text": "préstamo personal",
    "methods": "",
    "count": "6",
    "plan_count": "6",
    "number": "3",
    "left": "2",
    "every": "quincena",
    "plan_every": "quincena",
    "line": "800 911 2000",
    "text": "algo",
    "days_late": "45",
    "url": "https://pay/x",
    "complaints": "",
}
# Who hears it is to write, since nothing else goes on by telephone.
WRITING: Final = {"utter_whatsapp_closed", "utter_unprovable"}
# What has several sums to tell, or a life to save.
LONG: Final = {
    "utter_ask_plan_form_plan_confirmed",
    "utter_ask_promise_form_promise_confirmed",
    "utter_balance_all_overdue",
    "utter_balance_instalment",
    "utter_balance_instalment_missed",
    "utter_balance_overdue",
    "utter_balance_promise",
    "utter_balance_promise_missed",
    "utter_counter",
    "utter_debt_details",
    "utter_debt_details_agreed",
    "utter_harm",
    "utter_missed",
    "utter_reminder",
    "utter_plan_recorded",
    "utter_promise_moved",
    "utter_promise_recorded",
    "utter_settlement",
    "utter_settlement_recorded",
    "utter_balance_disputed",
    "utter_balance_claimed",
    "utter_balance_current",
}
_DAYS: Final = ("day", "date", "due", "moment", "first", "last", "second")


def gather_of(document: str) -> ElementTree.Element:
    found = parse(document).find("Gather")
    assert found is not None
    return found


def rendered(prompt: Prompt, code: str = "PE", *, neural: bool = True) -> str:
    style = Style(country(code), neural=neural)
    return twiml.render(prompt, style, next_url=NEXT, transfer_url=TRANSFER)


def test_a_question_listens_for_words_and_keys() -> None:
    gather = gather_of(rendered(Prompt(("¿Sí?",), help="Marque 1.", payloads=("/affirm",)), "MX"))
    assert gather.attrib == {
        "input": "dtmf speech",
        "action": NEXT,
        "method": "POST",
        "actionOnEmptyResult": "true",
        "language": "es-MX",
        "speechTimeout": "2",
        "timeout": "5",
        "profanityFilter": "false",
        "numDigits": "1",
        "finishOnKey": "#",
        "hints": gather.get("hints"),
    }
    assert [spoken_text(each) for each in gather] == ["¿Sí?", "Marque uno."]


@pytest.mark.parametrize(
    ("prompt", "digits"),
    [
        (Prompt(("¿?",), keys="amount"), None),
        (Prompt(("¿?",), keys="document_last4"), "4"),
        (Prompt(("¿?",), keys="birth_date"), "8"),
        (Prompt(("¿?",), keys="date", payloads=("mañana",)), None),
        (Prompt(("¿?",)), "1"),
    ],
)
def test_keys_end_where_the_value_does(prompt: Prompt, digits: str | None) -> None:
    assert gather_of(rendered(prompt)).get("numDigits") == digits


@pytest.mark.parametrize("code", sorted(COUNTRIES))
@pytest.mark.parametrize("neural", [True, False])
def test_every_country_has_a_voice_and_an_ear(code: str, neural: bool) -> None:
    document = rendered(Prompt(("Hola. ¿Sí?",), keys="amount"), code, neural=neural)
    assert faults(document) == []
    assert gather_of(document).get("language") == f"es-{code}"


def test_every_document_is_twiml() -> None:
    style = Style(country("CO"))
    documents = [
        rendered(Prompt(("Adiós.",), then=Then.HANG_UP)),
        rendered(Prompt(("Le paso.",), then=Then.TRANSFER)),
        *(rendered(Prompt(("¿?",), keys=kind)) for kind in keypad.KINDS),
        twiml.wait(style, phrase("filler"), "/again?n=1"),
        twiml.hang_up(),
        twiml.hang_up(style, phrase("voicemail")),
        twiml.first_word(style, NEXT),
        twiml.nothing(),
        twiml.ring_agents(style, [("agent-1", NEXT), ("agent-2", NEXT)], after_url=NEXT),
        twiml.ask_agent(style, "Llama Ana.", NEXT),
        twiml.connect_relay(style, "wss://host/relay", after_url=NEXT),
    ]
    assert {each: found for each in documents if (found := faults(each))} == {}


def test_names_cannot_break_out_of_a_document() -> None:
    document = rendered(Prompt(('¿Hablo con <Hangup/> & "Ana"?',)))
    assert faults(document) == []
    assert parse(document).find(".//Hangup") is None


# ---- every sentence of the voice --------------------------------------------------------------


def variants() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, found in responses().items():
        spoken_ones = [each for each in found if each.get("channel") == "voice"]
        for each in spoken_ones or found:
            yield name, each


def cue_of(variant: dict[str, Any]) -> CallCue:
    return CallCue.of_json(variant.get("custom"))


def said_of(variant: dict[str, Any], code: str) -> Prompt:
    home = country(code)

    class Filled(dict[str, str]):
        def __missing__(self, key: str) -> str:
            if any(word in key for word in _DAYS) and "amount" not in key:
                return "el miércoles 25 de noviembre"
            return "$8,450.50".translate({ord(","): home.thousands, ord("."): home.decimal})

    buttons = [(each["title"], each["payload"]) for each in variant.get("buttons", ())]
    text = variant["text"].format_map(Filled(VALUES))
    facts = CallFacts(memory=None, number=1, today=date(2026, 11, 24))
    return on_answer(facts, EngineWords([text], buttons, cue_of(variant))).prompt


ALL = list(variants())


@pytest.mark.parametrize(("name", "variant"), ALL, ids=[name for name, _ in ALL])
def test_what_is_said_fits_a_telephone(name: str, variant: dict[str, Any]) -> None:
    for code in ("MX", "CO"):
        prompt = said_of(variant, code)
        for text in (*prompt.texts, prompt.help):
            said = spoken(text, country(code))
            assert seconds_to_say(said) < MOST_SECONDS, said
        whole = spoken(" ".join(prompt.texts), country(code))
        assert seconds_to_say(whole) < (MOST_SECONDS if name not in LONG else 24), whole
        aloud = spoken(prompt.text, country(code))
        for unsayable in ("http", "*", "$", "«", "escrib", "botón", "enlace de abajo"):
            assert unsayable not in aloud.casefold() or name in WRITING, aloud
        assert not any(char.isdigit() for char in aloud), aloud


def test_every_question_of_a_form_can_be_answered_with_keys() -> None:
    without = [
        name
        for name, variant in ALL
        if name.startswith("utter_ask_")
        and "_form_" in name
        and not variant.get("buttons")
        and cue_of(variant).keypad is None
    ]
    assert without == []


def test_every_value_that_is_asked_for_by_keys_is_known() -> None:
    for name, variant in ALL:
        keyed = cue_of(variant).keypad
        assert keyed is None or keyed in keypad.KINDS, name


def test_only_the_telephone_is_asked_for_something() -> None:
    for name, found in responses().items():
        for variant in found:
            assert variant.get("channel") == "voice" or "custom" not in variant, name
            assert set(variant.get("custom", ())) <= {"keypad", "keypad_help", "then"}, name


# ---- the vocabulary itself can refuse ---------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        "<Response><Shout>hola</Shout></Response>",
        '<Response><Say voice="Polly.Nadie">hola</Say></Response>',
        '<Response><Say language="es-CO">hola</Say></Response>',
        '<Response><Say voice="Google.es-MX-Neural2-A">hola</Say></Response>',
        '<Response><Gather langauge="es-MX"/></Response>',
        '<Response><Gather language="es-419"/></Response>',
        '<Response><Gather speechTimeout="1.5"/></Response>',
        '<Response><Gather speechModel="phone_call" speechTimeout="auto"/></Response>',
        '<Response><Gather input="dtmf shout"/></Response>',
        "<Response><Gather><Hangup/></Gather></Response>",
        "<Response><Gather><Dial>1</Dial></Gather></Response>",
        "<Response><Say></Say></Response>",
        '<Response><Connect><ConversationRelay url="https://x"/></Connect></Response>',
        '<Response><Gather numDigits="four"/></Response>',
        "<Hangup/>",
        "hola",
    ],
)
def test_what_twilio_would_refuse_is_refused(wrong: str) -> None:
    assert faults(wrong)


def test_the_vocabulary_is_that_of_the_package() -> None:
    assert {"Say", "Gather", "ConversationRelay", "break"} <= set(vocabulary())
    assert vocabulary()["Gather"]["children"] == ["Pause", "Play", "Say"]
