"""The database and Redis that a process uses: configured ones, or embedded ones of ours."""

from dataclasses import dataclass
from pathlib import Path

from acuerdo.platform.db.embedded import EmbeddedPostgres, EmbeddedRedis
from acuerdo.platform.db.migrations import migrate
from acuerdo.platform.db.roles import PRODUCT_ROLE, with_role
from acuerdo.platform.private_files import private_folder
from acuerdo.platform.settings import Settings


@dataclass
class Servers:
    """The database and Redis in use: configured ones, or embedded ones of ours."""

    settings: Settings
    postgres: EmbeddedPostgres | None = None
    redis: EmbeddedRedis | None = None

    def migrate(self) -> None:
        """Bring the database to its newest shape, as its owner; raises what `migrate` raises."""
        product = self.settings.database_url
        migrate(self.settings.database_owner_url or product, product_url=product)

    def stop(self) -> None:
        """Stop what we started."""
        if self.redis is not None:
            self.redis.stop()
        if self.postgres is not None:
            self.postgres.stop()


def with_database(settings: Settings) -> Servers:
    """The settings with a database that runs; embedded where none is configured.

    The embedded one is used by a role that owns nothing, like any other; it is there once the
    database was migrated with `owner_url`.
    """
    if settings.database_url:
        return Servers(settings)
    postgres = EmbeddedPostgres(_made(settings.run_dir) / "postgres")
    urls = {
        "database_url": with_role(postgres.url, PRODUCT_ROLE),
        "database_owner_url": postgres.url,
    }
    return Servers(settings.model_copy(update=urls), postgres=postgres)


def with_servers(settings: Settings) -> Servers:
    """The settings with a database and a Redis that run; embedded where none is configured."""
    servers = with_database(settings)
    if not settings.redis_url:
        servers.redis = EmbeddedRedis(_made(settings.run_dir) / "redis")
        servers.settings = servers.settings.model_copy(update={"redis_url": servers.redis.url})
    return servers


def _made(folder: Path) -> Path:
    return private_folder(folder)
