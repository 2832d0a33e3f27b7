"""Properties are tried with the same values on any day; `make soak` tries others."""

from tests.properties import choose_values

choose_values()
