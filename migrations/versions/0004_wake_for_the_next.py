"""a job that waited for another's lock is announced when that one ends"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # procrastinate announces a job when it is queued, and nothing when a lock becomes free: who
    # wrote again while being answered would wait for the worker's next look at the queue
    op.execute(
        """
        create function acuerdo_announce_next_job() returns trigger language plpgsql as $$
        declare next_id bigint;
        begin
          select id into next_id from procrastinate_jobs
            where lock = old.lock and status = 'todo'
              and (scheduled_at is null or scheduled_at <= now())
            order by id limit 1;
          if next_id is not null then
            perform pg_notify(
              'procrastinate_any_queue_v1',
              json_build_object('type', 'job_inserted', 'job_id', next_id)::text
            );
          end if;
          return null;
        end $$
        """
    )
    op.execute(
        """
        create trigger acuerdo_jobs_announce_next
          after delete or update of status on procrastinate_jobs
          for each row when (old.status = 'doing' and old.lock is not null)
          execute function acuerdo_announce_next_job()
        """
    )


def downgrade() -> None:
    op.execute("drop trigger acuerdo_jobs_announce_next on procrastinate_jobs")
    op.execute("drop function acuerdo_announce_next_job()")
