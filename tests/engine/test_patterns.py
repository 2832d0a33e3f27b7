"""H6: no expression of the engine's extensions costs more than in proportion to the text."""

import rasa_server
from tests.growth import patterns_of, too_dear


def test_h6_every_pattern_of_the_engine_is_linear() -> None:
    patterns = patterns_of(rasa_server)
    assert len(patterns) > 15
    assert {name: text for name, each in patterns.items() if (text := too_dear(each))} == {}
