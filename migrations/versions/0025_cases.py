"""cases to be worked, and who lifts a stop; every dispute, claim, request and stop gets its case"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_COLUMNS = (
    "insert into debtor_case (id, kind, state, subject_id, debtor_id, debt_id, conversation_id,"
    " words, rule, due_on, opened_at, resolved_at, resolved_by, reason, informed_at) "
)
# What was closed before was told in another way; deadlines in days of the calendar, for the
# product's holidays are not known here.
_CARRIED_OVER = (
    "select gen_random_uuid(), 'dispute', held.state, held.id, debt.debtor_id, debt.id,"
    " held.conversation_id, held.words, 'Regla de la casa, revisión de reclamos',"
    " (held.opened_at + interval '21 days')::date, held.opened_at, held.closed_at, null, null,"
    " held.closed_at from dispute held join debt on debt.id = held.debt_id",
    "select gen_random_uuid(), 'payment_claim', held.state, held.id, debt.debtor_id, debt.id,"
    " held.conversation_id, held.words, 'Regla de la casa, revisión de pagos avisados',"
    " (held.opened_at + interval '7 days')::date, held.opened_at, held.closed_at, null, null,"
    " held.closed_at from payment_claim held join debt on debt.id = held.debt_id",
    "select gen_random_uuid(), 'data_request',"
    " case when request.closed_at is null then 'open' else 'accepted' end, request.id,"
    " request.debtor_id, null, request.conversation_id, request.words, request.rule,"
    " request.due_on, request.opened_at, request.closed_at, 'desk:' || staff.login,"
    " request.answer, request.closed_at"
    " from data_case request left join staff on staff.id = request.closed_by_id",
    "select gen_random_uuid(), 'representative',"
    " case when stop.lifted_at is null then 'open' else 'rejected' end, stop.id, stop.debtor_id,"
    " null, null, '', 'Regla de la casa, abogados e insolvencias',"
    " (stop.since_at + interval '7 days')::date, stop.since_at, stop.lifted_at, null, null,"
    " stop.lifted_at from contact_stop stop where stop.kind = 'represented'",
    "select gen_random_uuid(), 'death', 'open', null, debtor.id, null, null, '',"
    " 'Regla de la casa, avisos de fallecimiento',"
    " (debtor.deceased_reported_at + interval '14 days')::date, debtor.deceased_reported_at,"
    " null, null, null, null from debtor where debtor.deceased_reported_at is not null",
)


def upgrade() -> None:
    op.add_column("contact_stop", sa.Column("lifted_by", sa.String(length=80), nullable=True))
    op.add_column("contact_stop", sa.Column("lifted_why", sa.Text(), nullable=True))
    op.create_table(
        "debtor_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("debtor_id", sa.Uuid(), nullable=True),
        sa.Column("debt_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_to_id", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("informed_turn_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_to_id"], ["staff.id"], name=op.f("fk_debtor_case_assigned_to_id_staff")
        ),
        sa.ForeignKeyConstraint(["debt_id"], ["debt.id"], name=op.f("fk_debtor_case_debt_id_debt")),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtor.id"], name=op.f("fk_debtor_case_debtor_id_debtor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor_case")),
    )
    op.create_index(op.f("ix_debtor_case_conversation_id"), "debtor_case", ["conversation_id"])
    op.create_index(op.f("ix_debtor_case_debtor_id"), "debtor_case", ["debtor_id"])
    op.create_index("ix_debtor_case_state_due_on", "debtor_case", ["state", "due_on", "id"])
    op.create_index(
        "uq_debtor_case_open_debtor",
        "debtor_case",
        ["kind", "debtor_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open' and subject_id is null"),
    )
    op.create_index("uq_debtor_case_subject", "debtor_case", ["kind", "subject_id"], unique=True)
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["debtor_case.id"], name=op.f("fk_case_event_case_id_debtor_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"])
    op.execute(
        "create trigger acuerdo_append_only before update or delete on case_event"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_no_truncate before truncate on case_event"
        " for each statement execute function acuerdo_refuse_change()"
    )
    for rows in _CARRIED_OVER:
        op.execute(_COLUMNS + rows)
    # states that nothing reached: where an older version or a person wrote one, it stays readable
    op.execute("update callback set state = 'done' where state = 'cancelled'")
    op.execute("update call set result = 'failed' where result = 'refused'")


def downgrade() -> None:
    op.drop_table("case_event")
    op.drop_table("debtor_case")
    op.drop_column("contact_stop", "lifted_why")
    op.drop_column("contact_stop", "lifted_by")
