"""Every error of the core, for the tests that walk them all."""

from collections.abc import Iterator

from acuerdo.platform.errors import AcuerdoError
from acuerdo.portfolio.importer import Rejected


def kinds(of: type[AcuerdoError] = AcuerdoError) -> Iterator[type[AcuerdoError]]:
    """Find the errors below one."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


# one of them stands outside of `acuerdo/platform/errors.py`, and is known once it is imported
ALL = sorted({*kinds(), Rejected}, key=lambda kind: kind.__name__)
