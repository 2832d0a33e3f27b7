"""consent with its proof, what people prefer, and what they ask about their data"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contact_point",
        sa.Column("workplace", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("contact_point", "workplace", server_default=None)
    op.create_table(
        "consent_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_point_id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_point.id"],
            name=op.f("fk_consent_event_contact_point_id_contact_point"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
    )
    op.create_index(
        op.f("ix_consent_event_contact_point_id"), "consent_event", ["contact_point_id"]
    )
    op.create_index(op.f("ix_consent_event_debtor_id"), "consent_event", ["debtor_id"])
    op.create_table(
        "preference",
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtor.id"], name=op.f("fk_preference_debtor_id_debtor")
        ),
        sa.PrimaryKeyConstraint("debtor_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "data_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=True),
        sa.Column("right", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_case")),
    )
    op.create_index(op.f("ix_data_case_debtor_id"), "data_case", ["debtor_id"])
    op.create_index(
        "uq_data_case_open",
        "data_case",
        ["conversation_id", "right"],
        unique=True,
        postgresql_where=sa.text("closed_at is null"),
    )
    op.execute(
        "create trigger acuerdo_append_only before update or delete on consent_event"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_no_truncate before truncate on consent_event"
        " for each statement execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_append_only before delete on data_case"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_terms before update on data_case for each row"
        " execute function acuerdo_refuse_change_of_terms('closed_at', 'closed_by_id', 'answer')"
    )


def downgrade() -> None:
    op.drop_table("data_case")
    op.drop_table("preference")
    op.drop_table("consent_event")
    op.drop_column("contact_point", "workplace")
