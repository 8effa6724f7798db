"""
Measures how often times and quantities get the value that a person gave them, and how long it takes.

Usage: python benchmarks/times.py [--corpus FOLDER] [--wrong] [--json]

The sentences of tests/cases/times.yaml and quantities.yaml are our own. FOLDER holds CASIE's files of articles
(`2121.json`); tests/cases/times-casie.json and quantities-casie.json list positions in them with values, without the
words. A value is right if interval (or duration), granularity and basis are; of a quantity, if kind, unit, bounds and
approximation are. `extra` counts false positives. `first look` is the result when the rules were first run on the
set.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from incidex.ingest import read
from incidex.records import Document, Quantity, Span, TimeExpression
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
_CORPUS = ROOT.parent / "shared" / "corpus" / "casie" / "dev"
# Nothing should be found there, or nothing with a value: "now", "each year".
_NOTHING = "nothing"
# Each bound of a number, longest first, then the mark of approximation.
_QUANTITY = re.compile(r"(?P<bound><=|>=|<|>)?(?P<about>~)?(?P<low>[\d.e]+?)(?:\.\.(?P<high>[\d.e]+))?")
_FIRST_LOOK = {
    ("times", "held-out"): "113 of 118",
    ("times", "CASIE"): "151 of 159",
    ("quantities", "held-out"): "50 of 51",
    ("quantities", "CASIE"): "71 of 75",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A position with its gold value and the value found there."""

    words: str
    wanted: str
    found: str

    @property
    def right(self) -> bool:
        """Whether both are the same."""
        return self.wanted == self.found


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how many values of a set are right."""

    what: str
    set: str
    expressions: int
    right: int
    accuracy: float
    extra: int | None
    first_look: str


def main() -> int:
    """Print the table, or the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="CASIE's files of articles")
    parser.add_argument("--wrong", action="store_true", help="print each value that is wrong")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    rows = list(_rows(options.corpus, wrong=options.wrong))
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        print(_table(rows))
        if options.corpus.is_dir():
            print(_speed(options.corpus))
    return 0


def own(what: str, group: str) -> Iterator[tuple[Document, list[tuple[Span, str]]]]:
    """Yield each of our own cases: its text, and the bracketed positions with their values."""
    for case in yaml.safe_load((CASES / f"{what}.yaml").read_text("utf-8"))[group]:
        published, marked, values = case if what == "times" else (None, *case)
        text, spans = "", []
        for piece in re.split(r"(\[[^\]]*\])", marked):
            if piece.startswith("["):
                spans.append(Span(len(text), len(text) + len(piece) - 2))
            text += piece.strip("[]")
        wanted = [value.strip() for value in values.split(";") if value.strip()]
        document = Document(text, published_at=None if published == "none" else published)
        yield document, [(span, value) for span, value in zip(spans, wanted, strict=True)]


def of_casie(what: str, corpus: Path) -> Iterator[tuple[Document, list[tuple[Span, str]]]]:
    """Yield each annotated article, and its positions with their values."""
    for name, rows in json.loads((CASES / f"{what}-casie.json").read_text("utf-8")).items():
        yield read(str(corpus / f"{name}.json")), [(Span(start, end), value) for start, end, value in rows]


def judged(what: str, document: Document, places: list[tuple[Span, str]]) -> tuple[list[Judged], list[str]]:
    """Return each position with the value found there, and the words found elsewhere."""
    found: Any = find_times(document) if what == "times" else find_quantities(document)
    shown: Any = time_value if what == "times" else quantity_value
    there, used = [], set()
    for span, wanted in places:
        here = [each for each in found if each.span.start < span.end and span.start < each.span.end]
        used.update(here)
        value = shown(here[0]) if here else _NOTHING
        there.append(Judged(span.of(document.text), _normal(what, wanted), value))
    return there, [each.span.of(document.text) for each in found if each not in used]


def time_value(found: TimeExpression) -> str:
    """Return a time as the tables write it, without part and bound."""
    if found.is_duration:
        return found.duration or f"P? {found.granularity}"
    ends = f"{found.begins} {found.ends}" if found.begins else "-"
    return f"{ends} {found.granularity} {found.basis}"


def quantity_value(found: Quantity) -> str:
    """Return a quantity as the tables write it."""
    about = "~" if found.approximate else ""
    if found.low is None:
        value = f"{'<=' if found.high_included else '<'}{about}{found.high:.15g}"
    elif found.high is None:
        value = f"{'>=' if found.low_included else '>'}{about}{found.low:.15g}"
    else:
        value = f"{about}{found.low:.15g}" + (f"..{found.high:.15g}" if found.high != found.low else "")
    return f"{found.kind} {value} {found.unit}".strip()


def _normal(what: str, wanted: str) -> str:
    """Return a value of the tables normalised for comparison."""
    words = wanted.split()
    if wanted == _NOTHING or wanted.startswith("P"):
        return wanted
    if what == "times":
        return " ".join(words[:3] if words[0] == "-" else words[:4])
    match = _QUANTITY.fullmatch(words[1])
    assert match is not None, wanted
    high = f"..{float(match['high']):.15g}" if match["high"] else ""
    number = f"{match['bound'] or ''}{match['about'] or ''}{float(match['low']):.15g}{high}"
    return " ".join([words[0], number, *words[2:]])


def _rows(corpus: Path, *, wrong: bool) -> Iterator[Row]:
    for what in ("times", "quantities"):
        for group in ("development", "held-out"):
            yield _row(what, group, own(what, group), wrong=wrong)
        if corpus.is_dir():
            yield _row(what, "CASIE", of_casie(what, corpus), wrong=wrong)
        else:
            print(
                f"The rows of CASIE are left out: there is no folder {corpus}. Name it with --corpus.", file=sys.stderr
            )


def _row(what: str, name: str, cases: Iterator[tuple[Document, list[tuple[Span, str]]]], *, wrong: bool) -> Row:
    everything = [judged(what, document, places) for document, places in cases]
    places = [place for there, _ in everything for place in there]
    right = sum(place.right for place in places)
    for place in places if wrong else ():
        if not place.right:
            print(f"{what}, {name}: {place.words!r} is {place.wanted}, found {place.found}")
    # CASIE annotates only some times of an article, so the others cannot be judged.
    extra = None if name == "CASIE" else sum(len(elsewhere) for _, elsewhere in everything)
    first_look = _FIRST_LOOK.get((what, name), "")
    return Row(what, name, len(places), right, round(right / len(places), 4), extra, first_look)


def _speed(corpus: Path) -> str:
    """Return the time for the articles in a folder, on one core, with everything loaded."""
    documents = [read(str(file)) for file in sorted(corpus.glob("*.json"))]
    taken = []
    for find in (find_times, find_quantities):
        find(documents[0])
        began = time.process_time()
        for document in documents:
            find(document)
        taken.append(1000 * (time.process_time() - began) / len(documents))
    times, quantities = (f"{each:.1f} ms" for each in taken)
    return f"\nAn article takes {times} for its times and {quantities} for its quantities ({len(documents)} articles)."


def _table(rows: list[Row]) -> str:
    lines = ["| what | set | expressions | right | accuracy | extra | first look |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        extra = "" if row.extra is None else row.extra
        cells = (row.what, row.set, row.expressions, row.right, f"{row.accuracy:.3f}", extra, row.first_look)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
