"""
Measures how well actors, malware and tools are found, and prints the figures of docs/reference/names.md.

    python benchmarks/names.py                     precision on labelled articles, recall on articles annotated in full
    python benchmarks/names.py --list              every mention that was found, with the words around it
    python benchmarks/names.py --corpus FOLDER     where the research corpora are

The judgements are in tests/cases/names-casie.json: for each article, offsets in its labelled file, without text.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidex.labels.labelled import read_lines
from incidex.link.names.find import find_names
from incidex.records import Document, Entity, Sentence, Span

_ROOT = Path(__file__).resolve().parents[1]
CASES = _ROOT / "tests" / "cases" / "names-casie.json"


@dataclass(frozen=True, slots=True)
class Article:
    """
    A labelled article and the names that were found in it.

    Attributes:
        seconds: How long that took.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    seconds: float

    @property
    def mentions(self) -> dict[Span, Entity]:
        """All mentions, in the order of the text."""
        found = {span: entity for entity in self.entities for span in entity.mentions}
        return dict(sorted(found.items()))


def articles(corpus: Path) -> Iterator[Article]:
    """Yield the articles of `corpus`/sentences, ordered by division and name."""
    for file in sorted((corpus / "sentences").glob("*/*.txt")):
        # The bytes of the file are what offsets count in, so line ends stay as they are.
        text = file.read_bytes().decode("utf-8")
        sentences = tuple(Sentence(line.span) for line in read_lines(text) if line.span)
        started = time.process_time()
        entities = find_names(Document(text), sentences)
        yield Article(file.stem, text, sentences, entities, time.process_time() - started)


def read_cases() -> dict[str, dict[str, list[list[Any]]]]:
    """Return the judgements by article: `mentions` (start, end, right), `complete` (start, end; all of them)."""
    cases: dict[str, dict[str, list[list[Any]]]] = json.loads(CASES.read_text("utf-8"))
    return cases


def precision(found: list[Article], cases: dict[str, dict[str, list[list[Any]]]]) -> dict[str, float]:
    """Return how many mentions were found, judged and right, and how many are wrong in ten thousand sentences."""
    judged = {(id, start, end): right for id, rows in cases["mentions"].items() for start, end, right in rows}
    spans = [(article.id, span.start, span.end) for article in found for span in article.mentions]
    verdicts = [judged[span] for span in spans if span in judged]
    sentences = sum(len(article.sentences) for article in found)
    wrong_actors = sum(
        not judged.get((article.id, span.start, span.end), True) and entity.kind != "malware" and entity.kind != "tool"
        for article in found
        for span, entity in article.mentions.items()
    )
    return {
        "articles": len(found),
        "sentences": sentences,
        "mentions": len(spans),
        "not judged": len(spans) - len(verdicts),
        "right": sum(verdicts),
        "precision": sum(verdicts) / max(1, len(verdicts)),
        "wrong actors in 10,000 sentences": wrong_actors / sentences * 10_000,
        "wrong mentions in 10,000 sentences": (len(verdicts) - sum(verdicts)) / sentences * 10_000,
        "milliseconds an article": sum(article.seconds for article in found[1:]) / max(1, len(found) - 1) * 1000,
    }


def recall(found: list[Article], cases: dict[str, dict[str, list[list[Any]]]]) -> dict[str, float]:
    """Return the recall in the articles that are annotated in full, with exact spans and with overlapping ones."""
    by_id = {article.id: article for article in found}
    gold = [(by_id[id], Span(start, end)) for id, rows in cases["complete"].items() for start, end in rows]
    exact = sum(span in article.mentions for article, span in gold)
    touched = sum(
        any(one.start < span.end and span.start < one.end for one in article.mentions) for article, span in gold
    )
    return {
        "articles": len(cases["complete"]),
        "mentions": len(gold),
        "exact": exact / max(1, len(gold)),
        "touched": touched / max(1, len(gold)),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_ROOT.parent / "shared" / "corpus", metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="print every mention that was found")
    options = parser.parse_args()
    found = list(articles(options.corpus))
    if options.list:
        for article in found:
            for span, entity in article.mentions.items():
                print(_shown(article, span, entity))
        return 0
    cases = read_cases()
    for title, figures in (("Precision", precision(found, cases)), ("Recall", recall(found, cases))):
        print(title)
        for name, value in figures.items():
            print(f"  {name}: {value:.3f}" if isinstance(value, float) else f"  {name}: {value}")
    return 0


def _shown(article: Article, span: Span, entity: Entity) -> str:
    before, behind = article.text[max(0, span.start - 45) : span.start], article.text[span.end : span.end + 30]
    words = f"{before}[[{span.of(article.text)}]]{behind}".replace("\n", "¶").replace("\r", "")
    return f"{article.id}\t{span.start}\t{span.end}\t{words}\t{entity.name} ({entity.kind})"


if __name__ == "__main__":
    raise SystemExit(main())
