"""The domain, the rules and the actions say the same; nothing is said too early."""

import ast
import re
from functools import cache
from typing import cast, get_args

import pytest

from actions import catalogue
from actions.action import CoreAction
from actions.catalogue import all_actions
from actions.clarification import readings
from actions.debt import debt_values, due_values
from actions.plan import option_values
from actions.promise import current_promise_values, refusal_values
from acuerdo.agreements.drafting import OpenPromise
from acuerdo.agreements.due import Due, DueBasis
from acuerdo.agreements.offers import OfferRefusal, PlanTerms, RefusalReason
from acuerdo.agreements.service import PlanProposal
from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.notices import notice
from acuerdo.platform.settings import ROOT
from tests.builders import a_debt_view
from tests.clock import NOW
from tests.domain import NEUTRAL, TOPICS, domain, intents, responses, rules, utterances

# The payloads of choices that an action fills in; `readings` is held against the domain below.
_FILLED_IN = ("/{first_intent}", "/{second_intent}")
_BUILT_IN = {"action_listen", "action_restart", "action_session_start"}
# Given by Rasa to what it was not sure about; nobody says it.
_OF_RASA = {"nlu_fallback"}
# Begun by us; nobody says them, so there are no utterances.
_OURS = {"media_received", "resume"}


def words_of(response: str) -> list[str]:
    """Everything a response shows: its texts and the titles of its buttons."""
    variants = responses()[response]
    buttons = [button["title"] for each in variants for button in each.get("buttons", ())]
    return [each["text"] for each in variants] + buttons


def placeholders(response: str) -> set[str]:
    return {name for text in words_of(response) for name in re.findall(r"{(\w+)}", text)}


def test_the_domain_and_the_catalogue_name_the_same_actions() -> None:
    ours = [action.name() for action in all_actions(cast("Acuerdo", None))]
    assert len(ours) == len(set(ours))
    assert sorted(ours) == sorted(domain()["actions"])


def test_every_intent_has_exactly_one_rule() -> None:
    ruled = [step["intent"] for rule in rules() for step in rule["steps"] if step.get("intent")]
    assert sorted(ruled) == sorted([*intents(), *_OF_RASA])


def test_rules_call_what_exists() -> None:
    known = {*domain()["actions"], *domain()["forms"], *_BUILT_IN}
    for rule in rules():
        for step in rule["steps"]:
            assert "action" not in step or step["action"] in known, rule["rule"]


def of_intents(topic: str) -> dict[str, str]:
    """Which action answers an intent, by the rules of a topic."""
    one_step = [rule["steps"] for rule in rules(topic) if "intent" in rule["steps"][0]]
    return {steps[0]["intent"]: steps[1]["action"] for steps in one_step}


def test_the_topics_are_the_same_everywhere() -> None:
    assert sorted(catalogue.TOPICS) == TOPICS
    for folder in ("rules", "responses"):
        assert sorted(path.stem for path in (ROOT / "data" / folder).glob("*.yml")) == TOPICS
    for topic, module in catalogue.TOPICS.items():
        assert module.__name__ == f"actions.{topic}"


@pytest.mark.parametrize("topic", TOPICS)
def test_an_intent_has_one_topic(topic: str) -> None:
    """Its utterances, its rule and the action that answers it stand in files of one name."""
    answering = [kind for kind in catalogue.kinds(topic) if issubclass(kind, CoreAction)]
    named = {intent: kind.action for kind in answering for intent in kind.intents}
    assert named == of_intents(topic)
    assert set(utterances(topic)) == set(named) - _OURS - _OF_RASA


@pytest.mark.parametrize("topic", TOPICS)
def test_an_action_names_its_own_intents(topic: str) -> None:
    named = [
        intent
        for kind in catalogue.kinds(topic)
        if issubclass(kind, CoreAction)
        for intent in kind.intents
    ]
    assert len(named) == len(set(named)), "two actions answer the same intent"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_response_stands_with_a_topic_that_says_it(topic: str) -> None:
    source = (ROOT / "actions" / f"{topic}.py").read_text("utf-8")
    readers = [kind for kind in catalogue.kinds(topic) if not issubclass(kind, CoreAction)]
    asked = tuple(f"utter_ask_{kind.form}_" for kind in readers)
    of_all = (ROOT / "actions" / "action.py").read_text("utf-8")
    for name in responses(topic):
        said_here = f'"{name}"' in source or name.startswith(asked) or name in of_refusals(topic)
        assert said_here or f'"{name}"' in of_all, name


def of_refusals(topic: str) -> set[str]:
    """The responses that are named by the reason of a refusal."""
    return (
        {f"utter_{reason}" for reason in get_args(RefusalReason)} if topic == "promise" else set()
    )


def test_a_reading_fits_on_a_button_and_tells_nothing_before_a_proof() -> None:
    assert len(readings()) > 30
    for reading in readings().values():
        assert 0 < len(reading.words) <= 20, reading.words
        assert not (reading.neutral and FORBIDDEN.search(reading.words)), reading.words


def test_what_stands_with_an_intent_is_known() -> None:
    facts = [
        fact for each in domain()["intents"] if isinstance(each, dict) for fact in each.values()
    ]
    known = {"leads", "gives_way", "button", "neutral", "answers", "means"}
    assert {name for fact in facts for name in fact} == known
    slots = {slot for fact in facts for name in ("answers", "means") for slot in fact.get(name, ())}
    asked = {slot for form in domain()["forms"].values() for slot in form["required_slots"]}
    assert slots == asked


def test_every_form_is_asked_read_and_followed() -> None:
    followed = {
        condition["active_loop"] for rule in rules() for condition in rule.get("condition", ())
    }
    assert followed == set(domain()["forms"])
    for form, described in domain()["forms"].items():
        assert f"validate_{form}" in domain()["actions"]
        for slot in described["required_slots"]:
            assert slot in domain()["slots"]
            assert f"utter_ask_{form}_{slot}" in responses()


def test_buttons_lead_somewhere() -> None:
    for response, variants in responses().items():
        for variant, button in ((v, each) for v in variants for each in v.get("buttons", ())):
            payload = button["payload"]
            if payload.startswith("/") and payload not in ("/share_contact", *_FILLED_IN):
                assert payload[1:] in intents(), response
            shown = re.sub(r"{\w+}", "00", button["title"])
            # what is read out on the telephone may be longer than what WhatsApp shows
            most = 80 if variant.get("channel") == "voice" else 20
            assert 0 < len(shown) <= most, response


# ---- what actions say -------------------------------------------------------------------------

_DEBT = a_debt_view()
_PLAN = PlanTerms("monthly", ((NOW.date(), _DEBT.balance), (NOW.date(), _DEBT.balance)))
# What the functions give whose result is handed on as `**values(...)`.
_VALUES = {
    "debt_values": set(debt_values(_DEBT)),
    "due_values": set(due_values(Due(_DEBT.balance, NOW.date(), DueBasis.PROMISE, False), _DEBT)),
    "option_values": set(option_values(PlanProposal(_DEBT.id, 1, _PLAN), _DEBT)),
    "refusal_values": set(refusal_values(OfferRefusal("date_past"), _DEBT)),
    "current_promise_values": set(
        current_promise_values(OpenPromise(_DEBT.balance, _DEBT.balance, NOW.date()), _DEBT)
    ),
    "values": {"amount", "day", "methods", "count", "product"},
}


def _given(keywords: list[ast.keyword]) -> set[str]:
    given: set[str] = set()
    for keyword in keywords:
        if keyword.arg is not None:
            given.add(keyword.arg)
        else:
            given |= _handed_on(keyword.value)
    return given


def _handed_on(node: ast.expr) -> set[str]:
    """The names of values in a dict, or given by one of the functions above."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _VALUES[node.func.id]
    if isinstance(node, ast.Name):
        return _VALUES.get(node.id, set())
    given: set[str] = set()
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            given |= _handed_on(value) if key is None else {ast.literal_eval(key)}
    return given


def _names(node: ast.expr) -> list[str]:
    """The response names that an expression may come to."""
    if isinstance(node, ast.Constant) and str(node.value).startswith("utter_"):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _names(node.body) + _names(node.orelse)
    return []


@cache
def said() -> list[tuple[str, frozenset[str]]]:
    """Every response that an action names, with the values it gives."""
    found: list[tuple[str, frozenset[str]]] = []
    for path in sorted((ROOT / "actions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if named and node.func.attr in ("of", "also") and node.args:
                given = frozenset(_given(node.keywords))
                found += [(name, given) for name in _names(node.args[0])]
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                name, values = node.elts
                found += [(each, frozenset(_handed_on(values))) for each in _names(name)]
    return found


def test_every_response_that_is_said_exists_and_gets_its_values() -> None:
    assert len(said()) > 60
    slots = set(domain()["slots"])
    for response, given in said():
        assert response in responses(), response
        missing = placeholders(response) - given - slots
        assert not missing, f"{response} is not given {sorted(missing)}"


@pytest.mark.parametrize("reason", get_args(RefusalReason))
def test_every_refusal_of_policy_has_its_words(reason: str) -> None:
    assert placeholders(f"utter_{reason}") <= _VALUES["refusal_values"]


def test_nothing_is_written_that_is_never_said() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "actions").glob("*.py"))
    asked = {f"utter_ask_{form}_{slot}" for form, described in domain()["forms"].items()
             for slot in described["required_slots"]}  # fmt: skip
    refusals = {f"utter_{reason}" for reason in get_args(RefusalReason)}
    unused = [name for name in responses() if name not in source and name not in asked | refusals]
    assert unused == []


def test_questions_of_forms_are_filled_from_slots_alone() -> None:
    slots = set(domain()["slots"])
    for form, described in domain()["forms"].items():
        for slot in described["required_slots"]:
            assert placeholders(f"utter_ask_{form}_{slot}") <= slots


# ---- before an identity is proven --------------------------------------------------------------

FORBIDDEN = re.compile(
    r"deud|deb[eo]|mora\b|moros|atras|cobr|venc|saldo|adeud|pag[aoué]|cuota|crédito|préstamo|"
    r"factura|descuento|convenio|compromiso|capital|inter[eé]s|demanda|embarg|buró|central(es)? de",
    re.IGNORECASE,
)
# "la página oficial" is no payment.
HARMLESS = re.compile(r"página", re.IGNORECASE)
REVEALING = {
    "creditor", "creditors", "product", "balance", "overdue", "amount", "total", "due", "days_late",
    "methods", "complaints", "principal", "interest", "fees", "day", "count", "url",
    "overdue_text", "balance_text", "product_text", "amount_text", "date_text",
}  # fmt: skip


@pytest.mark.parametrize("response", NEUTRAL)
def test_before_a_proof_nothing_tells_that_there_is_a_debt(response: str) -> None:
    for text in words_of(response):
        found = FORBIDDEN.search(HARMLESS.sub("", text))
        assert found is None, f"{response} says {found.group()!r}"
    assert not placeholders(response) & REVEALING


@pytest.mark.parametrize("key", ["engine_down", "gave_up"])
def test_notices_of_failures_reach_anybody_and_tell_nothing(key: str) -> None:
    assert FORBIDDEN.search(notice(key)) is None


@pytest.mark.parametrize("response", sorted(responses()))
def test_nobody_is_asked_why_they_did_not_pay(response: str) -> None:
    # Colombia, Ley 2300 de 2023, art. 7: the reason of the arrears may not be asked for
    asked = re.compile(
        r"por qu[eé] (?:no|se|dej)|(?:motivo|raz[oó]n|causa) (?:de|del|por)|qu[eé] le impid"
        r"|a qu[eé] se debe|qu[eé] (?:le )?pas[oó] (?:con|para)"
    )
    for words in words_of(response):
        questions = re.findall(r"¿[^?]*\?", words.lower())
        assert not [each for each in questions if asked.search(each)], words


def test_no_sentence_threatens() -> None:
    threat = re.compile(r"demand|embarg|juicio|judicial|abogad|policía|cárcel", re.IGNORECASE)
    for response in responses():
        for text in words_of(response):
            assert not threat.search(text), response
