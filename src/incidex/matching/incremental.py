"""Adds profiles to groups so large that their members are not compared with each other again."""

from collections.abc import Iterable, Sequence
from itertools import chain

from incidex.matching.candidates import Index
from incidex.matching.clusters import Cluster, Pair, cluster, publication_order
from incidex.records import Profile

# The members of a larger group stay together when it grows: comparing all of them with each other takes seconds.
LARGE = 50


def add_to_clusters(
    profiles: Iterable[Profile], settled: Sequence[Cluster], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()
) -> tuple[Cluster, ...]:
    """
    Return the profiles and the settled groups in clusters, as `cluster` does; settled groups stay together.

    Of a settled group, only those members are compared that are candidates for one of `profiles`. So a group may take
    a profile that does not fit the rest of it, which `cluster` would have kept apart.

    Args:
        profiles: Those that are in no settled group, each once.
        settled: Groups, each profile in one of them.
        must: Ids of profiles that belong together; see `cluster`.
        cannot: Ids of profiles that do not. No pair may lie in one settled group.
    """
    loose, pairs, apart = list(profiles), list(must), list(cannot)
    index = Index(member for group in settled for member in group.profiles)
    wanted = {candidate for profile in loose for candidate in index.candidates(profile)}
    wanted.update(id for pair in (*pairs, *apart) for id in pair)
    compared = [[p for p in group.profiles if p.id in wanted] or [group.profiles[0]] for group in settled]
    together = [[member.id for member in members] for members in compared]
    found = cluster([*loose, *chain(*compared)], must=pairs, cannot=apart, together=together)
    return tuple(_complete(one, zip(settled, compared, strict=True)) for one in found)


def _complete(found: Cluster, settled: Iterable[tuple[Cluster, Sequence[Profile]]]) -> Cluster:
    """
    Return a cluster with all members of the settled groups in it, and with the reasons of these groups.

    Args:
        settled: Each group with those of its members that were compared, which are all in one cluster.
    """
    inside = {profile.id for profile in found.profiles}
    groups = [group for group, compared in settled if compared[0].id in inside]
    members = {profile.id: profile for group in (*groups, found) for profile in group.profiles}
    reasons = dict.fromkeys(reason for group in (*groups, found) for reason in group.reasons)
    return Cluster(tuple(sorted(members.values(), key=publication_order)), tuple(reasons), found.related)
