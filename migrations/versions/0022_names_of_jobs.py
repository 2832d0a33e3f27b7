"""queued jobs get the names of the topics that do them"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_NAMES = {
    "calls.finish": "calls.complete",
    "calls.call": "calls.dial",
    "calls.again": "calls.dial_again",
    "campaigns.follow_promise": "agreements.follow_promise",
    "campaigns.follow_plan": "agreements.follow_plan",
    "campaigns.follow_callback": "conversations.follow_callback",
    "campaigns.judge_promise": "outreach.break_promise_if_overdue",
    "campaigns.judge_instalment": "outreach.miss_instalment_if_overdue",
    "campaigns.carry_out": "outreach.attempt",
    "campaigns.look_after": "outreach.check_delivery",
}
_RENAME = sa.text("update procrastinate_jobs set task_name = :new where task_name = :old")


def upgrade() -> None:
    for old, new in _NAMES.items():
        op.execute(_RENAME.bindparams(old=old, new=new))


def downgrade() -> None:
    for old, new in _NAMES.items():
        op.execute(_RENAME.bindparams(old=new, new=old))
