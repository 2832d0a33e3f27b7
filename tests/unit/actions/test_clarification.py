"""What is offered to somebody who was not understood."""

import pytest

from actions.clarification import NotUnderstood
from tests.unit.actions.talk import said_by

_RANKING = [("promise_to_pay", 0.4), ("callback_later", 0.3), ("opt_out", 0.2)]


async def test_the_two_likeliest_readings_are_choices() -> None:
    said = await said_by(NotUnderstood, "el martes", verified=True, ranking=_RANKING)
    assert said.responses == ["utter_did_you_mean"]
    assert said.then == "action_listen"
    assert said.values[0]["first_intent"] == "promise_to_pay"
    assert said.values[0]["second_intent"] == "callback_later"


async def test_before_a_proof_only_neutral_readings_are_offered() -> None:
    said = await said_by(NotUnderstood, "el martes", ranking=_RANKING)
    offered = {said.values[0]["first_intent"], said.values[0]["second_intent"]}
    assert offered == {"callback_later", "opt_out"}


@pytest.mark.parametrize("ranking", [[], [("promise_to_pay", 0.4), ("thank", 0.3)]])
async def test_with_fewer_readings_the_question_is_narrower(
    ranking: list[tuple[str, float]],
) -> None:
    said = await said_by(NotUnderstood, "mmm", verified=True, ranking=ranking)
    assert said.responses == ["utter_not_understood_menu"]


async def test_the_second_time_a_person_is_called_in() -> None:
    said = await said_by(NotUnderstood, "mmm", form="promise_form", misunderstood=1)
    assert said.responses == ["utter_not_understood_twice"]
    assert said.leaves_form
