"""whom staff may reach, when a session ends for good, where a login was tried from"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("creditors", postgresql.JSONB(), nullable=True))
    op.add_column("staff", sa.Column("logged_in_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("staff", "failed_logins")
    op.drop_column("staff", "locked_until_at")
    # whoever is logged in while this runs logs in again: nobody knows since when they are
    op.execute("delete from staff_session")
    op.add_column("staff_session", sa.Column("source", sa.String(length=64), nullable=False))
    op.add_column(
        "staff_session", sa.Column("started_at", sa.DateTime(timezone=True), nullable=False)
    )
    op.add_column("staff_session", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False))
    op.create_table(
        "login_tries",
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trusted_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login", "source", name=op.f("pk_login_tries")),
    )
    op.create_index(op.f("ix_login_tries_last_at"), "login_tries", ["last_at"])


def downgrade() -> None:
    op.drop_table("login_tries")
    op.drop_column("staff_session", "ends_at")
    op.drop_column("staff_session", "started_at")
    op.drop_column("staff_session", "source")
    op.add_column("staff", sa.Column("locked_until_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "staff", sa.Column("failed_logins", sa.Integer(), server_default="0", nullable=False)
    )
    op.alter_column("staff", "failed_logins", server_default=None)
    op.drop_column("staff", "logged_in_at")
    op.drop_column("staff", "creditors")
