"""who is only claimed stands apart from the conversation; whom a failed proof means; other ids"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_claim",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("factor", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_identity_claim")),
    )
    op.add_column("conversation", sa.Column("address_owner_id", sa.Uuid(), nullable=True))
    op.add_column("contact_point", sa.Column("other_user_id", sa.String(length=160), nullable=True))
    op.add_column("contact_point", sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("identity_check", sa.Column("subject", sa.LargeBinary(), nullable=True))
    op.create_index("ix_identity_check_subject_at", "identity_check", ["subject", "at"])
    # failures before this one count for the person they meant, too
    op.execute(
        "update identity_check set subject = uuid_send(debtor_id)"
        " where debtor_id is not null and not passed"
    )
    # who typed a document and proved nothing was written down as that person
    op.execute(
        "update conversation set debtor_id = null where debtor_id is not null"
        " and verified_at is null and exists (select 1 from identity_check"
        " where identity_check.conversation_id = conversation.id"
        " and identity_check.factor = 'document')"
    )
    op.execute(
        "update conversation set address_owner_id = contact_point.debtor_id from contact_point"
        " where contact_point.id = conversation.contact_point_id"
        " and conversation.owner <> 'nobody'"
    )


def downgrade() -> None:
    op.drop_index("ix_identity_check_subject_at", table_name="identity_check")
    op.drop_column("identity_check", "subject")
    op.drop_column("contact_point", "bound_at")
    op.drop_column("contact_point", "other_user_id")
    op.drop_column("conversation", "address_owner_id")
    op.drop_table("identity_claim")
