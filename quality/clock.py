"""The moment at which every laboratory begins, so that no result depends on the day of its run."""

import os
from datetime import UTC, datetime
from typing import Final

# Read here only: `tests/soak/test_calendar.py` repeats whole suites at other moments.
VARIABLE: Final = "ACUERDO_TEST_CLOCK"
# A Tuesday: nine in the morning in Mexico City, ten in Lima and Bogotá, noon in Buenos Aires. Who
# says "el viernes" or "el lunes" means one day only.
_USUAL: Final = "2026-11-24T15:00:00+00:00"
START: Final = datetime.fromisoformat(os.environ.get(VARIABLE) or _USUAL).astimezone(UTC)
