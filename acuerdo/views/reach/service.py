"""Whom an API key or a person of the desk may reach, by the creditors in their scope.

For whoever has a scope, other people do not exist: NotFound, as for a name that nobody has. Every
look at a person's file is written down in one row, which is sealed with others minutes later.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound, OutOfScope
from acuerdo.values.scope import CreditorScope
from acuerdo.views.reach import repository

# A page that keeps itself fresh is one look.
_WINDOW_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Reach:
    """Judges whom somebody may reach, and writes down who looked; `by` says who."""

    db: Database
    clock: Clock

    async def debtor(self, external_id: str, scope: CreditorScope, *, by: str) -> None:
        """Note a look at a debtor's file; raises NotFound where it is out of reach.

        A name that nobody has is left to the question that follows.
        """
        async with self.db.transaction() as session:
            debtor_id = await repository.debtor_id_by_name(session, external_id)
            if debtor_id is not None:
                await self._look(session, {debtor_id}, scope, by)

    async def conversation(self, conversation_id: UUID, scope: CreditorScope, *, by: str) -> None:
        """Note a look at a conversation; raises NotFound where its person is out of reach.

        Whoever is not known yet is everybody's.
        """
        async with self.db.transaction() as session:
            people = await repository.debtors_of_conversation(session, conversation_id)
            await self._look(session, people, scope, by, conversation_id)

    async def message(self, message_id: UUID, scope: CreditorScope, *, by: str) -> None:
        """Note a look at the conversation of a message; raises NotFound."""
        async with self.db.transaction() as session:
            conversation_id = await repository.conversation_of_message(session, message_id)
            if conversation_id is None:
                raise NotFound
            people = await repository.debtors_of_conversation(session, conversation_id)
            await self._look(session, people, scope, by, conversation_id)

    async def contact_point(self, point_id: UUID, scope: CreditorScope, *, by: str) -> None:
        """Note a look at the person of an address; raises NotFound where they are out of reach."""
        async with self.db.transaction() as session:
            await self._look(session, await repository.debtors_at(session, point_id), scope, by)

    async def case(self, case_id: UUID, scope: CreditorScope, *, by: str) -> None:
        """Note a look at the person of a case; raises NotFound where they are out of reach."""
        async with self.db.transaction() as session:
            people = await repository.debtors_of_case(session, case_id)
            await self._look(session, people, scope, by)

    async def portfolio(self, portfolio: object, scope: CreditorScope) -> None:
        """Raise OutOfScope where a portfolio names a creditor, person or debt beyond the scope.

        A person who has a debt with somebody else, too, is not this caller's to change.
        """
        if scope.is_whole:
            return
        creditors, debtors, debts = _named(portfolio)
        allowed = scope.creditors or frozenset()
        async with self.db.transaction() as session:
            owing, owed = await repository.creditors_of_rows(session, debtors, debts)
        beyond = creditors - allowed
        beyond |= {each for each, others in owing.items() if others - allowed or not others}
        beyond |= {each for each, creditor in owed.items() if creditor not in allowed}
        if beyond:
            raise OutOfScope

    async def _look(
        self,
        session: AsyncSession,
        people: Collection[UUID],
        scope: CreditorScope,
        by: str,
        conversation_id: UUID | None = None,
    ) -> None:
        if not await repository.reaches(session, people, scope):
            raise NotFound
        now = self.clock.now()
        for debtor_id in people:
            await repository.note_view(
                session,
                id=uuid4(),
                at=now,
                by=by[:80],
                debtor_id=debtor_id,
                conversation_id=conversation_id,
                window=int(now.timestamp()) // _WINDOW_SECONDS,
            )


def _named(portfolio: object) -> tuple[set[str], set[str], set[str]]:
    """The creditors, people and debts that a portfolio names, whatever else is wrong with it."""
    creditors = {_text(each, "id") for each in _rows(portfolio, "creditors")}
    debtors, debts = set(), set()
    for debtor in _rows(portfolio, "debtors"):
        debtors.add(_text(debtor, "id"))
        for debt in _rows(debtor, "debts"):
            debts.add(_text(debt, "id"))
            creditors.add(_text(debt, "creditor"))
    return creditors - {""}, debtors - {""}, debts - {""}


def _rows(of: object, name: str) -> list[Any]:
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, list) else []


def _text(row: object, name: str) -> str:
    """An identifier as it will be read: without blanks around it."""
    found = row.get(name) if isinstance(row, dict) else None
    return "" if found is None else str(found).replace("\x00", "").strip()
