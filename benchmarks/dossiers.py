"""
Measures how long a dossier of many articles takes to open: reading the analyses back, making it, and writing it; and
how long `incidex export` takes for its incident in each format, with reading back.

The articles are synthetic. The bundled ones about the ferry are analysed once, by the shipped model; each further
article is one of them in which most ordinary words are exchanged for others of the same length, so that all positions
stay right and the texts are no copies of each other. One in five is left as it is, and so is a copy. What is measured
is the median of the runs, on one core, with the analyses packed in memory as the store keeps them; the time that the
database takes to find them is not in it. Parquet needs pyarrow (the extra 'parquet').

Usage: python benchmarks/dossiers.py [--articles N] [--runs N] [--json]
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from incidex import analyse, read
from incidex.cli.support.store import without_garbage_collection
from incidex.dossiers.build import dossier
from incidex.export.formats import Options, names, write_incident
from incidex.export.html.dossier import to_html_dossier
from incidex.export.jsonl.incidents import to_json_dossier
from incidex.export.terminal.dossier import to_terminal_dossier
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Dossier, Incident, Profile
from incidex.store.pack import pack, pack_analysis, unpack, unpack_analysis
from incidex.store.results import Members

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_WORD = re.compile(r"(?<![\w])[a-z]{4,}(?![\w])")
_COPIES = 5


def main() -> int:
    """Print how long each step takes, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500, metavar="N", help="how many articles (default: 500)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each step (default: 5)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    wanted = parser.parse_args()
    analyses = articles(wanted.articles)
    found = [profile for analysis in analyses for profile in profiles(analysis)]
    measured = measure(analyses, found, wanted.runs)
    if wanted.json:
        sys.stdout.write(f"{json.dumps(measured, indent=2)}\n")
        return 0
    for name, value in measured.items():
        shown = f"{value:.3f} s" if isinstance(value, float) else str(value)
        sys.stdout.write(f"{name:22}{shown}\n")
    return 0


def articles(number: int, seed: int = 5) -> list[Analysis]:
    """Return analyses of `number` articles, made from the bundled ones about the ferry."""
    chance = random.Random(seed)
    originals = [analyse(read(str(path))) for path in sorted(_EXAMPLES.glob("*ferry-leak*"))]
    words = sorted({word for one in originals for word in _WORD.findall(one.document.text)})
    return [
        originals[index % len(originals)]
        if index < len(originals)
        else varied(originals[index % len(originals)], index, words, chance)
        for index in range(number)
    ]


def varied(analysis: Analysis, index: int, words: Sequence[str], chance: random.Random) -> Analysis:
    """Return an analysis of a text of the same length, by another outlet; one in five keeps its words."""
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    document = analysis.document
    changed = _WORD.sub(
        lambda match: chance.choice(by_length[len(match[0])]) if chance.random() < 0.6 else match[0], document.text
    )
    text = document.text if index % _COPIES == 0 else changed
    # A copy has a date of its own, and a mark behind its text, so that it is another document.
    day = f"2024-03-{14 + index % 15:02}"
    return replace(
        analysis,
        document=replace(document, text=f"{text}\n{index}", published_at=day, publisher=f"Outlet {index}"),
    )


def measure(analyses: Sequence[Analysis], found: Sequence[Profile], runs: int) -> dict[str, Any]:
    """Return how many articles there are, and the seconds that each step takes."""
    kept = [(analysis.document, pack_analysis(analysis), pack(analysis.document)) for analysis in analyses]
    packed = [pack(profile) for profile in found]
    days = sorted(analysis.document.published_at or "" for analysis in analyses)
    ids = tuple(profile.document for profile in found)
    incident = Incident(found[0].id, found[0].title, found[0].types, days[0][:10], days[-1][:10], (), ids)

    def opened() -> tuple[list[Analysis], list[Profile]]:
        documents = [unpack(type(document), content) for document, _, content in kept]
        return (
            [unpack_analysis(document, content) for document, (_, content, _) in zip(documents, kept, strict=True)],
            [unpack(Profile, content) for content in packed],
        )

    made: Dossier = dossier(incident, analyses, found)
    steps: dict[str, Callable[[], object]] = {
        "read back": opened,
        "make": lambda: dossier(incident, analyses, found),
        "write briefing": lambda: to_terminal_dossier(made),
        "write JSON": lambda: to_json_dossier(made),
        "write page": lambda: to_html_dossier(made),
    }

    def exported(form: str) -> object:
        read_back, profiles_back = opened()
        return write_incident(form, Members(incident, tuple(read_back), tuple(profiles_back)), Options())

    exports = {f"export {form}": partial(exported, form) for form in names("incident")}
    # As `incidex show` and `incidex export` do it.
    with without_garbage_collection():
        seconds = {name: _seconds(step, runs) for name, step in (steps | exports).items()}
    opening = seconds["read back"] + seconds["make"] + seconds["write briefing"]
    about = {"articles": len(analyses), "independent sources": made.independent}
    return about | seconds | {"open as briefing": opening}


def _seconds(step: Callable[[], object], runs: int) -> float:
    measured = []
    for _ in range(runs):
        started = time.process_time()
        step()
        measured.append(time.process_time() - started)
    return median(measured)


if __name__ == "__main__":
    sys.exit(main())
