"""
Clusters profiles that report the same incident.

Agglomerative clustering: the two groups that fit best are joined first, until none fit. How well two groups fit is the
average score of their members with their best partner in the other group, where either group counts the same however
large it is; groups with a conflict between any two members never fit. They fit better if both are about the same
outbreak; see `outbreaks`. The result does not depend on the order of the profiles.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.matching.candidates import Index
from incidex.matching.comparable import Comparable, comparable
from incidex.matching.compare import Comparison, compare, lowest_score, threshold
from incidex.matching.outbreaks import focus_counts, outbreak_bonus
from incidex.matching.reasons import reasons
from incidex.records import Profile

# Groups that miss the threshold by less are related. A difference of 1 is a factor of 2.7 in the odds.
RELATED_MARGIN = 1.5
_MOST_RELATED = 5

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RelatedCluster:
    """
    Another cluster that may report the same incident.

    Attributes:
        founder: The id of its first profile.
        reasons: What the two share, and what keeps them apart.
    """

    founder: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    Profiles of the same incident.

    Attributes:
        profiles: In the order of their publication, those without a date last.
        reasons: Why they were joined: one sentence for each step.
        related: Other clusters that may report the same incident.
    """

    profiles: tuple[Profile, ...]
    reasons: tuple[str, ...] = ()
    related: tuple[RelatedCluster, ...] = ()


def cluster(
    profiles: Iterable[Profile],
    *,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    together: Iterable[Sequence[str]] = (),
) -> tuple[Cluster, ...]:
    """
    Return the profiles in clusters, each in one; the clusters are ordered by their first profiles.

    Args:
        profiles: Each once.
        must: Pairs of ids of profiles that belong together, whatever their score.
        cannot: Pairs of ids of profiles that do not; they prevail over `must`. In both, unknown ids are ignored.
        together: Ids of profiles that are joined already, group by group. They are not compared with each other.
    """
    ordered = sorted({profile.id: profile for profile in profiles}.values(), key=publication_order)
    places = {profile.id: place for place, profile in enumerate(ordered)}
    groups = _Groups(ordered, _known(cannot, places), [[places[id] for id in ids] for ids in together])
    groups.join(sorted(_known(must, places)))
    groups.agglomerate()
    return tuple(groups.clusters())


def publication_order(profile: Profile) -> tuple[str, str]:
    """Return the key that sorts profiles: by day of publication, those without one last, then by id."""
    return (profile.published_at or "9999", profile.id)


def _known(pairs: Iterable[Pair], places: dict[str, int]) -> set[tuple[int, int]]:
    numbers = ((places[one], places[other]) for one, other in pairs if one in places and other in places)
    return {(min(pair), max(pair)) for pair in numbers if pair[0] != pair[1]}


class _Groups:
    """Groups of profiles, each named by its smallest member; profiles are numbers in order of publication."""

    def __init__(
        self, profiles: Sequence[Profile], cannot: set[tuple[int, int]], together: Sequence[Sequence[int]]
    ) -> None:
        self._reports = [comparable(profile) for profile in profiles]
        self._members: dict[int, list[int]] = {place: [place] for place in range(len(profiles))}
        self._group = list(range(len(profiles)))
        self._focus = {place: focus_counts(report) for place, report in enumerate(self._reports)}
        self._reasons: dict[int, list[str]] = {}
        self._pairs = _compared(self._reports, together)
        self._partners: list[dict[int, float]] = [{} for _ in profiles]
        self._forbidden: list[set[int]] = [set() for _ in profiles]
        for (one, other), found in self._pairs.items():
            self._partners[one][other] = self._partners[other][one] = found.score
            if found.conflicts:
                self._forbid(one, other)
        for one, other in cannot | _of_one_document(self._reports):
            self._forbid(one, other)
        self._apart = cannot
        for members in together:
            for place in sorted(members)[1:]:
                self._unite(min(members), place)

    def _forbid(self, one: int, other: int) -> None:
        self._forbidden[one].add(other)
        self._forbidden[other].add(one)

    def join(self, must: Iterable[tuple[int, int]]) -> None:
        """Join pairs by a person's decision, unless another decision keeps two of the members apart."""
        for one, other in must:
            left, right = sorted((self._group[one], self._group[other]))
            together = {*self._members[left], *self._members[right]}
            if left != right and not any({*pair} <= together for pair in self._apart):
                self._merge(left, right, "joined by a person")

    def agglomerate(self) -> None:
        """Join the two groups that fit best until none fit."""
        waiting: list[tuple[float, int, int, int, int]] = []
        for one, other in self._pairs:
            self._offer(waiting, self._group[one], self._group[other])
        while waiting:
            negative, left, right, size, other_size = heapq.heappop(waiting)
            if [len(self._members.get(left, ())), len(self._members.get(right, ()))] != [size, other_size]:
                continue
            self._merge(left, right, self._why(left, right))
            for near in self._neighbours(left):
                self._offer(waiting, left, near)

    def clusters(self) -> Iterator[Cluster]:
        """Yield the groups as clusters."""
        related = self._related()
        for group in sorted(self._members):
            members = tuple(self._reports[place].profile for place in sorted(self._members[group]))
            why = tuple(dict.fromkeys(self._reasons.get(group, ())))
            yield Cluster(members, why, tuple(related.get(group, ())))

    def _offer(self, waiting: list[tuple[float, int, int, int, int]], one: int, other: int) -> None:
        left, right = min(one, other), max(one, other)
        if left == right:
            return
        score = self._fit(left, right)
        if score is not None and score >= threshold():
            heapq.heappush(waiting, (-score, left, right, len(self._members[left]), len(self._members[right])))

    def _fit(self, left: int, right: int) -> float | None:
        """Return how well two groups fit; None if there is a conflict between them."""
        mine, theirs = self._members[left], self._members[right]
        if any(not self._forbidden[one].isdisjoint(theirs) for one in mine):
            return None
        forth = [self._best(one, theirs) for one in mine]
        back = [self._best(one, mine) for one in theirs]
        fit = (sum(forth) / len(forth) + sum(back) / len(back)) / 2
        return round(fit + (self._bonus(left, right) if max(forth) >= threshold() - RELATED_MARGIN else 0.0), 6)

    def _bonus(self, left: int, right: int) -> float:
        few, many = sorted((left, right), key=lambda group: len(self._members[group]))
        return outbreak_bonus(self._focus[many], len(self._members[many]), self._focus[few], len(self._members[few]))

    def _best(self, one: int, others: Iterable[int]) -> float:
        partners = self._partners[one]
        return max((partners[other] for other in others if other in partners), default=lowest_score())

    def _unite(self, left: int, right: int) -> None:
        for place in self._members[right]:
            self._group[place] = left
        self._members[left] += self._members.pop(right)
        self._focus[left].update(self._focus.pop(right))

    def _merge(self, left: int, right: int, why: str) -> None:
        self._unite(left, right)
        self._reasons[left] = [*self._reasons.pop(left, []), *self._reasons.pop(right, []), why]

    def _neighbours(self, group: int) -> list[int]:
        near = {self._group[other] for place in self._members[group] for other in self._partners[place]}
        return sorted(near - {group})

    def _best_pair(self, left: int, right: int) -> tuple[float, int, int]:
        found = (
            (-self._partners[one][other], one, other)
            for one in self._members[left]
            for other in self._members[right]
            if other in self._partners[one]
        )
        return min(found, default=(-lowest_score(), left, right))

    def _why(self, left: int, right: int) -> str:
        _, one, other = self._best_pair(left, right)
        return "; ".join(reasons(self._reports[one], self._reports[other]))

    def _related(self) -> dict[int, list[RelatedCluster]]:
        """
        Return for each group the others that nearly fit, or would fit but for a conflict; the best first.

        Groups of reports about nothing in particular are left out, since they are not incidents.
        """
        incidents = {
            group
            for group, members in self._members.items()
            if any(self._reports[place].profile.types for place in members)
        }
        near: dict[int, dict[int, tuple[float, int, int]]] = {}
        for (one, other), found in self._pairs.items():
            left, right = self._group[one], self._group[other]
            if left != right and found.score >= threshold() - RELATED_MARGIN and {left, right} <= incidents:
                for mine, theirs in ((left, right), (right, left)):
                    best = near.setdefault(mine, {})
                    best[theirs] = min(best.get(theirs, (0.0, one, other)), (-found.score, one, other))
        return {
            group: [RelatedCluster(self._founder(other), self._why_related(pair)) for other, pair in _first(others)]
            for group, others in near.items()
        }

    def _founder(self, group: int) -> str:
        return self._reports[group].profile.id

    def _why_related(self, pair: tuple[float, int, int]) -> tuple[str, ...]:
        _, one, other = pair
        shared = reasons(self._reports[one], self._reports[other])
        return (*shared, *self._pairs[min(one, other), max(one, other)].conflicts)


def _first(others: dict[int, tuple[float, int, int]]) -> list[tuple[int, tuple[float, int, int]]]:
    return sorted(others.items(), key=lambda item: item[1])[:_MOST_RELATED]


def _compared(reports: Sequence[Comparable], together: Sequence[Sequence[int]]) -> dict[tuple[int, int], Comparison]:
    """Return the comparison of each pair that shares a key and is not joined already."""
    home = {place: number for number, members in enumerate(together) for place in members}
    index = Index(report.profile for report in reports)
    places = {report.profile.id: place for place, report in enumerate(reports)}
    found: dict[tuple[int, int], Comparison] = {}
    for place, report in enumerate(reports):
        for candidate in index.candidates(report.profile):
            pair = min(place, places[candidate]), max(place, places[candidate])
            is_joined = pair[0] in home and home[pair[0]] == home.get(pair[1])
            if pair not in found and not is_joined:
                found[pair] = compare(reports[pair[0]], reports[pair[1]])
    return found


def _of_one_document(reports: Sequence[Comparable]) -> set[tuple[int, int]]:
    """Return the pairs of profiles of the same document, which are of different incidents."""
    by_document: dict[str, list[int]] = {}
    for place, report in enumerate(reports):
        by_document.setdefault(report.profile.document, []).append(place)
    return {(one, other) for places in by_document.values() for one in places for other in places if one < other}
