"""The database: one pool per process, one transaction per use case."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import orjson
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from acuerdo.platform.settings import database_url_for_sqlalchemy

# Who waits longer for a row holds a connection that everybody else needs: providers give up after
# fifteen seconds, and a job is tried again.
_LOCK_PATIENCE_MILLISECONDS: Final = 5000

Hook = Callable[[AsyncSession], Awaitable[None]]


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


class Database:
    """Gives transactions; commits at the end of the block, rolls back on any error."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            database_url_for_sqlalchemy(url),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=False,
            pool_recycle=1800,
            # what people wrote must not stand in the text of an error
            hide_parameters=True,
            connect_args={"options": f"-c lock_timeout={_LOCK_PATIENCE_MILLISECONDS}"},
            json_serializer=_dumps,
            json_deserializer=orjson.loads,
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._single = async_sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False
        )

        self._before_commit: list[Hook] = []
        self._after_commit: list[Hook] = []

    def before_commit(self, hook: Hook) -> None:
        """Run `hook` as the last step of every transaction that ends without an error."""
        self._before_commit.append(hook)

    def after_commit(self, hook: Hook) -> None:
        """Run `hook` once a transaction is committed, or a single statement is done."""
        self._after_commit.append(hook)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed when the block ends without an error."""
        async with self._sessions() as session:
            async with session.begin():
                yield session
                for hook in self._before_commit:
                    await hook(session)
            for hook in self._after_commit:
                await hook(session)

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[AsyncSession]:
        """A session for one question or one change that stands alone: no transaction around it."""
        async with self._single() as session:
            yield session
            for hook in self._after_commit:
                await hook(session)

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()
