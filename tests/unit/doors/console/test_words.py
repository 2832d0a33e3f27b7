"""Every value that the desk can show has words in Spanish."""

from enum import StrEnum

import pytest

from acuerdo.agreements.models import PlanState, PromiseState
from acuerdo.bookkeeping.facts import MoneyEventKind
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import CaseStep
from acuerdo.cases.resolution import RESOLUTIONS
from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import Profile, Reason
from acuerdo.contact.models import ContactState, Purpose
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations.models import MessageState, Outcome, Owner, WaitingReason
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.external_events.models import EventState
from acuerdo.payments.ports import PaymentState
from acuerdo.payments.service import Unmoved
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES
from acuerdo.values.requests import DataRight, DisputeReason, Scope
from acuerdo.views.desk.verification_status import VerificationStatus
from acuerdo.wording.words import WORDS, say_event_reason, say_rule, say_source


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("channel", Channel),
        ("owner", Owner),
        ("reason", WaitingReason),
        ("outcome", Outcome),
        ("standing", VerificationStatus),
        ("message_state", MessageState),
        ("refused", Reason),
        ("purpose", Purpose),
        ("contact_state", ContactState),
        ("debt_status", DebtStatus),
        ("dispute_reason", DisputeReason),
        ("case_state", CaseState),
        ("case_result", CaseState),
        ("case_kind", CaseKind),
        ("case_choice", CaseKind),
        ("case_step", CaseStep),
        ("money_question", MoneyQuestion),
        ("money_choice", MoneyQuestion),
        ("payment_state", PaymentState),
        ("event_state", EventState),
        ("promise_state", PromiseState),
        ("plan_state", PlanState),
        ("data_right", DataRight),
        ("consent_source", ConsentSource),
        ("consent_scope", Scope),
    ],
)
def test_each_value_has_words(name: str, values: type[StrEnum]) -> None:
    assert set(WORDS[name]) == {value.value for value in values}


@pytest.mark.parametrize("question", list(MoneyQuestion))
def test_each_answer_about_money_has_words(question: MoneyQuestion) -> None:
    assert set(WORDS["money_choice"][question]) == set(RESOLUTIONS)


def test_each_fact_about_money_has_words() -> None:
    assert set(WORDS["money_event"]) == {*(each.value for each in MoneyEventKind), "returned"}


def test_each_reason_why_nothing_was_moved_has_words() -> None:
    assert set(WORDS["event_reason"]) >= {each.value for each in Unmoved}


def test_sources_of_money_are_named_without_our_names_for_them() -> None:
    assert say_source("gateway:sandbox") == say_source("payments.sandbox") == "la pasarela sandbox"
    assert say_source("portfolio") == "el archivo del acreedor"
    assert say_source("another") == "another"
    assert say_event_reason("no_words_for_this") == "no_words_for_this"


@pytest.mark.parametrize("kind", list(CaseKind))
def test_each_result_of_each_kind_has_words(kind: CaseKind) -> None:
    assert set(WORDS["case_choice"][kind]) == set(RESOLUTIONS)


def house_rules() -> set[str]:
    """Every rule of ours in the countries' files, as it is cited."""
    rules = [rule for country in COUNTRIES for rule in load(country).rules]
    return {rule.citation for rule in rules if rule.profile is Profile.HOUSE}


@pytest.mark.parametrize("citation", sorted(house_rules()))
def test_each_rule_of_ours_has_words_of_its_own(citation: str) -> None:
    assert say_rule(citation) != say_rule("house:none.such")


def test_a_law_is_cited_without_our_name_for_the_rule() -> None:
    assert say_rule("Ley 2300 de 2023, art. 3 (co.hours)") == "Ley 2300 de 2023, art. 3"
    assert say_rule("house:limits.hours.pe") == "límites de la casa, por la gerencia"
    assert say_rule("house:preference.hours") == "lo que la persona pidió"
    assert say_rule("house:reply") == "responde a quien escribió"


def test_each_country_has_a_name() -> None:
    assert set(WORDS["country"]) == set(COUNTRIES)
