"""what a message said before it was edited, and messages that machines wrote"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("provider_name", sa.String(length=160), nullable=True))
    op.add_column(
        "message",
        sa.Column(
            "former",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column(
        "message",
        sa.Column("is_automatic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("message", "is_automatic")
    op.drop_column("message", "former")
    op.drop_column("message", "provider_name")
