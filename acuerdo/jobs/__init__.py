"""The job queue: procrastinate on the product's own PostgreSQL."""
