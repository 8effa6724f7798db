"""Merges analyses of several documents into incidents, in memory."""

from collections import Counter
from collections.abc import Iterable

from incidex.matching.clusters import Cluster, Pair, cluster
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Incident, Incidents, Profile, Related


def merge(analyses: Iterable[Analysis], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> Incidents:
    """
    Return the incidents that the documents report; a round-up is in several.

    The result does not depend on the order of the documents. A document that reports nothing in particular makes no
    incident of its own, but may be in one that others report.

    Args:
        analyses: The documents, analysed with events.
        must: Pairs of ids of profiles that belong together, whatever their score.
        cannot: Pairs of ids of profiles that do not.
    """
    every = [profile for analysis in analyses for profile in profiles(analysis)]
    found = map(incident, cluster(every, must=must, cannot=cannot))
    return Incidents(incident for incident in found if incident.types)


def incident(found: Cluster, *, id: str | None = None) -> Incident:  # noqa: A002 - the field is called so
    """Return a cluster as an incident with the id of its first profile, or with `id`."""
    days = [profile.published_at for profile in found.profiles if profile.published_at]
    return Incident(
        id=id or found.profiles[0].id,
        title=_title(found.profiles),
        types=_types(found.profiles),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        profiles=tuple(profile.id for profile in found.profiles),
        documents=tuple(dict.fromkeys(profile.document for profile in found.profiles)),
        reasons=found.reasons,
        related=tuple(Related(other.founder, other.reasons) for other in found.related),
    )


def _title(members: tuple[Profile, ...]) -> str:
    """Return the headline with the most words in common with the other members."""
    counts: Counter[str] = Counter(word for profile in members for word, _ in profile.words)

    def shared(profile: Profile) -> float:
        weights = dict(profile.title_words)
        return sum(weight * (counts[word] - 1) for word, weight in weights.items()) if len(weights) > 2 else -1.0

    return max(members, key=shared).title


def _types(members: tuple[Profile, ...]) -> tuple[str, ...]:
    """Return the event types, the one that most documents report first."""
    counts = Counter(kind for profile in members for kind in profile.types)
    return tuple(kind for kind, _ in counts.most_common())
