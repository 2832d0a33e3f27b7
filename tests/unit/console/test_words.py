"""Every value that the desk can show has words in Spanish."""

from enum import StrEnum

import pytest

from acuerdo.agreements.models import PlanState, PromiseState
from acuerdo.contact.law import Reason
from acuerdo.contact.models import ContactState, Purpose
from acuerdo.conversations.models import MessageState, Outcome, Owner, WaitingReason
from acuerdo.debts.models import CaseState, DebtStatus, DisputeReason
from acuerdo.desk.views import Standing
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES
from acuerdo.words import WORDS


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("channel", Channel),
        ("owner", Owner),
        ("reason", WaitingReason),
        ("outcome", Outcome),
        ("standing", Standing),
        ("message_state", MessageState),
        ("refused", Reason),
        ("purpose", Purpose),
        ("contact_state", ContactState),
        ("debt_status", DebtStatus),
        ("dispute_reason", DisputeReason),
        ("case_state", CaseState),
        ("promise_state", PromiseState),
        ("plan_state", PlanState),
    ],
)
def test_each_value_has_words(name: str, values: type[StrEnum]) -> None:
    assert set(WORDS[name]) == {value.value for value in values}


def test_each_country_has_a_name() -> None:
    assert set(WORDS["country"]) == set(COUNTRIES)
