"""How many instalments a sum covers."""

import pytest

from acuerdo.agreements.coverage import covered


@pytest.mark.parametrize(
    ("paid", "amounts", "count"),
    [
        (0, [100, 100], 0),
        (99, [100, 100], 0),
        (100, [100, 100], 1),
        (199, [100, 100], 1),
        (200, [100, 100], 2),
        (900, [100, 100], 2),
        (150, [100, 60, 50], 1),
        (0, [], 0),
    ],
)
def test_parts_are_covered_in_their_order(paid: int, amounts: list[int], count: int) -> None:
    assert covered(paid, amounts) == count
