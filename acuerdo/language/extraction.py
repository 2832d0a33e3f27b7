"""From a text to its entities: the order in which the rules may take the words."""

from acuerdo.language.addresses import claim_addresses
from acuerdo.language.amounts import find_amounts
from acuerdo.language.answers import bare_answer
from acuerdo.language.context import ReadingContext
from acuerdo.language.dates import FoundDay, find_days
from acuerdo.language.digits import (
    claim_phones,
    find_cued_digits,
    find_expected_digits,
    find_shaped_digits,
    find_spelt_digits,
)
from acuerdo.language.distractors import claim_distractors, claim_false_dates
from acuerdo.language.entity import Entity
from acuerdo.language.instalments import find_frequencies, find_instalments
from acuerdo.language.moments import delays, moments
from acuerdo.language.names import claim_names
from acuerdo.language.ordinals import find_chosen, find_ordinals
from acuerdo.language.relative_amounts import find_relative_amounts
from acuerdo.language.sentence import Sentence
from acuerdo.language.times import find_dayparts, find_delays, find_times


def extract(text: str, context: ReadingContext) -> list[Entity]:
    """The amounts, dates, hours, instalments, choices and codes in a text, in its order.

    Every word is explained at most once. Never raises, whatever the text.
    """
    sentence = Sentence(text, context.country)
    if not sentence.tokens:
        return []
    claim_addresses(sentence)
    claim_names(sentence)
    claim_distractors(sentence)
    answer = bare_answer(sentence, context)
    found = [answer] if answer else []
    found += find_cued_digits(sentence)
    if context.expecting != "digits":
        claim_phones(sentence)
    found += find_spelt_digits(sentence)
    found += delays(sentence, find_delays(sentence), context)
    found += find_chosen(sentence)
    found += find_frequencies(sentence)
    found += find_instalments(sentence, context.today)
    found += _days_and_hours(sentence, context)
    claim_false_dates(sentence)
    found += find_ordinals(sentence)
    found += find_relative_amounts(sentence)
    if context.expecting == "digits":
        found += find_expected_digits(sentence)
    found += find_shaped_digits(sentence)
    found += find_amounts(sentence, context.expecting == "amount")
    return sorted(found, key=lambda entity: (entity.start, entity.end))


def _days_and_hours(sentence: Sentence, context: ReadingContext) -> list[Entity]:
    times = find_times(sentence, context.expecting == "datetime")
    parts = find_dayparts(sentence)
    days = find_days(sentence, context)
    found, left = moments(sentence, days, times, parts, context)
    return found + [_date(sentence, day) for day in left]


def _date(sentence: Sentence, day: FoundDay) -> Entity:
    start, end = sentence.offsets(day.span)
    others = tuple(Entity("date", other.isoformat(), None, start, end) for other in day.others)
    return Entity("date", day.day.isoformat(), None, start, end, others)
