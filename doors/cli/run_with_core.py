"""The core for one command: on the configured database, brought to its newest shape."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from acuerdo.platform.settings import Settings
from doors.cli.stand_ins import with_stand_ins

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo

_T = TypeVar("_T")


def with_core(use: Callable[[Acuerdo], Awaitable[_T]], settings: Settings | None = None) -> _T:
    """Run one use case; an error of the core is one line, with exit status 1."""
    settings = settings or Settings()
    # the core takes seconds to import: what can be told without it is told before
    from acuerdo.bootstrap import build
    from acuerdo.platform import logging
    from acuerdo.platform.db.migrations import NotTheOwner
    from acuerdo.platform.errors import AcuerdoError
    from acuerdo.platform.servers import with_database
    from acuerdo.portfolio.importer import Rejected

    servers = with_database(with_stand_ins(settings))
    ready = servers.settings.model_copy(
        update={"redis_url": servers.settings.redis_url or "unix:///nonexistent"}
    )

    async def once() -> _T:
        core = build(ready)
        try:
            return await use(core)
        finally:
            await core.db.close()

    try:
        logging.configure("warning", process="cli")
        servers.migrate()
        return asyncio.run(once())
    except Rejected:
        raise
    except NotTheOwner as error:
        typer.echo(
            "La base de datos es de una versión anterior: ejecute antes acuerdo migrate, con"
            " ACUERDO_DATABASE_OWNER_URL.",
            err=True,
        )
        raise typer.Exit(1) from error
    except AcuerdoError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error
    finally:
        servers.stop()
