"""contact by law: stops, planned contacts, talks that begin with us"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtor.id"], name=op.f("fk_contact_stop_debtor_id_debtor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_stop")),
    )
    op.create_index(op.f("ix_contact_stop_debtor_id"), "contact_stop", ["debtor_id"])
    op.create_table(
        "planned_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(length=96), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("debt_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("turn_id", sa.Uuid(), nullable=True),
        sa.Column("tried", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtor.id"], name=op.f("fk_planned_contact_debtor_id_debtor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_contact")),
        sa.UniqueConstraint("occasion", name=op.f("uq_planned_contact_occasion")),
    )
    op.create_index(op.f("ix_planned_contact_debtor_id"), "planned_contact", ["debtor_id"])
    op.add_column("message", sa.Column("template", postgresql.JSONB(), nullable=True))
    op.add_column(
        "turn",
        sa.Column("purpose", sa.String(length=32), nullable=False, server_default="reply"),
    )
    op.alter_column("turn", "purpose", server_default=None)
    op.create_index("ix_attempt_debtor_at", "attempt", ["debtor_id", "at"])
    op.drop_index(op.f("ix_attempt_debtor_id"), table_name="attempt")


def downgrade() -> None:
    op.create_index(op.f("ix_attempt_debtor_id"), "attempt", ["debtor_id"])
    op.drop_index("ix_attempt_debtor_at", table_name="attempt")
    op.drop_column("turn", "purpose")
    op.drop_column("message", "template")
    op.drop_table("planned_contact")
    op.drop_table("contact_stop")
