"""Pairs spans that overlap, for scores that forgive a different beginning or end."""

from collections.abc import Collection

from incidex.records import Span


def overlapping_pairs(gold: Collection[Span], predicted: Collection[Span]) -> int:
    """
    Return how many of `gold` can be paired with one of `predicted` that shares a character, each used at most once.

    The number is the greatest possible (a maximum matching). Method: take the spans of both sides by their ends, and
    pair each with the first of the other side that begins before it ends. All that come later reach at least as far
    as it does, so what the partner could be paired with otherwise, any later candidate could, too: the choice costs
    nothing.
    """
    waiting = sorted([(span.end, span.start, True) for span in gold] + [(s.end, s.start, False) for s in predicted])
    pairs = 0
    while waiting:
        end, _, side = waiting.pop(0)
        partner = next((entry for entry in waiting if entry[2] is not side and entry[1] < end), None)
        if partner:
            waiting.remove(partner)
            pairs += 1
    return pairs
