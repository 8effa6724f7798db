"""
Measures how much longer a full analysis of an article takes than its labels alone, and what each step adds.

Each article is analysed alternately, labels only and in full, in one warm process. The fastest round of each counts,
since other load on the machine only adds to it. Both wall time and CPU time (over all threads) are measured. `events`
is the rest of the difference after the named steps: decoding triggers and arguments from the network's outputs.

Usage: python benchmarks/added_time.py [--corpus FOLDER] [--articles N] [--rounds N] [--cores N] [--json]

Without FOLDER the bundled examples are read. FOLDER holds `casie/dev/*.json`.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from incidex import findings, pipeline, read
from incidex.encoder.bundle import open_bundle
from incidex.encoder.session import Encoder
from incidex.ingest.expand import expand
from incidex.records import Document

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
# The steps by their names in `incidex.findings`.
_STEPS = {
    "find_indicators": "indicators",
    "find_names": "names",
    "find_organisations": "organisations",
    "find_times": "times",
    "find_quantities": "quantities",
    "find_claims": "claims",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds per article: wall time, and CPU time over all cores."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Result:
    """
    The measurements.

    Attributes:
        articles: The number of articles.
        characters: Their total number of characters.
        cores: The number of cores that the process was restricted to.
        labels: Labels only.
        whole: The full analysis.
        steps: Each step that labels do not need.
        ratio: The time of the full analysis relative to labels only, in wall and CPU time.
        added: The time that the steps other than `events` add to labels and events, as a share.
    """

    articles: int
    characters: int
    cores: int
    labels: Cost
    whole: Cost
    steps: dict[str, Cost]
    ratio: Cost
    added: Cost


def main() -> int:
    """Print the time of each step, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="read articles of the research corpus")
    parser.add_argument("--articles", type=int, default=20, metavar="N", help="how many of them (default: 20)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often (default: 3)")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="processor cores to use (default: 2)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    sources = sorted((options.corpus / "casie" / "dev").glob("*.json")) if options.corpus else expand([str(_EXAMPLES)])
    documents = [read(str(source)) for source in list(sources)[: options.articles]]
    if not documents:
        print(f"There is no article in {options.corpus}: no file casie/dev/*.json.", file=sys.stderr)
        return 1
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    result = measure(documents, rounds=options.rounds, cores=options.cores)
    print(json.dumps(asdict(result), indent=2) if options.json else _table(result))
    return 0


def measure(documents: Sequence[Document], *, rounds: int, cores: int) -> Result:
    """Return the time of each step; the first round is a warm-up and does not count."""
    encoder = Encoder(open_bundle(), threads=cores)
    best: dict[str, list[Cost]] = {}
    for number in range(rounds + 1):
        for index, document in enumerate(documents):
            for name, cost in _once(document, encoder).items():
                kept = best.setdefault(name, [])
                if len(kept) == index:
                    kept.append(cost)
                kept[index] = cost if number < 2 else _faster(kept[index], cost)
    each = {name: _mean(costs) for name, costs in best.items()}
    labels, whole = each.pop("labels"), each.pop("whole")
    named = Cost(sum(cost.wall for cost in each.values()), sum(cost.cpu for cost in each.values()))
    events = Cost(whole.wall - labels.wall - named.wall, whole.cpu - labels.cpu - named.cpu)
    return Result(
        articles=len(documents),
        characters=sum(len(document.text) for document in documents),
        cores=cores,
        labels=labels,
        whole=whole,
        steps={"events": events, **each},
        ratio=Cost(whole.wall / labels.wall, whole.cpu / labels.cpu),
        added=Cost(named.wall / (labels.wall + events.wall), named.cpu / (labels.cpu + events.cpu)),
    )


def _once(document: Document, encoder: Encoder) -> dict[str, Cost]:
    """Return the time of one article with labels only, in full, and for each step."""
    found: dict[str, Cost] = {}
    with _clocked("labels", found):
        pipeline.analyse(document, events=False, encoder=encoder)
    with _watched(found), _clocked("whole", found):
        pipeline.analyse(document, encoder=encoder)
    return found


@contextmanager
def _watched(found: dict[str, Cost]) -> Iterator[None]:
    """Record the time of each step in `found` while the pipeline runs."""
    steps = {name: getattr(findings, name) for name in _STEPS}
    for name, step in steps.items():
        setattr(findings, name, _timed(step, _STEPS[name], found))
    try:
        yield
    finally:
        for name, step in steps.items():
            setattr(findings, name, step)


def _timed(step: Callable[..., Any], name: str, found: dict[str, Cost]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        with _clocked(name, found):
            return step(*arguments, **named)

    return timed


@contextmanager
def _clocked(name: str, found: dict[str, Cost]) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    found[name] = Cost(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


def _faster(one: Cost, other: Cost) -> Cost:
    return Cost(min(one.wall, other.wall), min(one.cpu, other.cpu))


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(cost.wall for cost in costs) / len(costs), sum(cost.cpu for cost in costs) / len(costs))


def _table(result: Result) -> str:
    lines = [
        f"{result.articles} articles, {result.characters} characters; one process, {result.cores} cores",
        f"{'':24}{'ms an article':>14}{'CPU':>10}{'of labels':>12}",
    ]
    rows = {"labels alone": result.labels, **result.steps, "whole analysis": result.whole}
    for name, cost in rows.items():
        lines.append(f"{name:24}{cost.wall:14.2f}{cost.cpu:10.2f}{cost.cpu / result.labels.cpu:12.1%}")
    lines.append(
        f"The whole takes {result.ratio.wall:.2f} times as long as labels, {result.ratio.cpu:.2f} times as much CPU."
    )
    lines.append(
        f"The steps but events add {result.added.wall:.1%} to labels and events, {result.added.cpu:.1%} of CPU."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
