"""A text prepared for rules: one line of plain words, each of which is explained only once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from acuerdo.language.cardinals import merge_numbers
from acuerdo.language.tokens import Token, tokenise

_USED = "·"


def phrase(pattern: str) -> re.Pattern[str]:
    """A pattern over whole words of a line; spaces in it are the ones between words."""
    return re.compile(rf"(?<= )(?:{pattern})(?= )", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens from `first` up to, not including, `after`."""

    first: int
    after: int


class Sentence:
    """The tokens of one message and the line that patterns are matched against.

    A rule that has explained some words claims them, and later rules no longer see them.
    """

    def __init__(self, text: str, country: str) -> None:
        self.country = country
        self.text = text
        self.tokens: list[Token] = merge_numbers(tokenise(text, country))
        self._begins: list[int] = []
        self._token_at: dict[int, int] = {}
        self._after_at: dict[int, int] = {}
        position = 1
        for index, token in enumerate(self.tokens):
            self._begins.append(position)
            self._token_at[position] = index
            position += len(token.text)
            self._after_at[position] = index + 1
            position += 1
        self.line = " " + "".join(f"{token.text} " for token in self.tokens)
        self.claimed = [False] * len(self.tokens)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches from left to right over the words that nobody has claimed yet."""
        position = 0
        while match := pattern.search(self.line, position):
            yield match
            position = max(match.end(), position + 1)

    def span_of(self, match: re.Match[str], group: int | str = 0) -> Span:
        """The tokens that a match, or a group of it, covers."""
        begin, end = match.span(group)
        return Span(self._token_at[begin], self._after_at[end])

    def claim(self, span: Span) -> None:
        """Take these words away from the rules that come later."""
        for index in range(span.first, span.after):
            self.claimed[index] = True
            begin = self._begins[index]
            length = len(self.tokens[index].text)
            self.line = self.line[:begin] + _USED * length + self.line[begin + length :]

    def offsets(self, span: Span) -> tuple[int, int]:
        """Character offsets of a span in the original text."""
        return self.tokens[span.first].start, self.tokens[span.after - 1].end

    def words(self, first: int, after: int) -> list[str]:
        """The words in a range of tokens, claimed or not; the range may exceed the text."""
        return [token.text for token in self.tokens[max(first, 0) : max(after, 0)]]

    def is_free(self, index: int) -> bool:
        """Whether there is such a token and no rule has explained it yet."""
        return 0 <= index < len(self.tokens) and not self.claimed[index]
