"""What became of a portfolio: how much of it was taken, and what is wrong with the rest. Pure."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from acuerdo.values.text import storable

# A file that is wrong throughout is wrong in one way; nobody reads more of it than this.
MOST_ERRORS: Final = 1000
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row: where it is, which field, why."""

    row: str
    field: str
    problem: str


@dataclass(slots=True)
class Imported:
    """How many rows of each kind were taken, and what kept the others out.

    `errors_left_out`: how many more errors there are than are listed.
    """

    creditors: int = 0
    debtors: int = 0
    contacts: int = 0
    debts: int = 0
    errors: list[RowError] = field(default_factory=list)
    errors_left_out: int = 0

    def wrong(self, row: str, field_: str, problem: str) -> None:
        """Note an error; beyond the first thousand they are only counted."""
        if len(self.errors) >= MOST_ERRORS:
            self.errors_left_out += 1
            return
        self.errors.append(
            RowError(storable(row, 64), storable(field_, _LONGEST), storable(problem, _LONGEST))
        )

    def as_json(self) -> dict[str, Any]:
        """The counts and errors as plain data."""
        plain = asdict(self)
        if not self.errors_left_out:
            del plain["errors_left_out"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """The same again."""
        errors = [RowError(**each) for each in plain.get("errors", [])]
        return cls(**{**plain, "errors": errors})
