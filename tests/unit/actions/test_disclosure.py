"""Actions before a proof, and after it has grown old: nothing tells that there is a debt."""

import pytest

from actions import catalogue
from actions.action import CoreAction
from actions.clarification import ChooseOption, Repeat
from actions.contact import PreferChannel, RecordCallback, UpdateContactData
from actions.identity import AfterVerification
from tests.domain import NEUTRAL
from tests.unit.actions.talk import said_by

# Both ask the core for more than a fake one knows; their words are in the list of neutral ones.
WITH_A_CORE = {AfterVerification, RecordCallback}
KINDS: list[type[CoreAction]] = [
    kind
    for topic in catalogue.TOPICS
    for kind in catalogue.kinds(topic)
    if issubclass(kind, CoreAction) and kind not in WITH_A_CORE
]
# Forms that ask about the debt itself.
OF_THE_DEBT = ["promise_form", "plan_form", "claim_form", "dispute_form", "debt_form"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.action)
async def test_to_somebody_unproven_an_action_says_only_what_is_neutral(
    kind: type[CoreAction],
) -> None:
    said = await said_by(kind, "hola", before="Hola")
    assert set(said.responses) - {None} <= set(NEUTRAL)


@pytest.mark.parametrize("form", OF_THE_DEBT)
@pytest.mark.parametrize("kind", [UpdateContactData, PreferChannel], ids=lambda kind: kind.action)
async def test_a_form_about_the_debt_does_not_go_on_after_the_proof_has_grown_old(
    kind: type[CoreAction], form: str
) -> None:
    # given a promise half made, half an hour of silence, and perhaps somebody else at the phone
    said = await said_by(kind, "cambié de número", form=form, asked="promise_amount")
    # then the form does not ask its question, in which the amount stands
    assert said.then != form
    assert said.leaves_form


async def test_a_form_goes_on_after_a_digression_of_the_proven_debtor() -> None:
    said = await said_by(
        UpdateContactData, "cambié", verified=True, form="promise_form", asked="promise_amount"
    )
    assert said.then == "promise_form"
    assert not said.leaves_form


async def test_the_neutral_forms_go_on_for_everybody() -> None:
    for form in ("verification_form", "callback_form"):
        said = await said_by(UpdateContactData, "cambié", form=form, asked="identity_proof")
        assert said.then == form


async def test_what_was_said_to_the_proven_debtor_is_not_repeated_to_somebody_else() -> None:
    balance = "servicio eléctrico con Luz Norte: debe S/ 320.50"
    repeated = await said_by(Repeat, "¿cómo?", verified=True, before=balance)
    assert repeated.responses == ["utter_repeat"]
    unproven = await said_by(Repeat, "¿cómo?", before=balance)
    assert "utter_repeat" not in unproven.responses


async def test_choosing_where_nothing_was_offered_shows_the_menu_to_the_proven_only() -> None:
    assert "utter_menu" in (await said_by(ChooseOption, "la 2", verified=True)).responses
    assert "utter_menu" not in (await said_by(ChooseOption, "la 2")).responses
