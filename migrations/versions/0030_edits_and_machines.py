"""messages that change another one, and messages that machines wrote"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("provider_name", sa.String(length=160), nullable=True))
    op.add_column("message", sa.Column("edits_id", sa.Uuid(), nullable=True))
    # no row has one yet, so that nothing needs to be looked through
    op.execute(
        "alter table message add constraint fk_message_edits_id_message"
        " foreign key (edits_id) references message (id) not valid"
    )
    op.add_column(
        "message",
        sa.Column("is_automatic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("message", "is_automatic")
    op.drop_column("message", "edits_id")
    op.drop_column("message", "provider_name")
