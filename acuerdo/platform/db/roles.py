"""The product's role: it reads and writes rows, owns no table, and switches nothing off."""

from typing import Final
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import Connection, text

# Tables of which the product adds rows and changes none, whatever a trigger says.
_APPEND_ONLY: Final = ("attempt", "decision", "audit_entry", "sealed_batch")
PRODUCT_ROLE: Final = "acuerdo_product"


class ProductRoleTooStrong(Exception):
    """The role that was meant for the product could switch off what protects the ledger."""


def with_role(url: str, role: str) -> str:
    """A URL of the same database for another role, without a password."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(role)}:@{host}").geturl()


def role_of(url: str) -> tuple[str, str]:
    """The role in a URL and its password, each empty where there is none."""
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def is_prepared(connection: Connection, role: str) -> bool:
    """Whether the role exists and may read every table: nothing is new since it was prepared.

    Raises ProductRoleTooStrong.
    """
    strong = is_too_strong(connection, role)
    if strong:
        raise ProductRoleTooStrong
    if strong is None:
        return False
    return bool(
        connection.scalar(
            text(
                "select not exists (select from pg_class"
                " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
                " and not has_table_privilege(:role, oid, 'select'))"
            ),
            {"role": role},
        )
    )


def is_too_strong(connection: Connection, role: str) -> bool | None:
    """Whether a role could switch off what protects the ledger; None where there is none."""
    strong: bool | None = connection.execute(
        text(
            "select rolsuper or rolreplication or rolbypassrls or rolcreaterole"
            " or pg_has_role(oid, current_user, 'member') from pg_roles where rolname = :role"
        ),
        {"role": role},
    ).scalar()
    return strong


def prepare_product_role(connection: Connection, role: str, password: str) -> None:
    """Make the product's role where it is missing, and let it do its work and no more.

    Called by the owner after each migration: new tables need it, too. The role is no superuser, so
    it cannot set `session_replication_role`; it owns nothing, so it cannot disable a trigger.
    """
    name = connection.dialect.identifier_preparer.quote(role)
    database = connection.dialect.identifier_preparer.quote(
        connection.scalar(text("select current_database()"))
    )
    # one at a time: two commands may find it missing at once
    connection.execute(text("select pg_advisory_xact_lock(hashtext('acuerdo.product_role'))"))
    found = is_too_strong(connection, role)
    if found:
        raise ProductRoleTooStrong
    if found is None:
        _run(connection, f"create role {name} login nosuperuser nocreatedb nocreaterole")
    if password:
        # `alter role` takes no parameters; the server quotes the literal
        literal = connection.scalar(text("select quote_literal(:word)"), {"word": password})
        _run(connection, f"alter role {name} password {literal}")
    for statement in (
        f"grant connect, temporary on database {database} to {name}",
        "revoke create on schema public from public",
        f"revoke create on schema public from {name}",
        f"grant usage on schema public to {name}",
        f"grant select, insert, update, delete on all tables in schema public to {name}",
        f"grant usage, select on all sequences in schema public to {name}",
        f"grant execute on all functions in schema public to {name}",
        f"revoke insert, update, delete on alembic_version from {name}",
        f"revoke insert, delete on audit_head from {name}",
        *(f"revoke update, delete on {table} from {name}" for table in _APPEND_ONLY),
    ):
        _run(connection, statement)
    connection.commit()


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement.replace("%", "%%"))
