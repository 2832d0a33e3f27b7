"""every webhook is kept, with what became of it

The webhooks that said nothing move into the new table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TAKE_OVER = """
insert into external_event (id, source, event_id, body, state, reason, received_at)
select gen_random_uuid(),
       case channel when 'whatsapp' then 'twilio.whatsapp' else channel end,
       'stray:' || id, body, 'unreadable', reason, at
from stray_event
"""
_GIVE_BACK = """
insert into stray_event (channel, reason, body, at)
select case source when 'twilio.whatsapp' then 'whatsapp' else source end,
       coalesce(reason, ''), body, received_at
from external_event where state = 'unreadable' order by received_at
"""


def upgrade() -> None:
    op.create_table(
        "external_event",
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("job", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_event")),
        sa.UniqueConstraint("source", "event_id", name=op.f("uq_external_event_source")),
    )
    op.create_index(
        "ix_external_event_unhandled",
        "external_event",
        ["received_at"],
        postgresql_where=sa.text("state <> 'handled'"),
    )
    op.execute(_TAKE_OVER)
    op.drop_table("stray_event")


def downgrade() -> None:
    op.create_table(
        "stray_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray_event")),
    )
    op.execute(_GIVE_BACK)
    op.drop_table("external_event")
