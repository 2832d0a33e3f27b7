"""a turn that is carried out again finds what it did before"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal", sa.Column("turn_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_proposal_turn_id"), "proposal", ["turn_id"], unique=False)
    op.add_column("decision", sa.Column("turn_id", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_decision_turn",
        "decision",
        ["turn_id", "kind", "rule", "allowed", "debt_id"],
        unique=True,
        postgresql_where=sa.text("turn_id is not null"),
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.drop_index("uq_decision_turn", table_name="decision")
    op.drop_column("decision", "turn_id")
    op.drop_index(op.f("ix_proposal_turn_id"), table_name="proposal")
    op.drop_column("proposal", "turn_id")
