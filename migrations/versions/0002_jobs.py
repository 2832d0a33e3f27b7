"""the tables of the job queue"""

from alembic import op
from procrastinate import schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # procrastinate's own SQL, as its pinned version ships it; its later versions come with
    # migrations of their own, to be taken over when the pin moves
    connection = op.get_bind().connection.driver_connection
    with connection.cursor() as cursor:
        cursor.execute(schema.SchemaManager.get_schema())


def downgrade() -> None:
    op.execute(
        """
        do $$ declare found record; begin
          for found in select tablename from pg_tables where tablename like 'procrastinate_%'
          loop execute format('drop table %I cascade', found.tablename); end loop;
          for found in select oid::regprocedure as name from pg_proc
              where proname like 'procrastinate_%'
          loop execute format('drop function %s cascade', found.name); end loop;
          for found in select typname from pg_type left join pg_class on pg_class.oid = typrelid
              where typname like 'procrastinate_%' and (typtype = 'e' or relkind = 'c')
          loop execute format('drop type %I cascade', found.typname); end loop;
        end $$
        """
    )
