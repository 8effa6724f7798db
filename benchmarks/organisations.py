"""
Measures organisations, and prints the figures of docs/reference/organisations.md.

    python benchmarks/organisations.py                     the articles that were held out
    python benchmarks/organisations.py --part tune         the other part; `all` for both
    python benchmarks/organisations.py --events annotated  with the annotated events; `model` with what the model finds
    python benchmarks/organisations.py --wrong             and each mention that was missed or is wrong, as offsets
    python benchmarks/organisations.py --sample 100        mentions found in other articles, with the words around them
    python benchmarks/organisations.py --time              how long the articles of CASIE take

The annotation is in tests/cases/organisations.json, as offsets. --corpus is the folder with the corpora, by default
`shared/corpus` beside the checkout; without them, only our own articles are measured.
"""

import argparse
import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from incidex.ingest.casie_events import read_annotated
from incidex.link.names.find import find_names
from incidex.link.organisations import find_organisations
from incidex.records import Document, Entity, Event, Span
from incidex.text.sentences import document_sentences

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "organisations.json"
_OWN = _ROOT / "tests" / "cases" / "events"
_CORPUS = _ROOT.parent / "shared" / "corpus"

Groups = list[set[Span]]


@dataclass(slots=True)
class Counts:
    """What was compared: mentions and pairs of mentions of one organisation; sums of shares for B³."""

    articles: int = 0
    gold: int = 0
    found: int = 0
    right: int = 0
    gold_pairs: int = 0
    found_pairs: int = 0
    right_pairs: int = 0
    b3_precision: float = 0.0
    b3_recall: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Groups, found: Groups, text: str) -> None:
        """Compare the organisations of one article; "the" in front of a span is ignored."""
        of_gold, of_found = _by_mention(gold), _by_mention(found)
        both = of_gold.keys() & of_found.keys()
        self.articles += 1
        self.gold += len(of_gold)
        self.found += len(of_found)
        self.right += len(both)
        pairs = _pairs(gold), _pairs(found)
        self.gold_pairs += len(pairs[0])
        self.found_pairs += len(pairs[1])
        self.right_pairs += len(pairs[0] & pairs[1])
        shares = [(len(of_gold[one] & of_found[one]), one) for one in both]
        self.b3_precision += sum(share / len(of_found[one]) for share, one in shares)
        self.b3_recall += sum(share / len(of_gold[one]) for share, one in shares)
        for what, spans in (("missed", of_gold.keys() - both), ("wrong ", of_found.keys() - both)):
            self.wrong += [f"{what} {name} {span.start} {span.end}" for span in sorted(spans)]
        self.wrong += [
            f"{what} {name} {left.start} {left.end} with {right.start} {right.end}"
            for what, one, other in (("apart ", *pairs), ("joined", *pairs[::-1]))
            for left, right in sorted(one - other)
            if left in both and right in both
        ]

    def lines(self) -> Iterator[str]:
        """Yield the figures, one per line."""
        yield f"{self.articles} articles: {self.gold} mentions annotated, {self.found} found"
        yield f"mentions  precision {_share(self.right, self.found)}  recall {_share(self.right, self.gold)}"
        yield f"B³        precision {_share(self.b3_precision, self.found)}  recall {_share(self.b3_recall, self.gold)}"
        yield (
            f"pairs     precision {_share(self.right_pairs, self.found_pairs)}  "
            f"recall {_share(self.right_pairs, self.gold_pairs)}  "
            f"({self.found_pairs} found, {self.gold_pairs} annotated)"
        )


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--part", choices=("tune", "held", "all"), default="held", help="which articles")
    parser.add_argument(
        "--events", choices=("none", "annotated", "model"), default="none", help="whose events are used"
    )
    parser.add_argument("--wrong", action="store_true", help="name each difference")
    parser.add_argument(
        "--sample", type=int, default=0, metavar="N", help="show so many mentions found in other articles"
    )
    parser.add_argument("--time", action="store_true", help="measure the time that the articles of CASIE take")
    options = parser.parse_args()
    gold = json.loads(_GOLD.read_text("utf-8"))["articles"]
    casie = options.corpus / "casie"
    if options.sample or options.time:
        if not casie.is_dir():
            print(f"Nothing was measured: there is no CASIE corpus at {options.corpus}. Name it with --corpus.")
        elif options.time:
            print(*_times(casie), sep="\n")
        else:
            print(*_sample(casie, gold, options.sample), sep="\n")
        return 0
    counts = measure(gold, casie, options.part, options.events)
    print(*counts.wrong if options.wrong else (), *counts.lines(), sep="\n")
    return 0


def measure(gold: Mapping[str, Any], casie: Path, part: str, events: str) -> Counts:
    """Compare what is found with the annotation, in the articles of one part or all."""
    counts = Counts()
    for name, annotated in gold.items():
        path = _path(name, casie)
        if part not in (annotated["part"], "all") or not path.is_file():
            continue
        document, found = _found(path, events)
        text = document.text
        optional = [Span(*pair) for pair in annotated["optional"]]
        wanted = [{_bare(text, Span(*pair)) for pair in one} for one in annotated["organisations"]]
        counted = set().union(*wanted)
        bare = [{_bare(text, span) for span in one.mentions} for one in found]
        got = [{span for span in one if span in counted or not _overlap_any(span, optional)} for one in bare]
        counts.add(name, wanted, [one for one in got if one], text)
    return counts


def _path(name: str, casie: Path) -> Path:
    folder, _, stem = name.partition("/")
    return (_OWN if folder == "own" else casie / folder) / f"{stem}.json"


def _found(path: Path, events: str) -> tuple[Document, tuple[Entity, ...]]:
    annotated = read_annotated(path)
    document = annotated.document
    used: Iterable[Event] = annotated.events if events == "annotated" else ()
    sentences = document_sentences(document)
    if events == "model":
        from incidex.pipeline import analyse

        used = analyse(document, sentences=sentences).events
    others = find_names(document, sentences)
    return document, find_organisations(document, sentences, events=used, others=others)


def _overlap_any(one: Span, others: Iterable[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _bare(text: str, span: Span) -> Span:
    return Span(span.start + 4, span.end) if text[span.start : span.start + 4].lower() == "the " else span


def _by_mention(groups: Groups) -> dict[Span, set[Span]]:
    return {span: group for group in groups for span in group}


def _pairs(groups: Groups) -> set[tuple[Span, Span]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _times(casie: Path) -> Iterator[str]:
    spent, letters, paths = [], 0, sorted((casie / "dev").glob("*.json"))
    for path in paths:
        annotated = read_annotated(path)
        sentences = document_sentences(annotated.document)
        others = find_names(annotated.document, sentences)
        started = time.process_time()
        find_organisations(annotated.document, sentences, events=annotated.events, others=others)
        spent.append(time.process_time() - started)
        letters += len(annotated.document.text)
    spent = spent[1:]
    yield f"{len(paths)} articles of {letters // len(paths)} characters on average"
    yield f"{1000 * sum(spent) / len(spent):.2f} ms of CPU for an article, {1000 * max(spent):.2f} for the longest"


def _sample(casie: Path, gold: Mapping[str, Any], size: int) -> Iterator[str]:
    chosen = random.Random(size)
    paths = [path for path in sorted(casie.glob("*/*.json")) if f"{path.parent.name}/{path.stem}" not in gold]
    for path in chosen.sample(paths, min(size, len(paths))):
        document, found = _found(path, "none")
        mentions = [(span, one) for one in found for span in one.mentions]
        for span, one in chosen.sample(mentions, min(3, len(mentions))):
            before, behind = (
                document.text[max(0, span.start - 50) : span.start],
                document.text[span.end : span.end + 40],
            )
            yield f"{path.stem}\t{one.name}\t{before}[[{span.of(document.text)}]]{behind}".replace("\n", "¶")


if __name__ == "__main__":
    raise SystemExit(main())
