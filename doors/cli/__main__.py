"""`python -m doors.cli` is the `acuerdo` command."""

from doors.cli.main import run

run()
