"""Splits text into tokens: words and signs, each with its place in the text."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from incidex.records import Span

# A word with what is inside it ("Trump’s", "1.5", "co-founder", "U.S."), or one sign.
_TOKEN = re.compile(r"(?:[A-Z]\.){2,8}|@?[^\W_]+(?:[’'.\-–&@/_]{1,2}[^\W_]+)*|[^\w\s]|_")
# In capitals these are no pronouns: "US officials", "the IT company".
_ABBREVIATED = {"US": "u.s.", "IT": "i.t."}


class Token(NamedTuple):
    """
    A word or sign. A tuple, since an article has hundreds, and tuples are made three times as fast as records.

    Attributes:
        text: As written.
        lower: In lower case, with straight apostrophes.
        start: Where it begins in the text.
        end: Where it ends.
    """

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins like a name."""
        return self.text[0].isupper() or (self.text[0] == "@" and len(self.text) > 1) or self.text[1:2].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word rather than a sign."""
        return self.text[0].isalnum() or len(self.text) > 1


def tokenise(text: str, span: Span | None = None) -> list[Token]:
    """Return the tokens of `text`, or of the part that `span` covers, in order."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return [
        Token(match[0], _ABBREVIATED.get(match[0]) or match[0].lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text, start, end)
    ]


def lower(text: str) -> str:
    """Return `text` in lower case, as long as it was: a letter that would become two ("İ") stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def position_of(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the first token that ends after the character `start`."""
    return bisect_right(tokens, start, key=lambda token: token.end)
