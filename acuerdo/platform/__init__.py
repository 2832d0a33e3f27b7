"""The ground all topics stand on: settings, database, jobs, clock, logs, errors."""
