"""every planned contact has a channel and an end

A migration of its own: databases that the first one of planned contacts made exist already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KINDS = {"channel": sa.String(length=32), "expires_at": sa.DateTime(timezone=True)}


def upgrade() -> None:
    for name, kind in _KINDS.items():
        op.alter_column("planned_contact", name, existing_type=kind, nullable=False)


def downgrade() -> None:
    for name, kind in _KINDS.items():
        op.alter_column("planned_contact", name, existing_type=kind, nullable=True)
