"""Finds which profiles are worth comparing: those that share a key, so that not every pair has to be compared."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from incidex.matching.frequencies import name_rarity
from incidex.records import Profile

# Names of less weight are mentioned in passing.
_LEAST_NAME = 0.1
_MOST_NAMES = 20
# Of the profiles with a key, so many are considered: those published nearest to the profile in question.
MOST_POSTINGS = 200
# At most so many candidates are compared: those that share most with the profile.
MOST_CANDIDATES = 50


def keys(profile: Profile) -> tuple[str, ...]:
    """
    Return the keys under which an index finds the profile: "cve:CVE-2017-0144", "victim:en marche",
    "software:wannacry", "actor:apt28", "name:barts". Two profiles without a common key are never compared.
    """
    kinds = (
        ("cve", profile.cves),
        ("software", profile.software),
        ("actor", profile.actors),
        ("victim", profile.victims),
    )
    found = [f"{kind}:{name}" for kind, weighted in kinds for name, _ in weighted]
    found += [f"amount:{amount}" for amount in profile.amounts if is_specific(amount)]
    found += [f"name:{name}" for name, weight in profile.names[:_MOST_NAMES] if weight >= _LEAST_NAME]
    return tuple(dict.fromkeys(found))


def is_specific(amount: str) -> bool:
    """Return whether an amount is unlikely to be in reports of two incidents: 75 bitcoin, 58,000 people, not 10,000."""
    number = amount.rpartition(" ")[2]
    return "e" not in number and len(number.replace(".", "").rstrip("0")) > 1


def key_weight(key: str) -> float:
    """Return how much a shared key says, 0..1."""
    kind, _, name = key.partition(":")
    return name_rarity(name) if kind in ("name", "software", "actor") else 1.0


class Index:
    """Profiles by their keys, in memory."""

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        """Add all `profiles`."""
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        self._ids: set[str] = set()
        for profile in profiles:
            self.add(profile)

    def __len__(self) -> int:
        """Return how many profiles there are."""
        return len(self._ids)

    def add(self, profile: Profile) -> None:
        """Add a profile; adding it again changes nothing."""
        if profile.id in self._ids:
            return
        self._ids.add(profile.id)
        posting = (profile.published_at or "", profile.id)
        for key in keys(profile):
            insort(self._by_key.setdefault(key, []), posting)

    def candidates(self, profile: Profile) -> tuple[str, ...]:
        """
        Return the ids of at most `MOST_CANDIDATES` other profiles, those that share most keys first; rare keys count
        more. Of the profiles with a frequent key, only the `MOST_POSTINGS` published nearest to it are considered.
        """
        shared: dict[str, float] = {}
        for key in keys(profile):
            weight = key_weight(key)
            for other in self._near(key, profile.published_at or ""):
                shared[other] = shared.get(other, 0.0) + weight
        shared.pop(profile.id, None)
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return tuple(other for other, _ in best[:MOST_CANDIDATES])

    def _near(self, key: str, published: str) -> Iterator[str]:
        postings = self._by_key.get(key, [])
        if len(postings) > MOST_POSTINGS:
            middle = bisect_left(postings, (published, ""))
            start = max(0, min(middle - MOST_POSTINGS // 2, len(postings) - MOST_POSTINGS))
            postings = postings[start : start + MOST_POSTINGS]
        for _, other in postings:
            yield other
