"""What is said to somebody who wants silence, another way or hour, or their data."""

import pytest

from actions.contact import OptOut, PreferChannel
from actions.trust import DataRequest
from tests.unit.actions.talk import said_by


@pytest.mark.parametrize(
    ("words", "response"),
    [
        ("ya no me escriban", "utter_opted_out"),
        ("no me contacten por ningún medio", "utter_opted_out_everywhere"),
        ("no me llamen al trabajo", "utter_opted_out_at_work"),
    ],
)
async def test_silence_is_confirmed_as_far_as_it_reaches(words: str, response: str) -> None:
    assert (await said_by(OptOut, words)).responses == [response]


@pytest.mark.parametrize(
    ("words", "response"),
    [
        ("mejor por whatsapp en la tarde", "utter_preference_kept"),
        ("mejor por correo", "utter_prefer_channel"),
        ("de otra forma", "utter_prefer_channel"),
    ],
)
async def test_a_preference_is_confirmed_or_left_to_a_person(words: str, response: str) -> None:
    assert (await said_by(PreferChannel, words)).responses == [response]


async def test_a_data_request_is_told_its_last_day() -> None:
    said = await said_by(DataRequest, "borren mis datos")
    assert said.responses == ["utter_data_rights"]
