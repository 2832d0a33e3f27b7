"""How much of what was agreed a sum covers. Pure; minor units."""

from collections.abc import Sequence


def covered(paid_since: int, amounts: Sequence[int]) -> int:
    """How many of the amounts, in their order, a sum covers in full."""
    count = 0
    for amount in amounts:
        if paid_since < amount:
            break
        paid_since -= amount
        count += 1
    return count
