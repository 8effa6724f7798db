"""
Measures indicators, and prints the figures of docs/reference/indicators.md.

    python benchmarks/indicators.py                      articles of CASIE, against tests/cases/indicators-casie.json
    python benchmarks/indicators.py --events             with the annotated events: who attacked, who was attacked
    python benchmarks/indicators.py --wrong              and what was missed, invented or has another role, as offsets
    python benchmarks/indicators.py --sentences          what is found in the labelled sentences, line by line
    python benchmarks/indicators.py --pages              48 generated pages with lists (indicator_pages.py)
    python benchmarks/indicators.py --reports            recall on research reports, compared with ioc-finder

--corpus is the folder with the corpora, by default `shared/corpus` beside the checkout. An indicator is found if its
span and kind are the annotated ones, and right if its role is as well. On pages and reports, kind and value are
compared once for each document. ioc-finder is compared where it is installed; it is no dependency.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indicator_lists import compare_reports, measure_pages

from incidex.ingest.casie_events import read_annotated
from incidex.ingest.plain import from_text
from incidex.labels.labelled import read_lines
from incidex.link.indicators import arguments_of, find_indicators

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "indicators-casie.json"
_CORPUS = _ROOT.parent / "shared" / "corpus"

Entry = tuple[int, int, str, str]


@dataclass(slots=True)
class Counts:
    """What was compared: entries annotated, found, with the right span and kind, and with the right role as well."""

    gold: int = 0
    found: int = 0
    same: int = 0
    right: int = 0

    def add(self, gold: set[Entry], found: set[Entry]) -> None:
        """Count the entries of one article."""
        self.gold += len(gold)
        self.found += len(found)
        self.same += len({entry[:3] for entry in gold} & {entry[:3] for entry in found})
        self.right += len(gold & found)

    def line(self, name: str) -> str:
        """Return the counts with precision and recall, without and with roles."""
        shares = (
            f"{part / whole:9.3f}" if whole else "        -"
            for part in (self.same, self.right)
            for whole in (self.found, self.gold)
        )
        return f"{name:16}{self.gold:8}{self.found:8}{''.join(shares)}"


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--events", action="store_true", help="use the annotated events")
    parser.add_argument("--wrong", action="store_true", help="name each difference")
    parser.add_argument("--sentences", action="store_true", help="show what is found in the labelled sentences")
    parser.add_argument("--pages", action="store_true", help="measure on generated pages")
    parser.add_argument("--reports", action="store_true", help="compare with ioc-finder on research reports")
    options = parser.parse_args()
    if options.pages:
        measure_pages(wrong=options.wrong)
        return 0
    if options.reports:
        return compare_reports(options.corpus / "prose" / "reports.txt.xz", wrong=options.wrong)
    if not (options.corpus / "casie").is_dir():
        print(f"Nothing was measured: there is no CASIE corpus at {options.corpus}. Name it with --corpus.")
        return 0
    if options.sentences:
        _show_sentences(options.corpus / "sentences")
    else:
        _measure(options.corpus / "casie", with_events=options.events, wrong=options.wrong)
    return 0


def _measure(folder: Path, *, with_events: bool, wrong: bool) -> None:
    gold: dict[str, list[list[object]]] = json.loads(_GOLD.read_text("utf-8"))["articles"]
    paths = [path for part in ("train", "dev") for path in sorted((folder / part).glob("*.json"))]
    totals: dict[str, Counts] = {}
    spent = 0.0
    for path in paths:
        name = f"{path.parent.name}/{path.stem}"
        annotated = read_annotated(path)
        arguments = arguments_of(annotated.events) if with_events else ()
        start = time.process_time()
        found = find_indicators(annotated.document, organisations=arguments)
        spent += time.process_time() - start
        wanted = {_entry(entry) for entry in gold.get(name, [])}
        got = {(one.span.start, one.span.end, one.kind.value, one.role.value) for one in found}
        _count(totals, wanted, got)
        if wrong:
            print(*_differences(name, wanted, got), sep="", end="")
    _print(totals)
    print(f"\n{len(gold)} of {len(paths)} articles hold indicators.")
    print(f"{1000 * spent / len(paths):.1f} ms of CPU for an article.")


def _entry(written: list[object]) -> Entry:
    start, end, kind, role = written
    return int(str(start)), int(str(end)), str(kind), str(role)


def _count(totals: dict[str, Counts], gold: set[Entry], found: set[Entry]) -> None:
    for kind in {entry[2] for entry in gold | found}:
        of_kind = ({e for e in gold if e[2] == kind}, {e for e in found if e[2] == kind})
        totals.setdefault(kind, Counts()).add(*of_kind)
        totals.setdefault("all", Counts()).add(*of_kind)
        if kind != "cve":
            totals.setdefault("all but cve", Counts()).add(*of_kind)
    for role in {entry[3] for entry in gold | found}:
        of_role = ({e for e in gold if e[3] == role}, {e for e in found if e[3] == role})
        totals.setdefault(f"role {role}", Counts()).add(*of_role)


def _differences(name: str, gold: set[Entry], found: set[Entry]) -> Iterator[str]:
    for entry in sorted(gold ^ found):
        yield f"{'missed' if entry in gold else 'found '} {name} {entry}\n"


def _print(totals: dict[str, Counts]) -> None:
    print(f"{'':16}{'gold':>8}{'found':>8}{'precision':>9} {'recall':>8}   with role: precision, recall")
    order = sorted(
        totals, key=lambda name: (name.startswith("role"), not name.startswith("all"), -totals[name].gold, name)
    )
    for name in order:
        print(totals[name].line(name))


def _show_sentences(folder: Path) -> None:
    kinds: Counter[str] = Counter()
    sentences = 0
    for words in _sentences(folder):
        sentences += 1
        for one in find_indicators(from_text(words)):
            kinds[one.kind.value] += 1
            print(f"{one.kind.value}\t{one.role.value}\t{one.span.of(words)}\t{words}")
    print(f"{sentences} sentences: {dict(kinds.most_common())}", file=sys.stderr)


def _sentences(folder: Path) -> Iterable[str]:
    for path in sorted(folder.glob("*/*.txt")):
        text = path.read_text("utf-8")
        yield from (line.span.of(text) for line in read_lines(text) if line.span)


if __name__ == "__main__":
    sys.exit(main())
