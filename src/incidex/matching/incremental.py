"""Puts profiles to groups so large that not all of their members are compared anew."""

from collections.abc import Iterable, Sequence
from itertools import chain

from incidex.matching.candidates import Index
from incidex.matching.clusters import Cluster, Pair, cluster, first_published
from incidex.records import Profile

# A group with more members is not put together anew when it grows: comparing all with all takes seconds.
LARGE = 50


def grow(
    profiles: Iterable[Profile], settled: Sequence[Cluster], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()
) -> tuple[Cluster, ...]:
    """
    Return the profiles and the settled groups in clusters, as `cluster` does; what is settled stays together.

    Of a settled group, only those members are looked at that are candidates for one of `profiles`. So a group may take
    a profile that does not fit the rest of it, which `cluster` would have kept apart.

    Args:
        profiles: Those that are in no settled group, each once.
        settled: Groups, each profile in one of them.
        must: Ids of profiles that belong together; see `cluster`.
        cannot: Ids of profiles that do not. No pair may lie in one settled group.
    """
    loose, pairs, apart = list(profiles), list(must), list(cannot)
    index = Index(member for group in settled for member in group.profiles)
    seen = {candidate for profile in loose for candidate in index.candidates(profile)}
    seen.update(id for pair in (*pairs, *apart) for id in pair)
    standing = [[member for member in group.profiles if member.id in seen] or [group.profiles[0]] for group in settled]
    together = [[member.id for member in members] for members in standing]
    found = cluster([*loose, *chain(*standing)], must=pairs, cannot=apart, together=together)
    return tuple(_whole(one, zip(settled, standing, strict=True)) for one in found)


def _whole(found: Cluster, settled: Iterable[tuple[Cluster, Sequence[Profile]]]) -> Cluster:
    """
    Return a cluster with all members of the settled groups that are in it, and why these were put together.

    Each group stands beside those of its members that were looked at: all of them are in one cluster.
    """
    here = {profile.id for profile in found.profiles}
    groups = [group for group, seen in settled if seen[0].id in here]
    members = {profile.id: profile for group in (*groups, found) for profile in group.profiles}
    reasons = dict.fromkeys(reason for group in (*groups, found) for reason in group.reasons)
    ordered = sorted(members.values(), key=first_published)
    return Cluster(tuple(ordered), tuple(reasons), found.related)
