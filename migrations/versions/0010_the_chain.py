"""the ledger is chained, and what it holds cannot be changed in passing"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0005"
branch_labels = None
depends_on = None

# Rows that are never changed, and rows of which only these columns are.
UNCHANGING = ("attempt", "decision", "audit_entry")
CHANGING = {
    "promise": ("state", "closed_at"),
    "plan": ("state",),
    "instalment": ("state",),
    "payment": ("thanks_message_id",),
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("subject", "key", name=op.f("uq_audit_entry_subject")),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.bulk_insert(head, [{"id": 1, "position": 0, "hash": bytes(32)}])
    op.execute(
        """
        create function acuerdo_refuse_change() returns trigger language plpgsql as $$
        begin
          raise exception 'the ledger is append-only: % of %', tg_op, tg_table_name
            using errcode = 'integrity_constraint_violation';
        end $$
        """
    )
    # the columns that may change are blanked in both rows: whatever is left must be equal
    op.execute(
        """
        create function acuerdo_refuse_change_of_terms() returns trigger language plpgsql as $$
        begin
          if to_jsonb(old) - tg_argv is distinct from to_jsonb(new) - tg_argv then
            raise exception 'the ledger is append-only: terms of %', tg_table_name
              using errcode = 'integrity_constraint_violation';
          end if;
          return new;
        end $$
        """
    )
    for table in UNCHANGING:
        refuse(table, "update or delete")
    for table, columns in CHANGING.items():
        refuse(table, "delete")
        named = ", ".join(f"'{column}'" for column in columns)
        op.execute(
            f"create trigger acuerdo_terms before update on {table}"
            f" for each row execute function acuerdo_refuse_change_of_terms({named})"
        )


def refuse(table: str, events: str) -> None:
    op.execute(
        f"create trigger acuerdo_append_only before {events} on {table}"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        f"create trigger acuerdo_no_truncate before truncate on {table}"
        " for each statement execute function acuerdo_refuse_change()"
    )


def downgrade() -> None:
    for table in CHANGING:
        op.execute(f"drop trigger acuerdo_terms on {table}")
    for table in (*UNCHANGING, *CHANGING):
        op.execute(f"drop trigger acuerdo_no_truncate on {table}")
        op.execute(f"drop trigger acuerdo_append_only on {table}")
    op.execute("drop function acuerdo_refuse_change_of_terms()")
    op.execute("drop function acuerdo_refuse_change()")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
