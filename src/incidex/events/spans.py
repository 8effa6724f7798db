"""Decodes the spans of tokens that the network tags as triggers or arguments."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.output import WindowOutput
from incidex.labels import scheme
from incidex.records import EventMention, Span

_LEAST = 1e-6  # floor for probabilities
AGAIN = 0.5  # the cost of a span directly after another one: taggers begin too often


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """
    A span of tokens in a window, within one sentence.

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


def find_spans(output: WindowOutput, tags: NDArray[np.float32], *, worth: float) -> tuple[TokenSpan, ...]:
    """
    Return the spans in `tags`, in order and without overlap.

    They are the most likely valid sequence of BIO tags over the words of each sentence (Viterbi, 1967). A span is
    weighed as a whole against no span, so that a word that is uncertain by itself, such as an article, is included with
    the word that it belongs to. The type of a span is the most likely one over all its tokens.

    Args:
        output: The window.
        tags: (tokens, 1 + 2 * types) probabilities: outside, then the first and a later token of each type in turn. The
            first token of a word decides its tag.
        worth: The probability from which on a span of one word counts, 0..1: a higher one finds fewer.
    """
    words = np.flatnonzero(~output.continues | (np.arange(len(tags)) == 0))
    logs = np.log(np.stack([tags[:, 0], tags[:, 1::2].sum(1), tags[:, 2::2].sum(1)])[:, words] + _LEAST)
    fresh = np.diff(output.sentence[words], prepend=-1) != 0
    cost = float(np.log(worth / (1 - worth)))
    outside, begins, goes_on = logs.tolist()
    ends = np.append(words[1:], len(tags)) - 1
    return tuple(
        _typed(output, tags, int(words[first]), int(ends[last]))
        for first, last in _best_path(outside, [value - cost for value in begins], goes_on, fresh.tolist())
    )


def token_spans(output: WindowOutput, mentions: Sequence[EventMention]) -> tuple[TokenSpan, ...]:
    """Return the triggers of the `mentions` in this window, with their given spans."""
    found = []
    for mention in mentions:
        touched = np.flatnonzero((output.start < mention.trigger.end) & (output.end > mention.trigger.start))
        if touched.size:
            kind = scheme().names.index(mention.event_type)
            found.append(TokenSpan(int(touched[0]), int(touched[-1]), kind, mention.score, mention.trigger))
    return tuple(found)


def _best_path(
    outside: Sequence[float], begins: Sequence[float], goes_on: Sequence[float], fresh: Sequence[bool]
) -> list[tuple[int, int]]:
    """
    Return the first and last words of the spans on the best path.

    Args:
        outside: For each word the gain of being outside; likewise `begins` and `goes_on`.
        fresh: Whether the word is the first of its sentence, where no span continues.
    """
    free, held = 0.0, -math.inf  # the best sums so far that end outside and inside a span
    steps = []  # for each word: whether outside follows a span, and how inside was reached
    for out, begin, on, first in zip(outside, begins, goes_on, fresh, strict=True):
        again = held if first else held - AGAIN
        stays, starts = (-math.inf if first else held + on), max(free, again) + begin
        steps.append((held > free, stays >= starts, again > free))
        free, held = max(free, held) + out, max(stays, starts)
    spans, inside, last = [], held > free, len(steps) - 1
    for word in range(len(steps) - 1, -1, -1):
        after_span, stays, again = steps[word]
        if not inside:
            inside, last = after_span, word - 1
        elif not stays:
            spans.append((word, last))
            inside, last = again, word - 1
    return spans[::-1]


def _typed(output: WindowOutput, tags: NDArray[np.float32], first: int, last: int) -> TokenSpan:
    means = (tags[first : last + 1, 1::2] + tags[first : last + 1, 2::2]).mean(0)
    best = int(means.argmax())
    return TokenSpan(first, last, best, float(means[best]), Span(int(output.start[first]), int(output.end[last])))
