"""the ledger's head only moves forward; messages, proofs and stops are sealed in batches"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

APPEND_ONLY = "sealed_batch"
NUMBERED = ("identity_check", "contact_stop")


def upgrade() -> None:
    op.create_table(
        "sealed_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_batch")),
        sa.UniqueConstraint("subject", "first", name=op.f("uq_sealed_batch_subject")),
    )
    op.create_table(
        "seal_mark",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_seal_mark")),
    )
    op.create_table(
        "file_view",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_view")),
        sa.UniqueConstraint(
            "by",
            "debtor_id",
            "conversation_id",
            "window",
            name=op.f("uq_file_view_by"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_file_view_debtor_id"), "file_view", ["debtor_id"])
    op.create_index(op.f("ix_file_view_sequence"), "file_view", ["sequence"])
    op.add_column("message", sa.Column("text_digest", sa.LargeBinary(), nullable=True))
    op.create_index("ix_message_sequence", "message", ["sequence"])
    for table in NUMBERED:
        op.add_column(
            table, sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False)
        )
        op.create_index(f"ix_{table}_sequence", table, ["sequence"])
    op.execute(
        f"create trigger acuerdo_append_only before update or delete on {APPEND_ONLY}"
        " for each row execute function acuerdo_refuse_change()"
    )
    # the head is the one row of the ledger that changes: only ever to a later position
    op.execute(
        """
        create function acuerdo_refuse_going_back() returns trigger language plpgsql as $$
        begin
          if new.id is distinct from old.id or new.position <= old.position
             or octet_length(new.hash) <> 32 then
            raise exception 'the ledger only moves forward'
              using errcode = 'integrity_constraint_violation';
          end if;
          return new;
        end $$
        """
    )
    op.execute(
        "create trigger acuerdo_forward before update on audit_head"
        " for each row execute function acuerdo_refuse_going_back()"
    )
    op.execute(
        "create trigger acuerdo_append_only before delete on audit_head"
        " for each row execute function acuerdo_refuse_change()"
    )
    for table in (APPEND_ONLY, "audit_head"):
        op.execute(
            f"create trigger acuerdo_no_truncate before truncate on {table}"
            " for each statement execute function acuerdo_refuse_change()"
        )


def downgrade() -> None:
    for name in ("acuerdo_no_truncate", "acuerdo_append_only", "acuerdo_forward"):
        op.execute(f"drop trigger {name} on audit_head")
    op.execute("drop function acuerdo_refuse_going_back()")
    for table in NUMBERED:
        op.drop_index(f"ix_{table}_sequence", table)
        op.drop_column(table, "sequence")
    op.drop_index("ix_message_sequence", "message")
    op.drop_column("message", "text_digest")
    op.drop_table("file_view")
    op.drop_table("seal_mark")
    op.drop_table("sealed_batch")
