"""who owns an address, portfolios on their way in, requests answered once"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# What people gave themselves stays whatever a file says: a chat that they began, an address at
# which they have proven who they are. Files of those whom the person owes brought the others.
_OWNERS = """
insert into address_owner
    (contact_point_id, debtor_id, brought_by, given_at, wrong_person_at, since_at)
select point.id, point.debtor_id,
    case when given.at is null then coalesce(
        (select array_agg(distinct debt.creditor_id) from debt
         where debt.debtor_id = point.debtor_id),
        array['00000000-0000-0000-0000-000000000000'::uuid])
    else array[]::uuid[] end,
    given.at,
    case when point.state = 'wrong_person' then point.state_since_at end,
    point.created_at
from contact_point point
left join lateral (
    select coalesce(min(conversation.verified_at),
        case when point.channel = 'telegram' then point.created_at end) as at
    from conversation
    where conversation.contact_point_id = point.id
        and conversation.debtor_id = point.debtor_id
) given on true
where point.debtor_id is not null
"""


def upgrade() -> None:
    op.create_table(
        "address_owner",
        sa.Column("contact_point_id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("brought_by", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_person_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_point.id"],
            name=op.f("fk_address_owner_contact_point_id_contact_point"),
        ),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtor.id"], name=op.f("fk_address_owner_debtor_id_debtor")
        ),
        sa.PrimaryKeyConstraint("contact_point_id", "debtor_id", name=op.f("pk_address_owner")),
    )
    op.create_index(op.f("ix_address_owner_debtor_id"), "address_owner", ["debtor_id"])
    op.create_table(
        "portfolio_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_import")),
    )
    op.create_table(
        "answered_request",
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "operation", "key", name=op.f("pk_answered_request")),
    )
    op.execute(_OWNERS)


def downgrade() -> None:
    op.drop_table("answered_request")
    op.drop_table("portfolio_import")
    op.drop_table("address_owner")
