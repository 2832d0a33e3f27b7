"""What an answer asks of the telephone, as it is kept and as it is put together."""

import pytest

from acuerdo.conversations.call_cue import NO_CUE, Afterwards, CallCue, Keypad


@pytest.mark.parametrize(
    "cue",
    [NO_CUE, CallCue(Keypad.AMOUNT, "márquelo"), CallCue(then=Afterwards.WAIT)],
)
def test_what_is_kept_is_what_was_asked(cue: CallCue) -> None:
    assert CallCue.of_json(cue.as_json()) == cue


def test_nothing_asked_is_nothing_kept() -> None:
    assert NO_CUE.as_json() is None
    assert CallCue.of_json({}) == NO_CUE


@pytest.mark.parametrize("kept", [{"keypad": "age"}, {"then": "sing"}])
def test_what_no_call_knows_is_refused(kept: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        CallCue.of_json(kept)


def test_several_answers_ask_for_one_value_and_end_once() -> None:
    cues = [NO_CUE, CallCue(Keypad.DATE, "el día"), CallCue(Keypad.AMOUNT, "el monto")]
    assert CallCue.of_all(cues) == CallCue(Keypad.DATE, "el día")
    ending = [CallCue(then=Afterwards.WAIT), CallCue(then=Afterwards.HANG_UP)]
    assert CallCue.of_all(ending).then is Afterwards.HANG_UP
