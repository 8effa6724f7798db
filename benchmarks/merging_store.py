"""
Measures what it costs to add one article to a store that holds many.

    python benchmarks/merging_store.py                      a store of 1,000 and one of 10,000 articles
    python benchmarks/merging_store.py --articles 100000    as many as wanted; several times for several sizes

A store in a temporary folder is filled with profiles that are made up from the project's own articles, as
benchmarks/merging.py makes them, in the incidents that they are made for. Neither texts nor analyses are kept for them,
so what the full-text search costs is not measured. Then the project's own articles are added as `incidex add` does,
already analysed. Printed are the mean and the greatest number of milliseconds for one of them, by the clock and of CPU,
the size of the store, and the peak memory of the process.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from merging import COPIES, OWN, synthetic
from sqlalchemy import Table, create_engine, insert

from incidex.ingest import read
from incidex.matching.candidates import keys
from incidex.matching.clusters import Cluster
from incidex.matching.merge import incident
from incidex.matching.profiles import profiles
from incidex.pipeline import analyse
from incidex.records import Analysis, Profile
from incidex.store import open_store, schema
from incidex.store.pack import pack

_BATCH = 3_000


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, action="append", metavar="N", help="how many articles")
    options = parser.parse_args()
    own = [analyse(read(str(path))) for path in sorted(OWN.glob("*.json"))]
    print(f"{'articles':>10}{'mean, ms':>10}{'most, ms':>10}{'CPU, ms':>10}{'store, MB':>11}{'peak, MB':>10}")
    for number in options.articles or [1_000, 10_000]:
        with TemporaryDirectory() as folder:
            print(measured(own, number, Path(folder) / "store.sqlite"), flush=True)
    return 0


def measured(own: list[Analysis], number: int, place: Path) -> str:
    """Return a row of the table."""
    with open_store(str(place)):
        pass
    fill(place, synthetic([profile for analysis in own for profile in profiles(analysis)], number))
    spent = []
    with open_store(str(place)) as store:
        cpu = time.process_time()
        for analysis in own:
            start = time.perf_counter()
            store.add(analysis)
            spent.append(1000 * (time.perf_counter() - start))
        cpu = 1000 * (time.process_time() - cpu)
    size = place.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = f"{sum(spent) / len(own):>10.1f}{max(spent):>10.1f}{cpu / len(own):>10.1f}{size:>11.0f}{peak:>10.0f}"
    return f"{number:>10}{figures}"


def fill(place: Path, made: Iterator[Profile], *, in_one: int = COPIES) -> None:
    """Write profiles into an empty store, `in_one` in a row being one incident."""
    engine = create_engine(f"sqlite:///{place}")
    place_of = 1
    while some := list(islice(made, max(_BATCH // in_one, 1) * in_one)):
        with engine.begin() as connection:
            for table, rows in _rows(some, place_of, in_one).items():
                connection.execute(insert(table), rows)
        place_of += len(some)
    engine.dispose()


def _rows(made: list[Profile], first: int, in_one: int) -> dict[Table, list[dict[str, object]]]:
    """Return what the tables hold of some profiles, which are numbered from `first`."""
    groups = (made[place : place + in_one] for place in range(0, len(made), in_one))
    found = [incident(Cluster(tuple(members))) for members in groups]
    numbered = list(enumerate(made, first))
    home = {id: first + place for place, one in enumerate(found) for id in one.profiles}
    return {
        schema.documents: [{"number": n, "revision": 1, "text_id": profile.document} for n, profile in numbered],
        schema.incidents: [
            {
                "number": first + place,
                "id": one.id,
                "first_seen": one.first_seen,
                "last_seen": one.last_seen,
                "changed_at": "2026-01-01T00:00:00.000+00:00",
                "content": pack(one),
            }
            for place, one in enumerate(found)
        ],
        schema.profiles: [
            {
                "number": n,
                "id": profile.id,
                "document": n,
                "incident": home[profile.id],
                "content": pack(profile),
            }
            for n, profile in numbered
        ],
        schema.keys: [
            {"key": key, "day": profile.published_at or "", "profile": n}
            for n, profile in numbered
            for key in keys(profile)
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
