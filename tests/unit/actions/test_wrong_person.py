"""A number is taken out of use by somebody else's word, never by a misread one of the debtor's."""

from actions.identity import WrongPerson
from tests.unit.actions.talk import said_by


async def test_who_is_proven_is_asked_before_their_number_is_retired() -> None:
    said = await said_by(WrongPerson, "ese no soy yo el que debe", verified=True)
    assert said.responses == ["utter_not_the_person"]


async def test_the_button_says_it_for_sure() -> None:
    said = await said_by(WrongPerson, "", verified=True)
    assert said.responses == ["utter_wrong_person"]


async def test_who_is_not_proven_is_believed() -> None:
    said = await said_by(WrongPerson, "número equivocado")
    assert said.responses == ["utter_wrong_person"]
