"""Properties are tried with the same values on any day; `make soak` tries others."""

import os

from hypothesis import settings

settings.register_profile("same on any day", derandomize=True, database=None)
if "ACUERDO_SOAK_SEED" not in os.environ:
    settings.load_profile("same on any day")
