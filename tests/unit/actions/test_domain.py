"""`domain.yml`, the rules and the actions say the same; nothing is said too early."""

import ast
import re
from functools import cache
from typing import Any, cast, get_args

import pytest
import yaml

from actions.catalogue import all_actions
from actions.clarification import READINGS
from actions.information import debt_values
from actions.intents import ACTION_OF, ANSWERED_ALONG
from actions.plan import option_values
from actions.promise import refusal_values
from acuerdo.agreements.offers import OfferRefusal, PlanTerms, RefusalReason
from acuerdo.agreements.service import PlanProposal
from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.notices import notice
from acuerdo.platform.settings import ROOT
from tests.builders import a_debt_view
from tests.clock import NOW
from tests.unit.actions.domain import NEUTRAL, domain, responses

# The payloads of choices that an action fills in; `READINGS` is held against the domain below.
_FILLED_IN = ("/{first_intent}", "/{second_intent}")
_BUILT_IN = {"action_listen", "action_restart", "action_session_start"}
# Given by Rasa to what it was not sure about; nobody says it.
_OF_RASA = {"nlu_fallback"}


@cache
def rules() -> list[dict[str, Any]]:
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule for file in files for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]]


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
    assert sorted(ruled) == sorted([*domain()["intents"], *_OF_RASA])


def test_rules_call_what_exists() -> None:
    known = {*domain()["actions"], *domain()["forms"], *_BUILT_IN}
    for rule in rules():
        for step in rule["steps"]:
            assert "action" not in step or step["action"] in known, rule["rule"]


def test_the_table_of_intents_is_that_of_the_rules() -> None:
    ruled = {}
    for rule in rules():
        steps = rule["steps"]
        if "intent" in steps[0]:
            ruled[steps[0]["intent"]] = steps[1]["action"]
    assert ruled == ACTION_OF
    assert set(ACTION_OF) >= ANSWERED_ALONG
    assert set(READINGS) <= set(domain()["intents"])


def test_a_reading_fits_on_a_button_and_tells_nothing_before_a_proof() -> None:
    for reading in READINGS.values():
        assert 0 < len(reading.words) <= 20, reading.words
        assert not (reading.neutral and FORBIDDEN.search(reading.words)), reading.words


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
                assert payload[1:] in domain()["intents"], response
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
    "option_values": set(option_values(PlanProposal(_DEBT.id, 1, _PLAN), _DEBT)),
    "refusal_values": set(refusal_values(OfferRefusal("date_past"), _DEBT)),
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
