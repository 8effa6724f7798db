"""The words that say who did something: as a cue in a sentence, and as what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.contents import span_of
from incidex.claims.phrases import Phrase
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    What a sentence says about who did something.

    Attributes:
        accused: Who did it.
        cue: The words that say so.
        speaker: Who says so, if the same words name them: "X blamed Y". None otherwise.
        by_report: Whether it is a claim even if nobody says so but the report.
        suspected: Whether it is a suspicion.
        open: Whether it is the question who did it.
        rule: The name of the rule that found it.
    """

    accused: Span
    cue: Span
    speaker: Phrase | None = None
    by_report: bool = True
    suspected: bool = False
    open: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of blaming in a sentence: its tokens from `first` up to before `last`."""

    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def word(self) -> str:
        """Its first word, in lower case."""
        return self.tokens[self.first].lower

    @property
    def before(self) -> str:
        """The token before it; "" at the beginning of the sentence."""
        return self.tokens[self.first - 1].lower if self.first else ""

    @property
    def after(self) -> str:
        """The token after it; "" at the end of the sentence."""
        return self.tokens[self.last].lower if self.last < len(self.tokens) else ""

    @property
    def span(self) -> Span:
        """Where it is."""
        return span_of(self.tokens, self.first, self.last)

    def find(self, word: str, *, within: int) -> int | None:
        """Return the index of the first `word` after it, at most `within` tokens away."""
        return next((i for i in range(self.last, self._limit(within)) if self.tokens[i].lower == word), None)

    def until(self, stops: frozenset[str], *, within: int) -> int:
        """Return the index of the first of `stops` after it, or where `within` tokens end."""
        limit = self._limit(within)
        return next((i for i in range(self.last, limit) if self.tokens[i].lower in stops), limit)

    def _limit(self, within: int) -> int:
        return min(len(self.tokens), self.last + within)


def copula() -> frozenset[str]:
    """Return the forms of "to be" and of verbs like it that link somebody to a cue: "was behind", "stands accused"."""
    return words("copula", forms=("base", "s", "past", "only"))


def helpers() -> frozenset[str]:
    """Return what may stand between a name and a cue besides a form of "to be": "allegedly", "may have"."""
    return words("blame.helper", forms=("participle", "only"))


def before_helpers(tokens: Sequence[Token], index: int) -> int:
    """Return the index of the first token of the verb group that ends before `index`."""
    while index > 0 and is_helper(tokens[index - 1].lower):
        index -= 1
    return index


def is_helper(word: str) -> bool:
    """Whether a word may stand between a name and a cue."""
    return word in copula() or word in helpers()
