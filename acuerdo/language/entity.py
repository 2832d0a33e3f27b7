"""What is found in a text."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entity:
    """A value that some words of the text mean, and the other values they could mean.

    | kind | value |
    | --- | --- |
    | amount | Decimal in units of the currency, not minor units |
    | relative_amount | total, half, overdue or minimum, to be resolved from the debt |
    | date | YYYY-MM-DD |
    | datetime | YYYY-MM-DDTHH:MM, local |
    | installments | int |
    | frequency | daily, weekly, fortnightly, semimonthly, monthly or bimonthly |
    | ordinal | int, -1 is the last |
    | digits | str of digits (and a final K in a Chilean RUT) |

    `currency` is an ISO code and only there when the words name it. `start` and `end` are
    character offsets in the text. `alternatives` are other readings of the same words, of any
    kind, the likeliest first; where there are some, the dialogue should ask.
    """

    kind: str
    value: Decimal | int | str
    currency: str | None
    start: int
    end: int
    alternatives: tuple["Entity", ...] = ()
