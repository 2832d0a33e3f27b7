"""what a manager allows in a country, every change kept"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house_limits",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("holidays", sa.Boolean(), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=True),
        sa.Column("most_a_week", sa.Integer(), nullable=True),
        sa.Column("gap_hours", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["staff.id"], name=op.f("fk_house_limits_changed_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_limits")),
    )
    op.create_index("ix_house_limits_country_id", "house_limits", ["country", "id"])
    op.execute(
        "create trigger acuerdo_append_only before update or delete on house_limits"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_no_truncate before truncate on house_limits"
        " for each statement execute function acuerdo_refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("house_limits")
