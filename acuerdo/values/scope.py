"""Whose debtors somebody may reach: those of some creditors, or of all. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class CreditorScope:
    """External ids of creditors; None: every creditor. An empty set reaches nobody."""

    creditors: frozenset[str] | None = None

    @classmethod
    def of(cls, creditors: Iterable[str] | None) -> Self:
        """A scope of some creditors; None for all."""
        return cls(None if creditors is None else frozenset(creditors))

    @property
    def is_whole(self) -> bool:
        """Whether it reaches every creditor."""
        return self.creditors is None

    def reaches(self, creditors: Collection[str]) -> bool:
        """Whether it reaches a person who has debts with these creditors."""
        return self.creditors is None or not self.creditors.isdisjoint(creditors)


EVERY_CREDITOR: Final = CreditorScope()
