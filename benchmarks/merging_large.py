"""
Measures what it costs to add one more report to an incident that many reports tell of, in a store.

    python benchmarks/merging_large.py                    incidents of 50, 500 and 2,000 reports
    python benchmarks/merging_large.py --reports 1000     as many as wanted; several times for several sizes

The reports are made up from one of the project's own articles: each keeps part of its names and words, and comes some
days later. Printed are the seconds of CPU and by the clock that `Store.add` takes for that article itself, whether it
went to the incident, how many incidents there are then, and the peak memory of the process.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from merging import OWN
from merging_store import fill

from incidex.ingest import read
from incidex.matching.profiles import profiles
from incidex.pipeline import analyse
from incidex.records import Analysis, Profile, Weighted
from incidex.store import open_store

# How much of its names and words each report keeps, and over how many days the reports come.
_KEPT = 0.7
_DAYS = 60


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, action="append", metavar="N", help="how many reports")
    options = parser.parse_args()
    analysis = next(each for each in map(_analysed, sorted(OWN.glob("*.json"))) if profiles(each))
    print(f"{'reports':>10}{'CPU, s':>10}{'clock, s':>10}{'joined':>10}{'incidents':>11}{'peak, MB':>10}")
    for number in options.reports or [50, 500, 2_000]:
        with TemporaryDirectory() as folder:
            place = Path(folder) / "store.sqlite"
            with open_store(str(place)) as store:
                fill(place, reports(profiles(analysis)[0], number), in_one=number)
                cpu, clock = time.process_time(), time.perf_counter()
                added = store.add(analysis)
                cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
                joined = max(len(incident.documents) for incident in added.incidents) > number
                count = len(store.incidents())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yes = "yes" if joined else "no"
        print(f"{number:>10}{cpu:>10.2f}{clock:>10.2f}{yes:>10}{count:>11}{peak:>10.0f}", flush=True)
    return 0


def _analysed(path: Path) -> Analysis:
    return analyse(read(str(path)))


def reports(profile: Profile, number: int) -> Iterator[Profile]:
    """Yield `number` profiles of the same incident as `profile`, each with part of its names and words."""
    chance = random.Random(0)

    def some(weighted: tuple[Weighted, ...]) -> tuple[Weighted, ...]:
        return tuple(each for each in weighted if chance.random() < _KEPT)

    first = date.fromisoformat(profile.published_at or "2020-01-01")
    for place in range(number):
        yield replace(
            profile,
            id=f"{place:08}",
            document=f"document {place}",
            published_at=(first + timedelta(chance.randrange(_DAYS))).isoformat(),
            names=some(profile.names),
            words=some(profile.words),
            title_words=some(profile.title_words),
            amounts=(),
            periods=(),
        )


if __name__ == "__main__":
    sys.exit(main())
