"""
Measures names and organisations in news and reports, and prints the figures of docs/reference/{names,organisations}.md.

    python benchmarks/entities.py                  the articles that were held out
    python benchmarks/entities.py --part tune      the other half; `all` for both
    python benchmarks/entities.py --wrong          and each mention that was missed or is wrong

The annotation is in tests/cases/entities-prose.json, as offsets into documents of the prose corpus. --corpus is the
folder with the corpora, by default `shared/corpus` beside the checkout.
"""

import argparse
import hashlib
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incidex.link.names.find import find_names
from incidex.link.organisations import find_organisations
from incidex.records import Document, Span
from incidex.text.sentences import document_sentences

_ROOT = Path(__file__).resolve().parents[1]
CASES = _ROOT / "tests" / "cases" / "entities-prose.json"

Found = dict[tuple[int, int], str]


@dataclass(slots=True)
class Counts:
    """How many mentions were annotated, found and right; of those, how many have the right kind."""

    gold: int = 0
    found: int = 0
    right: int = 0
    right_kind: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, article: str, text: str, gold: Found, found: Found) -> None:
        """Compare the mentions of one article."""
        both = gold.keys() & found.keys()
        self.gold += len(gold)
        self.found += len(found)
        self.right += len(both)
        self.right_kind += sum(gold[span] == found[span] for span in both)
        for what, spans in (("missed", gold.keys() - both), ("wrong ", found.keys() - both)):
            self.wrong += [f"{what} {article} {_shown(text, span)}" for span in sorted(spans)]
        self.wrong += [
            f"kind   {article} {_shown(text, span)} {found[span]}" for span in sorted(both) if gold[span] != found[span]
        ]

    def line(self) -> str:
        """Return the figures."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        kinds = self.right_kind / max(1, self.right)
        return (
            f"precision {precision:.3f}  recall {recall:.3f}  kind {kinds:.3f}"
            f"  ({self.gold} annotated, {self.found} found, {self.right} right)"
        )


def articles(corpus: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the annotated articles, each with its text; articles that have changed are left out."""
    rows = json.loads(CASES.read_text("utf-8"))["articles"]
    for name in sorted({row["file"] for row in rows}):
        with lzma.open(corpus / "prose" / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            documents = file.read().split("\n\n")
        for row in rows:
            if row["file"] == name and _digest(documents[row["index"]]) == row["sha256"]:
                yield row, documents[row["index"]][row["start"] : row["end"]]


def measure(corpus: Path, part: str) -> dict[str, Counts]:
    """Compare what is found with the annotation, by what was annotated and in which sort of text."""
    counts: dict[str, Counts] = {}
    for row, text in articles(corpus):
        if part not in (row["part"], "all"):
            continue
        names, organisations = _found(text, [tuple(pair) for pair in row["optional"]])
        gold = {(start, end): kind for start, end, kind in row["names"]}
        firms: Found = dict.fromkeys([(start, end) for start, end in row["organisations"]], "organisation")
        label = f"{row['file']} {row['index']}"
        counts.setdefault(f"names in {row['file']}", Counts()).add(label, text, gold, names)
        counts.setdefault(f"organisations in {row['file']}", Counts()).add(label, text, firms, organisations)
    return counts


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_ROOT.parent / "shared" / "corpus", metavar="FOLDER")
    parser.add_argument("--part", choices=("tune", "held", "all"), default="held", help="which articles")
    parser.add_argument("--wrong", action="store_true", help="name each difference")
    options = parser.parse_args()
    for title, counts in sorted(measure(options.corpus, options.part).items()):
        print(f"{title}: {counts.line()}")
        if options.wrong:
            print(*counts.wrong, sep="\n")
    return 0


def _found(text: str, optional: Sequence[tuple[int, ...]]) -> tuple[Found, Found]:
    """Return the names and the organisations found, without descriptions and what need not be found."""
    document = Document(text)
    sentences = document_sentences(document)
    names = find_names(document, sentences)
    organisations = find_organisations(document, sentences, others=names)
    tables = []
    for entities in (names, organisations):
        table = {
            _bare(text, span): str(entity.kind.value) if entity.kind else ""
            for entity in entities
            for span in entity.mentions
            if not any(span.start < end and start < span.end for start, end in optional)
        }
        tables.append(table)
    return tables[0], {span: kind for span, kind in tables[1].items() if not text[span[0]].islower()}


def _bare(text: str, span: Span) -> tuple[int, int]:
    """Return a span without "the" in front."""
    return span.start + 4 * (text[span.start : span.start + 4].lower() == "the "), span.end


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shown(text: str, span: tuple[int, int]) -> str:
    start, end = span
    return f"{start} {end}\t{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}".replace(
        "\n", "¶"
    )


if __name__ == "__main__":
    raise SystemExit(main())
