"""
Clusters profiles that report the same incident.

Agglomerative clustering; `groups` has how well two groups fit. Reports are grouped first, and then joined as people
decided, so that what people join is no worse for what comes later. The result does not depend on the order of the
profiles.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.matching.candidates import Index
from incidex.matching.comparable import Comparable, comparable
from incidex.matching.compare import Comparison, compare, threshold
from incidex.matching.groups import RELATED_MARGIN, Groups
from incidex.matching.reasons import reasons
from incidex.records import Profile

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
    reports = [comparable(profile) for profile in ordered]
    settled = [[places[id] for id in ids] for ids in together]
    joined = sorted(_known(must, places))
    apart = _known(cannot, places)
    pairs = _compared(reports, settled)
    groups = Groups(reports, pairs, decided=_apart(joined, apart), apart=_of_one_document(reports))
    for members in settled:
        groups.unite(members)
    groups.agglomerate()
    if joined:
        groups.join(joined)
        groups.agglomerate()
    return tuple(_clusters(groups))


def publication_order(profile: Profile) -> tuple[str, str]:
    """Return the key that sorts profiles: by day of publication, those without one last, then by id."""
    return (profile.published_at or "9999", profile.id)


def _known(pairs: Iterable[Pair], places: dict[str, int]) -> set[tuple[int, int]]:
    numbers = ((places[one], places[other]) for one, other in pairs if one in places and other in places)
    return {(min(pair), max(pair)) for pair in numbers if pair[0] != pair[1]}


def _apart(must: Iterable[tuple[int, int]], cannot: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs that stay apart: what a person joins to one of two that a person parts stays apart, too."""
    home: dict[int, set[int]] = {}
    for pair in must:
        together = set().union(*(home.get(place, {place}) for place in pair))
        if not any(together.issuperset(each) for each in cannot):
            home.update(dict.fromkeys(together, together))
    found = (
        (one, other) for left, right in cannot for one in home.get(left, {left}) for other in home.get(right, {right})
    )
    return {(min(pair), max(pair)) for pair in found}


def _clusters(groups: Groups) -> Iterator[Cluster]:
    related = _related(groups)
    for group in sorted(groups.members):
        members = tuple(groups.reports[place].profile for place in sorted(groups.members[group]))
        why = tuple(dict.fromkeys(groups.reasons.get(group, ())))
        yield Cluster(members, why, tuple(related.get(group, ())))


def _related(groups: Groups) -> dict[int, list[RelatedCluster]]:
    """
    Return for each group the others that nearly fit, or would fit but for a conflict; the best first.

    Groups of reports about nothing in particular are left out, since they are not incidents.
    """
    incidents = {
        group
        for group, members in groups.members.items()
        if any(groups.reports[place].profile.types for place in members)
    }
    near: dict[int, dict[int, tuple[float, int, int]]] = {}
    for (one, other), found in groups.pairs.items():
        left, right = groups.group[one], groups.group[other]
        if left != right and found.score >= threshold() - RELATED_MARGIN and {left, right} <= incidents:
            for mine, theirs in ((left, right), (right, left)):
                best = near.setdefault(mine, {})
                best[theirs] = min(best.get(theirs, (0.0, one, other)), (-found.score, one, other))
    return {
        group: [RelatedCluster(groups.reports[other].profile.id, _why(groups, pair)) for other, pair in _first(others)]
        for group, others in near.items()
    }


def _why(groups: Groups, pair: tuple[float, int, int]) -> tuple[str, ...]:
    """Return what the best pair of two groups shares, and what keeps it apart."""
    _, one, other = pair
    compared = groups.pairs[min(one, other), max(one, other)]
    return (*reasons(groups.reports[one], groups.reports[other]), *compared.conflicts, *compared.doubts)


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
