"""PostgreSQL: sessions, column types, migrations, and the embedded server."""
