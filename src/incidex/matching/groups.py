"""
Joins profiles into groups: the two that fit best first, until none fit.

How well two groups fit is the average score of their members with their best partner in the other group, where either
group counts the same however large it is. They do not fit if there is a conflict between any two members, or doubts
between most. They fit better if both are about the same outbreak; see `outbreaks`.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence

from incidex.matching.comparable import Comparable
from incidex.matching.compare import Comparison, lowest_score, threshold
from incidex.matching.outbreaks import focus_counts, outbreak_bonus
from incidex.matching.reasons import reasons

# Groups that miss the threshold by less are related. A difference of 1 is a factor of 2.7 in the odds.
RELATED_MARGIN = 1.5
# Groups do not fit if more than this share of their pairs is in doubt. One wrong date in a group of many leaves it
# whole.
_MOST_DOUBTFUL = 0.5
# What joins and keeps together whatever was found.
_BY_A_PERSON = "joined by a person"

Place = int
Places = tuple[Place, Place]
_Offer = tuple[float, Place, Place, int, int]


class Groups:
    """
    Groups of profiles, each named by its smallest member; profiles are numbers in order of publication.

    What a person joined is one group of several parts: each keeps what it would be by itself, and what comes later has
    to fit one of the parts only.
    """

    def __init__(
        self,
        reports: Sequence[Comparable],
        pairs: Mapping[Places, Comparison],
        *,
        decided: Collection[Places],
        apart: Collection[Places] = (),
    ) -> None:
        """
        Begin with each profile in a group of its own.

        Args:
            reports: The profiles.
            pairs: The comparisons of those that share a key, the smaller number first.
            decided: Pairs that a person keeps apart, which nothing may bring together.
            apart: Further pairs that only a person may bring together.
        """
        self.reports, self.pairs = reports, pairs
        self.members: dict[Place, list[Place]] = {place: [place] for place in range(len(reports))}
        self.group = list(range(len(reports)))
        self.reasons: dict[Place, list[str]] = {}
        self._parts: dict[Place, list[list[Place]]] = {place: [[place]] for place in range(len(reports))}
        self._focus = {place: focus_counts(report) for place, report in enumerate(reports)}
        self._partners: list[dict[Place, float]] = [{} for _ in reports]
        self._conflicting: list[set[Place]] = [set() for _ in reports]
        self._doubtful: list[set[Place]] = [set() for _ in reports]
        self._decided: list[set[Place]] = [set() for _ in reports]
        self._apart: list[set[Place]] = [set() for _ in reports]
        for (one, other), found in pairs.items():
            self._partners[one][other] = self._partners[other][one] = found.score
            _note(self._conflicting, [(one, other)] if found.conflicts else [])
            _note(self._doubtful, [(one, other)] if found.doubts else [])
        _note(self._decided, decided)
        _note(self._apart, [*decided, *apart])

    def unite(self, places: Iterable[Place]) -> None:
        """Put profiles into one group whatever they are like."""
        first, *rest = sorted(places)
        for place in rest:
            self._unite(self.group[first], self.group[place])
            self._parts[self.group[first]] = [list(self.members[self.group[first]])]

    def join(self, must: Iterable[Places]) -> None:
        """Join the groups of pairs by a person's decision, unless that brings together what is to stay apart."""
        for one, other in must:
            left, right = sorted((self.group[one], self.group[other]))
            if left != right and not self._are_apart(left, right, self._decided):
                self._unite(left, right)
                self._explain(left, right, _BY_A_PERSON)

    def agglomerate(self) -> None:
        """Join the two groups that fit best until none fit."""
        waiting: list[_Offer] = []
        for one, other in self.pairs:
            self._offer(waiting, self.group[one], self.group[other])
        while waiting:
            _, left, right, size, other_size = heapq.heappop(waiting)
            if [len(self.members.get(left, ())), len(self.members.get(right, ()))] != [size, other_size]:
                continue
            why = self._why(left, right)
            self._merge_parts(left, right)
            self._explain(left, right, why)
            for near in self._neighbours(left):
                self._offer(waiting, left, near)

    def _offer(self, waiting: list[_Offer], one: Place, other: Place) -> None:
        left, right = min(one, other), max(one, other)
        if left == right:
            return
        fit = self._fit(left, right)
        if fit is not None and fit[0] >= threshold():
            heapq.heappush(waiting, (-fit[0], left, right, len(self.members[left]), len(self.members[right])))

    def _fit(self, left: Place, right: Place) -> tuple[float, int, int] | None:
        """Return how well two groups fit, and which of their parts fit best; None if none do."""
        if self._are_apart(left, right, self._apart):
            return None
        found = [
            (fit, number, other)
            for number, mine in enumerate(self._parts[left])
            for other, theirs in enumerate(self._parts[right])
            if (fit := self._fit_parts(mine, theirs)) is not None
        ]
        if not found:
            return None
        fit, number, other = max(found, key=lambda each: (each[0], -each[1], -each[2]))
        return round(fit + self._bonus(left, right, fit), 6), number, other

    def _fit_parts(self, mine: Sequence[Place], theirs: Sequence[Place]) -> float | None:
        """Return how well some members of two groups fit; None if they conflict."""
        if any(not self._conflicting[one].isdisjoint(theirs) for one in mine):
            return None
        doubts = sum(len(self._doubtful[one].intersection(theirs)) for one in mine)
        if doubts and doubts > _MOST_DOUBTFUL * sum(self._is_scored(one, other) for one in mine for other in theirs):
            return None
        forth = [self._best(one, theirs) for one in mine]
        back = [self._best(one, mine) for one in theirs]
        if max(forth) < threshold() - RELATED_MARGIN:
            return None
        return (sum(forth) / len(forth) + sum(back) / len(back)) / 2

    def _are_apart(self, left: Place, right: Place, apart: Sequence[set[Place]]) -> bool:
        return any(not apart[one].isdisjoint(self.members[right]) for one in self.members[left])

    def _bonus(self, left: Place, right: Place, fit: float) -> float:
        few, many = sorted((left, right), key=lambda group: len(self.members[group]))
        return outbreak_bonus(self._focus[many], len(self.members[many]), self._focus[few], len(self.members[few]))

    def _best(self, one: Place, others: Iterable[Place]) -> float:
        partners = self._partners[one]
        return max((partners[other] for other in others if other in partners), default=lowest_score())

    def _is_scored(self, one: Place, other: Place) -> bool:
        """Return whether two profiles share what identifies an incident, so that there could be doubts."""
        return self._partners[one].get(other, lowest_score()) > lowest_score()

    def _merge_parts(self, left: Place, right: Place) -> None:
        """Join two groups, and the two parts of them that fit best."""
        fit = self._fit(left, right)
        mine, theirs = self._parts[left], self._parts[right]
        self._unite(left, right)
        if fit is not None:
            _, number, other = fit
            rest = [part for place, part in enumerate(theirs) if place != other]
            joined = [[*part, *theirs[other]] if place == number else part for place, part in enumerate(mine)]
            self._parts[left] = joined + rest

    def _unite(self, left: Place, right: Place) -> None:
        if left == right:
            return
        for place in self.members[right]:
            self.group[place] = left
        self.members[left] += self.members.pop(right)
        self._parts[left] = self._parts[left] + self._parts.pop(right)
        self._focus[left].update(self._focus.pop(right))

    def _explain(self, left: Place, right: Place, why: str) -> None:
        self.reasons[left] = [*self.reasons.pop(left, []), *self.reasons.pop(right, []), why]

    def _neighbours(self, group: Place) -> list[Place]:
        near = {self.group[other] for place in self.members[group] for other in self._partners[place]}
        return sorted(near - {group})

    def _why(self, left: Place, right: Place) -> str:
        found = (
            (-self._partners[one][other], one, other)
            for one in self.members[left]
            for other in self.members[right]
            if other in self._partners[one]
        )
        _, one, other = min(found, default=(-lowest_score(), left, right))
        return "; ".join(reasons(self.reports[one], self.reports[other]))


def _note(sets: Sequence[set[Place]], pairs: Iterable[Places]) -> None:
    for one, other in pairs:
        sets[one].add(other)
        sets[other].add(one)
