"""What people in Latin America mean by their words for money, days, hours and choices.

Pure: the same text and context give the same entities, on any machine, in any thread.
"""

from acuerdo.language.context import ReadingContext, country_of_timezone
from acuerdo.language.entity import Entity
from acuerdo.language.extraction import extract

__all__ = ["Entity", "ReadingContext", "country_of_timezone", "extract"]
