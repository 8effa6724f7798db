"""
Watches a local site whose feeds do everything wrong for ten minutes, and says what it took and what was lost.

The site is `misbehaving_server.py`: feeds that are slow, cut off, of a wrong type, endless, a gzip bomb, a redirect
loop, busy (429), broken, or whose ids flip. They are looked at again and again, and a second after an error instead of
five minutes. The exit code is 1 if an item that a good feed delivered whole was lost, if a text is in the store twice,
or if memory grew by more than 10 % from the end of the first fifth to the end.

Usage: python benchmarks/watch_soak.py [--seconds N] [--json]

For Linux, where the memory of processes can be read.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from misbehaving_server import FEEDS, Site, serving

from incidex.encoder.session import open_encoder
from incidex.ingest.reader import Reader
from incidex.store import open_store
from incidex.watch import timing
from incidex.watch.places import place_of
from incidex.watch.polite import Client
from incidex.watch.watcher import Outcome, Watcher

# The most that memory may grow, as a share.
_MOST_GROWTH = 0.10
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Result:
    """
    What came of it.

    Attributes:
        seconds: How long it ran.
        looks: How often a feed was looked at.
        requests: How many requests the site got.
        delivered: How many items good feeds delivered in whole answers.
        lost: The titles of those that are not in the store.
        twice: How many texts the store has twice.
        outcomes: How many items there were, by what became of them.
        early: Memory of this process after a fifth of the time, in millions of bytes.
        late: Memory at the end: the median of the last tenth.
        most: The most memory.
        at_once: The most requests that the site answered at the same time.
    """

    seconds: float
    looks: int
    requests: int
    delivered: int
    lost: tuple[str, ...]
    twice: int
    outcomes: dict[str, int]
    early: float
    late: float
    most: float
    at_once: int

    @property
    def growth(self) -> float:
        """By what share memory grew."""
        return self.late / self.early - 1


def soak(seconds: float, folder: Path) -> Result:
    """Watch the site for so long, with a store in `folder`."""
    timing._FIRST_WAIT, timing.LONGEST = timedelta(seconds=1), timedelta(seconds=4)
    site, stop, told = Site(drip=0.5), Event(), Counter[str]()
    memory: list[float] = []

    def tell(outcome: Outcome) -> None:
        told["item" if outcome.item else "look"] += 1

    with serving(site) as address, open_store(folder / "store.sqlite") as store, Reader() as reader:
        client = Client(allow_private=True, pause=0.0, total=4.0)
        watcher = Watcher(store, reader, client, encoder=open_encoder, tell=tell)
        places = [place_of(f"{address}{path}") for path in FEEDS]
        started = time.monotonic()
        Thread(target=_measure, args=(memory, stop), daemon=True).start()
        while time.monotonic() < started + seconds:
            watcher.look_once(places)
        stop.set()
        documents = store.documents(store.document_ids())
        titles = {document.title for document in documents}
        texts = Counter(document.text for document in documents)
        outcomes: Counter[str] = Counter()
        for counts in store.feeds.counts().values():
            outcomes.update(counts)
        return Result(
            seconds=round(time.monotonic() - started, 1),
            looks=told["look"],
            requests=site.requests.total(),
            delivered=len(site.delivered),
            lost=tuple(sorted(site.delivered - titles)),
            twice=sum(count > 1 for count in texts.values()),
            outcomes=dict(outcomes),
            early=_median(memory[len(memory) // 5 : len(memory) // 5 + max(1, len(memory) // 10)]),
            late=_median(memory[-max(1, len(memory) // 10) :]),
            most=max(memory),
            at_once=site.most_at_once,
        )


def _measure(memory: list[float], stop: Event) -> None:
    """Note the memory of this process each second."""
    while not stop.wait(1.0):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        memory.append(round(pages * _PAGE / 1e6, 1))


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def main() -> int:
    """Run, print what came of it, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (default: 600)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(wanted.seconds, Path(folder))
    if wanted.json:
        print(json.dumps({**asdict(found), "growth": found.growth}, indent=2))
    else:
        print(f"{found.seconds:.0f} s: {found.looks} looks, {found.requests} requests")
        print(f"items of good feeds: {found.delivered} delivered, {len(found.lost)} lost; texts twice: {found.twice}")
        print(f"outcomes: {', '.join(f'{count} {name}' for name, count in sorted(found.outcomes.items()))}")
        change = f"{found.early:.0f} MB early, {found.late:.0f} MB late ({found.growth:+.1%})"
        print(f"memory: {change}, {found.most:.0f} MB most")
        print(f"requests at once, those that were cut off included: {found.at_once}")
    return 1 if found.lost or found.twice or found.growth > _MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
