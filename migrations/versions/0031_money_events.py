"""the facts about money, and what they come to: paid of what was agreed, too much, withheld"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_RESULTS = (
    ("promise", "paid_minor"),
    ("instalment", "paid_minor"),
    ("debt", "surplus_minor"),
    ("debt", "withheld_minor"),
)
# Of rows of the ledger only these columns change.
_CHANGING = {"promise": ("state", "closed_at"), "instalment": ("state",)}
# What came before counts from when it became known, as it did then.
_PAYMENTS = """
insert into money_event (id, debt_id, kind, source, source_id, at, recorded_at, paid_at,
    currency, amount_minor, is_dated)
select payment.id, payment.debt_id, 'payment',
    case when payment.gateway = 'claim' then 'claim' else 'gateway:' || payment.gateway end,
    payment.gateway_payment_id, payment.recorded_at, payment.recorded_at, payment.recorded_at,
    payment.currency, payment.amount_minor, true
from payment join debt on debt.id = payment.debt_id
where payment.currency = debt.currency
"""
# The books of a debt that was paid in part begin with what was owed before: what stands now, and
# all that came. Payments take fees first, then interest, and the overdue part with them.
_OPENINGS = """
insert into money_event (id, debt_id, kind, source, source_id, at, recorded_at,
    currency, balance_minor, overdue_minor, interest_minor, fees_minor, is_dated)
select gen_random_uuid(), debt.id, 'statement', 'opening', debt.id::text,
    paid.first_at - interval '1 second', debt.updated_at,
    debt.currency, debt.balance_minor + paid.minor,
    debt.overdue_minor + case when debt.overdue_minor > 0 then paid.minor else 0 end,
    debt.interest_minor
        + case when debt.interest_minor > 0 and debt.fees_minor = 0 then paid.minor else 0 end,
    debt.fees_minor + case when debt.fees_minor > 0 then paid.minor else 0 end,
    true
from debt join (
    select debt_id, sum(amount_minor) as minor, min(at) as first_at
    from money_event group by debt_id
) paid on paid.debt_id = debt.id
"""
_PROMISES = """
update promise set paid_minor = amount_minor where state = 'kept'
"""
_INSTALMENTS = """
update instalment set paid_minor = amount_minor where state = 'paid'
"""


def upgrade() -> None:
    op.create_table(
        "money_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("debt_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("balance_minor", sa.BigInteger(), nullable=True),
        sa.Column("overdue_minor", sa.BigInteger(), nullable=True),
        sa.Column("interest_minor", sa.BigInteger(), nullable=True),
        sa.Column("fees_minor", sa.BigInteger(), nullable=True),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("reverses", sa.String(length=240), nullable=True),
        sa.ForeignKeyConstraint(["debt_id"], ["debt.id"], name=op.f("fk_money_event_debt_id_debt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_event")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_money_event_source")),
    )
    op.create_index(op.f("ix_money_event_debt_id"), "money_event", ["debt_id"])
    op.create_index(op.f("ix_money_event_sequence"), "money_event", ["sequence"])
    for table, column in _RESULTS:
        op.add_column(table, sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))
    for table, columns in _CHANGING.items():
        _let_change(table, (*columns, "paid_minor"))
    op.execute(_PAYMENTS)
    op.execute(_OPENINGS)
    op.execute(_PROMISES)
    op.execute(_INSTALMENTS)
    # `default` is the program's from here on
    for table, column in _RESULTS:
        op.alter_column(table, column, server_default=None)
    op.execute(
        "create trigger acuerdo_append_only before update or delete on money_event"
        " for each row execute function acuerdo_refuse_change()"
    )
    op.execute(
        "create trigger acuerdo_no_truncate before truncate on money_event"
        " for each statement execute function acuerdo_refuse_change()"
    )


def _let_change(table: str, columns: Sequence[str]) -> None:
    named = ", ".join(f"'{column}'" for column in columns)
    op.execute(f"drop trigger acuerdo_terms on {table}")
    op.execute(
        f"create trigger acuerdo_terms before update on {table}"
        f" for each row execute function acuerdo_refuse_change_of_terms({named})"
    )


def downgrade() -> None:
    for table, columns in _CHANGING.items():
        _let_change(table, columns)
    for table, column in _RESULTS:
        op.drop_column(table, column)
    op.drop_table("money_event")
