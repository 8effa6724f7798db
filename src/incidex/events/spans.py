"""Finds the stretches of tokens that the network tags as triggers or as arguments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.reading import Reading
from incidex.labels import scheme
from incidex.records import EventMention, Span


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """
    A stretch of the tokens of a window, within one sentence.

    Attributes:
        first: Its first token.
        last: Its last token.
        type: The index of its type (event type or entity type).
        score: The mean over its tokens of the probability that they belong to a span of this type, 0..1.
        span: Its characters.
    """

    first: int
    last: int
    type: int
    score: float
    span: Span


def find_spans(reading: Reading, tags: NDArray[np.float32], *, inside: float) -> tuple[TokenSpan, ...]:
    """
    Return the spans that `tags` tells of, in order and without overlap.

    A word is inside a span if its first token is so with at least the probability `inside`. A span begins where the
    word before is outside or in another sentence, or where beginning is likelier than going on. Its type is the one
    that is likeliest over all its tokens. So whether, how far and what are decided one after the other, each from sums
    of probabilities: a tagger that wavers between two types still finds the span.

    Args:
        reading: Where its tokens stand.
        tags: (tokens, 1 + 2 * types) probabilities: outside, then the first and a later token of each type in turn.
        inside: 0..1.
    """
    begins, goes_on = tags[:, 1::2].sum(1), tags[:, 2::2].sum(1)
    within = (1 - tags[:, 0] >= inside)[_words(reading)]
    sentence = reading.sentence
    follows = np.concatenate([[False], within[:-1] & (sentence[1:] == sentence[:-1])])[: len(within)]
    first = within & (~follows | ((begins > goes_on) & ~reading.continues))
    return tuple(_typed(reading, tags, start, end) for start, end in _stretches(within, first))


def token_spans(reading: Reading, mentions: Sequence[EventMention]) -> tuple[TokenSpan, ...]:
    """Return the triggers of those `mentions` that stand in this window, with the spans that they were given."""
    found = []
    for mention in mentions:
        touched = np.flatnonzero((reading.start < mention.trigger.end) & (reading.end > mention.trigger.start))
        if touched.size:
            kind = scheme().names.index(mention.event_type)
            found.append(TokenSpan(int(touched[0]), int(touched[-1]), kind, mention.score, mention.trigger))
    return tuple(found)


def _words(reading: Reading) -> NDArray[np.int64]:
    """Return for each token the first token of its word."""
    own = np.arange(len(reading.continues))
    return np.asarray(np.maximum.accumulate(np.where(reading.continues, 0, own)))


def _stretches(within: NDArray[np.bool_], first: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    starts = np.flatnonzero(first)
    # A stretch goes on until the next one starts or the tokens are outside again.
    goes_on = np.append(within[1:] & ~first[1:], False)[: len(within)]
    ends = np.flatnonzero(within & ~goes_on)
    return ((int(start), int(end)) for start, end in zip(starts, ends, strict=True))


def _typed(reading: Reading, tags: NDArray[np.float32], first: int, last: int) -> TokenSpan:
    means = (tags[first : last + 1, 1::2] + tags[first : last + 1, 2::2]).mean(0)
    best = int(means.argmax())
    return TokenSpan(first, last, best, float(means[best]), Span(int(reading.start[first]), int(reading.end[last])))
