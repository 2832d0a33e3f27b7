"""what a message asks of the telephone is data of its own

It stood among the buttons, with payloads that began with "call:". Messages of calls that were
written so are rewritten: few of all messages, and none that is still to be spoken.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_AMONG_BUTTONS = """
channel = 'voice' and direction = 'out'
and exists (select from jsonb_array_elements(buttons) as b where b ->> 'payload' like 'call:%')
"""
_REWRITE = f"""
update message set
  call_cue = jsonb_build_object(
    'keypad', (
      select substr(b ->> 'payload', 6)
      from jsonb_array_elements(buttons) with ordinality as o(b, n)
      where b ->> 'payload' like 'call:%' and b ->> 'payload' not in ('call:end', 'call:wait')
      order by n limit 1
    ),
    'keypad_help', coalesce((
      select b ->> 'title' from jsonb_array_elements(buttons) with ordinality as o(b, n)
      where b ->> 'payload' like 'call:%' and b ->> 'payload' not in ('call:end', 'call:wait')
      order by n limit 1
    ), ''),
    'then', case
      when buttons @> '[{{"payload": "call:end"}}]' then 'hang_up'
      when buttons @> '[{{"payload": "call:wait"}}]' then 'wait'
    end
  ),
  buttons = (
    select coalesce(jsonb_agg(b order by n), '[]')
    from jsonb_array_elements(buttons) with ordinality as o(b, n)
    where b ->> 'payload' not like 'call:%'
  )
where {_AMONG_BUTTONS}
"""  # noqa: S608 - constants only
_REWRITE_BACK = """
update message set buttons = buttons || case
  when call_cue ->> 'then' is not null then jsonb_build_array(jsonb_build_object(
    'title', '',
    'payload', case call_cue ->> 'then' when 'wait' then 'call:wait' else 'call:end' end
  ))
  else jsonb_build_array(jsonb_build_object(
    'title', call_cue -> 'keypad_help', 'payload', 'call:' || (call_cue ->> 'keypad')
  ))
end
where call_cue is not null
"""


def upgrade() -> None:
    op.add_column("message", sa.Column("call_cue", postgresql.JSONB(none_as_null=True)))
    op.execute(_REWRITE)


def downgrade() -> None:
    op.execute(_REWRITE_BACK)
    op.drop_column("message", "call_cue")
