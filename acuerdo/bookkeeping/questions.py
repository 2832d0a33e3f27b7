"""What about money only a person can answer. Pure."""

from enum import StrEnum


class MoneyQuestion(StrEnum):
    """Why a person looks at news about money.

    `SURPLUS`: more was paid than was owed. `CAME_BACK`: a file asks again for a debt that is paid.
    `UNPLACED`: money or a reversal for which there is no debt. `UNREADABLE`: news that says nothing
    we understand.
    """

    SURPLUS = "surplus"
    CAME_BACK = "came_back"
    UNPLACED = "unplaced"
    UNREADABLE = "unreadable"
