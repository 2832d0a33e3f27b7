"""`python -m cli` is the `acuerdo` command."""

from cli.main import run

run()
