"""What people ask about their data, read in their words."""

import pytest

from acuerdo.language.data_requests import right_in
from acuerdo.values.requests import DataRight


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("de dónde sacaron mis datos", DataRight.ACCESS),
        ("quiero ver qué datos tienen", DataRight.ACCESS),
        ("borren mis datos", DataRight.DELETION),
        ("elimíname de su base", DataRight.DELETION),
        ("corrijan mi apellido, está mal escrito", DataRight.CORRECTION),
        ("actualicen mis datos", DataRight.CORRECTION),
        ("me opongo al uso de mis datos", DataRight.OPPOSITION),
        ("no autoricé que usaran mi número, bórrenlo", DataRight.DELETION),
    ],
)
def test_what_is_asked_is_in_the_words(text: str, right: DataRight) -> None:
    assert right_in(text) is right
