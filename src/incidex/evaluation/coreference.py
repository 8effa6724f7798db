"""
Scores which mentions were put together as one event: MUC, B³, CEAF over entities, and their mean.

As the reference scorer does it, version 8 (Pradhan, Luo, Recasens, Hovy, Ng, Strube: Scoring Coreference Partitions of
Predicted Mentions: A Reference Implementation, ACL 2014). Nothing is done to make gold and predicted mentions the same:
a gold mention that was not predicted is missing from the predicted events, and one that is not gold is missing from the
gold ones. Singletons count. Numerators and denominators are summed over all articles before they are divided.
"""

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from incidex.evaluation.assignment import best_pairs
from incidex.evaluation.score import Score

# The events of one article, each as the set of what identifies its mentions; no mention is in two of them.
Partition = Sequence[Set[Hashable]]


@dataclass(frozen=True, slots=True)
class Coreference:
    """
    How well events agree.

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
    """Compare gold and predicted events of each article. Where there is nothing to divide by, a figure is 0."""
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
    """Return how many links of the first partitions the second ones keep, and how many there are (MUC)."""
    kept = links = 0
    for events, others in articles:
        for event in events:
            parts = sum(1 for other in others if event & other)
            missing = len(event) - sum(len(event & other) for other in others)
            kept += len(event) - parts - missing
            links += len(event) - 1
    return kept, links


def _shares(articles: Sequence[tuple[Partition, Partition]]) -> tuple[float, int]:
    """Return the sum over mentions of the share of their event that stands with them, and the mentions (B³)."""
    shares = sum(
        len(event & other) ** 2 / len(event) for events, others in articles for event in events for other in others
    )
    return shares, sum(len(event) for events, _ in articles for event in events)


def _similarity(gold: Partition, predicted: Partition) -> float:
    """Return the sum of the similarities of the best pairs of events (CEAF)."""
    similar = np.zeros((len(gold), len(predicted)))
    for row, event in enumerate(gold):
        for column, other in enumerate(predicted):
            similar[row, column] = 2 * len(event & other) / (len(event) + len(other))
    return float(sum(similar[pair] for pair in best_pairs(similar)))


def _score(gold: tuple[float, int], predicted: tuple[float, int]) -> Score:
    """Return recall from `gold`, precision from `predicted`, each as numerator and denominator."""
    recall, precision = (above / below if below else 0.0 for above, below in (gold, predicted))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, support=gold[1])
