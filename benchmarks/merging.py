"""
Measures what merging costs with 1,000, 10,000 and 100,000 articles in memory, and how far the order of arrival matters.

    python benchmarks/merging.py                      1,000 and 10,000 articles
    python benchmarks/merging.py --articles 20000     as many as wanted; several times for several sizes
    python benchmarks/merging.py --articles 100000 --known    without clustering each of the 100,000, in minutes

The articles are made up from the project's own: each copy of one gets other names, CVE numbers and days, the same for
three copies in a row, which are therefore one incident. Printed are the milliseconds of CPU that it takes to find the
candidates of one more article and to cluster it with the incidents that they belong to (the mean of 100 articles), the
milliseconds of CPU for each of all articles from the first to the last, and the peak memory of the process. With
`--known` all articles but those 100 are put into the incident that they are made for without being compared.

`--order N` adds the project's own articles, three copies of each, in N shuffled orders, and says for how many pairs of
articles it depends on the order whether they end in one incident. With `--corpus FOLDER` it takes CASIE's articles.
"""

import argparse
import pickle
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from incidex.ingest import read
from incidex.matching.candidates import Index
from incidex.matching.clusters import Cluster, cluster
from incidex.matching.comparable import comparable
from incidex.matching.compare import compare, threshold
from incidex.matching.frequencies import rarity
from incidex.matching.groups import RELATED_MARGIN
from incidex.matching.profiles import profiles
from incidex.pipeline import analyse
from incidex.records import Profile, Weighted

OWN = Path(__file__).resolve().parents[1] / "tests" / "cases" / "events"
# As many copies in a row are one incident.
COPIES = 3
_PROBES = 100
# As often as a store does, incidents near to those that grew are looked at again.
_ROUNDS = 2
# Words that are rarer than this are changed: names, and other words that identify an incident.
_ORDINARY = 0.6


class Growing:
    """Incidents that take one article after the other, as a store does."""

    def __init__(self) -> None:
        """Begin without any."""
        self._index = Index()
        self._profiles: dict[str, bytes] = {}
        self._cluster: dict[str, int] = {}
        self._members: dict[int, tuple[str, ...]] = {}
        self._related: dict[int, tuple[str, ...]] = {}
        self._next = 0

    def add(self, profile: Profile) -> None:
        """Add a profile: cluster it together with the incidents of those candidates that it might be joined with."""
        own = comparable(profile)
        near = {
            self._cluster[other]
            for other in self._index.candidates(profile)
            if compare(own, comparable(self._kept(other))).score >= threshold() - RELATED_MARGIN
        }
        self._index.add(profile)
        self._profiles[profile.id] = pickle.dumps(profile)
        found = self._clustered(near, profile)
        for _ in range(_ROUNDS):
            more = self._near_to_grown(near, found)
            if not more:
                break
            near |= more
            found = self._clustered(near, profile)
        for number in near:
            del self._members[number]
        for one in found:
            members = tuple(member.id for member in one.profiles)
            self._members[self._next] = members
            self._related[self._next] = tuple(other.founder for other in one.related)
            self._cluster.update(dict.fromkeys(members, self._next))
            self._next += 1

    def _clustered(self, numbers: Iterable[int], profile: Profile) -> tuple[Cluster, ...]:
        return cluster([*(self._kept(member) for number in numbers for member in self._members[number]), profile])

    def _near_to_grown(self, numbers: set[int], found: Iterable[Cluster]) -> set[int]:
        """Return further incidents that nearly fit those that have other members now than before."""
        before = {frozenset(self._members[number]) for number in numbers}
        members = [frozenset(member.id for member in one.profiles) for one in found]
        grown = {self._cluster[id] for ids in members if ids not in before for id in ids if id in self._cluster}
        return {self._cluster[other] for number in grown for other in self._related.get(number, ())} - numbers

    def put(self, profile: Profile, number: int) -> None:
        """Put a profile into the incident with this number without comparing it."""
        self._index.add(profile)
        self._profiles[profile.id] = pickle.dumps(profile)
        self._cluster[profile.id] = number
        self._members[number] = (*self._members.get(number, ()), profile.id)
        self._next = max(self._next, number + 1)

    def _kept(self, profile: str) -> Profile:
        kept: Profile = pickle.loads(self._profiles[profile])  # noqa: S301 - it is our own
        return kept

    def incidents(self) -> list[tuple[str, ...]]:
        """Return the ids of the profiles of each incident."""
        return list(self._members.values())


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, action="append", metavar="N", help="how many articles")
    parser.add_argument("--order", type=int, default=0, metavar="N", help="how many orders to try")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="try the orders with these articles")
    parser.add_argument("--known", action="store_true", help="do not cluster the articles that are there before")
    options = parser.parse_args()
    folder = options.corpus / "casie" if options.order and options.corpus else OWN
    found = (profile for path in sorted(folder.rglob("*.json")) for profile in profiles(analyse(read(str(path)))))
    own = list({profile.id: profile for profile in found}.values())
    if options.order:
        made = own if options.corpus else list(synthetic(own, COPIES * len(own)))
        print(order_matters(made, options.order))
        return 0
    print(f"{'articles':>10}{'one more, ms':>14}{'each, ms':>10}{'incidents':>11}{'peak, MB':>10}")
    for number in options.articles or [1_000, 10_000]:
        print(measured(own, number, known=options.known), flush=True)
    return 0


def measured(own: list[Profile], number: int, *, known: bool) -> str:
    """Return a row of the table."""
    growing = Growing()
    start = time.process_time()
    made = synthetic(own, number + _PROBES)
    for place, profile in zip(range(number), made, strict=False):
        if known:
            growing.put(profile, place // COPIES)
        else:
            growing.add(profile)
    whole = time.process_time() - start
    start = time.process_time()
    for profile in made:
        growing.add(profile)
    one = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = f"{1000 * one / _PROBES:>14.1f}{1000 * whole / number:>10.1f}{len(growing.incidents()):>11}{peak:>10.0f}"
    return f"{number:>10}{figures}"


def synthetic(own: list[Profile], number: int) -> Iterator[Profile]:
    """Yield `number` profiles, each one of `own` with other names, CVE numbers and days."""
    chance = random.Random(0)
    for place in range(number):
        copy, which = divmod(place // COPIES, len(own))
        profile = own[which]
        if place % COPIES == 0:
            day = date(2020, 1, 1) + timedelta(chance.randrange(2_000))
        yield changed(profile, copy, place, day + timedelta(chance.randrange(5)))


def changed(profile: Profile, copy: int, place: int, day: date) -> Profile:
    """Return a profile with other names, those of its copy; `place` makes its id."""

    def renamed(weighted: Iterable[Weighted]) -> tuple[Weighted, ...]:
        return tuple((" ".join(_other(word, copy) for word in name.split(" ")), weight) for name, weight in weighted)

    return replace(
        profile,
        id=f"{place:08}",
        document=f"document {place}",
        published_at=day.isoformat(),
        victims=renamed(profile.victims),
        software=renamed(profile.software),
        actors=renamed(profile.actors),
        cves=tuple((f"{name}{copy}", weight) for name, weight in profile.cves),
        names=renamed(profile.names),
        words=renamed(profile.words),
        title_words=renamed(profile.title_words),
        amounts=tuple(f"{amount}{copy}" for amount in profile.amounts),
        periods=(),
    )


def _other(word: str, copy: int) -> str:
    return word if copy == 0 or rarity(word) < _ORDINARY else f"{word}{copy}"


def order_matters(made: list[Profile], orders: int) -> str:
    """Return in how many pairs of profiles the result of shuffled orders differs from that of all at once."""
    expected = _pairs(tuple(member.id for member in found.profiles) for found in cluster(made))
    different = []
    for seed in range(orders):
        growing = Growing()
        for profile in random.Random(seed).sample(made, len(made)):
            growing.add(profile)
        different.append(len(expected ^ _pairs(growing.incidents())))
    counts = ", ".join(map(str, different))
    share = sum(different) / max(1, orders) / max(1, len(expected))
    told = f"{len(made)} articles, {len(expected)} pairs in one incident; pairs that differ in each order: {counts}"
    return f"{told} ({share:.2%} on average)"


def _pairs(incidents: Iterable[tuple[str, ...]]) -> set[frozenset[str]]:
    return {frozenset(pair) for members in incidents for pair in combinations(members, 2)}


if __name__ == "__main__":
    sys.exit(main())
