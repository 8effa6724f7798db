"""
Scores event coreference: MUC, B³, entity-based CEAF, and their mean.

As in version 8 of the reference scorer (Pradhan, Luo, Recasens, Hovy, Ng, Strube: Scoring Coreference Partitions of
Predicted Mentions: A Reference Implementation, ACL 2014). Gold and predicted mentions are not aligned: a gold mention
that was not predicted is missing from the predicted events, and vice versa. Singletons count. Numerators and
denominators are summed over all articles before dividing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np

from incidex.evaluation.assignment import best_pairs
from incidex.evaluation.score import Score

# The events of an article, each as the set of its mentions' keys; no mention is in two of them.
Partition = Sequence[Set[Hashable]]


@dataclass(frozen=True, slots=True)
class Coreference:
    """
    Coreference scores.

    Attributes:
        muc: Vilain and others, 1995, over links: an event of n mentions has n - 1. Support: the gold links.
        b3: Bagga and Baldwin, 1998, over mentions: the share of each mention's event that is right. Support: the gold
            mentions.
        ceafe: Luo, 2005, over events, each paired with at most one, with the similarity phi 4 (Dice). Support: the gold
            events.
    """

    muc: Score
    b3: Score
    ceafe: Score

    @property
    def conll(self) -> float:
        """The mean of the three F1, 0..1."""
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def evaluate_coreference(articles: Iterable[tuple[Partition, Partition]]) -> Coreference:
    """Compare gold and predicted events of each article. A figure is 0 if there is nothing to divide by."""
    both = [(gold, predicted) for gold, predicted in articles]
    reverse = [(predicted, gold) for gold, predicted in both]
    similar = sum(_similarity(gold, predicted) for gold, predicted in both)
    return Coreference(
        muc=_score(_links(both), _links(reverse)),
        b3=_score(_shares(both), _shares(reverse)),
        ceafe=_score(
            (similar, sum(len(gold) for gold, _ in both)), (similar, sum(len(predicted) for _, predicted in both))
        ),
    )


def _links(articles: Sequence[tuple[Partition, Partition]]) -> tuple[float, int]:
    """Return the number of links of the first partitions that the second ones keep, and the number of links (MUC)."""
    kept = sum(sum(shared.values()) - len(shared) for events, others in articles for shared in _shared(events, others))
    return kept, sum(len(event) - 1 for events, _ in articles for event in events)


def _shares(articles: Sequence[tuple[Partition, Partition]]) -> tuple[float, int]:
    """Return the sum over mentions of the share of their event that is grouped with them, and their number (B³)."""
    shares = sum(
        count**2 / len(event)
        for events, others in articles
        for event, shared in zip(events, _shared(events, others), strict=True)
        for count in shared.values()
    )
    return shares, sum(len(event) for events, _ in articles for event in events)


def _similarity(gold: Partition, predicted: Partition) -> float:
    """Return the sum of the similarities of the best pairs of events (CEAF)."""
    shared = _shared(gold, predicted)
    total = 0.0
    for rows in _connected(shared):
        columns = sorted({column for row in rows for column in shared[row]})
        similar = np.zeros((len(rows), len(columns)))
        for place, row in enumerate(rows):
            for column, count in shared[row].items():
                similar[place, columns.index(column)] = 2 * count / (len(gold[row]) + len(predicted[column]))
        total += float(sum(similar[pair] for pair in best_pairs(similar)))
    return total


def _shared(events: Partition, others: Partition) -> list[Counter[int]]:
    """Return for each of `events` the number of mentions that it shares with each of `others`, by index."""
    owner = {mention: index for index, other in enumerate(others) for mention in other}
    return [Counter(owner[mention] for mention in event if mention in owner) for event in events]


def _connected(shared: Sequence[Counter[int]]) -> Iterator[list[int]]:
    """Yield the indices of `shared` in disjoint groups, which can be paired independently and faster."""
    rows_with: dict[int, set[int]] = {}
    for row, columns in enumerate(shared):
        for column in columns:
            rows_with.setdefault(column, set()).add(row)
    left = set(range(len(shared)))
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            row = waiting.pop()
            group.append(row)
            near = {other for column in shared[row] for other in rows_with.pop(column, ())} & left
            left -= near
            waiting.extend(near)
        yield sorted(group)


def _score(gold: tuple[float, int], predicted: tuple[float, int]) -> Score:
    """Return recall from `gold`, precision from `predicted`, each as numerator and denominator."""
    recall, precision = (above / below if below else 0.0 for above, below in (gold, predicted))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, support=gold[1])
