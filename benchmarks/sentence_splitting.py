"""
Measures sentence splitting on labelled articles: accuracy and speed.

Usage: python benchmarks/sentence_splitting.py [--corpus FOLDER] [--json]

FOLDER holds `dev/*.txt` and `train/*.txt` in the labelled form (`sentence | Label`), one article a file. blingfire is
measured as well if it is installed (`pip install blingfire`). Sentence ends are compared by the number of non-space
characters before them; the end of the article does not count.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from incidex.labels.labelled import read_lines
from incidex.text.sentences import split_sentences

Split = Callable[[str], list[tuple[int, int]]]

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "sentences"
_CLOSED = re.compile(r"[.!?…][”’\"')\]]*$")
_COLUMNS = ("articles", "text", "splitter", "sentences", "precision", "recall", "f1", "perfect", "per_second")


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of the table.

    Attributes:
        articles: "dev" or "train+dev".
        text: "line by line" or "joined with blanks".
        splitter: "Incidex" or "blingfire".
        sentences: The number of sentences.
        precision: Share of the ends found that are right.
        recall: Share of the right ends that were found.
        f1: Their harmonic mean.
        perfect: Share of articles without any difference.
        per_second: Sentences found in a second of CPU time.
    """

    articles: str
    text: str
    splitter: str
    sentences: int
    precision: float
    recall: float
    f1: float
    perfect: float
    per_second: float


def main() -> int:
    """Print the table, or the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, help="folder with dev/*.txt and train/*.txt")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    dev, train = (_articles(options.corpus / part) for part in ("dev", "train"))
    if not dev:
        print(f"There is no article in {options.corpus / 'dev'}. Name the folder with --corpus.", file=sys.stderr)
        return 1
    rows = [*_rows("dev", dev), *(_rows("train+dev", train + dev) if train else ())]
    print(json.dumps([asdict(row) for row in rows], indent=2) if options.json else _table(rows))
    if not find_spec("blingfire"):
        print("blingfire is not installed, so its rows are left out: pip install blingfire", file=sys.stderr)
    return 0


def _articles(folder: Path) -> list[list[str]]:
    """Return the sentences of each article in `folder`, its title first."""
    files = sorted(folder.glob("*.txt"))
    return [
        [line.span.of(text) for line in read_lines(text) if line.span] for text in (f.read_text("utf-8") for f in files)
    ]


def _rows(name: str, articles: list[list[str]]) -> Iterator[Row]:
    splitters: dict[str, Split] = {"Incidex": _incidex}
    if find_spec("blingfire"):
        splitters["blingfire"] = _blingfire
    for text, join in (("line by line", _with_line_breaks), ("joined with blanks", " ".join)):
        for splitter, split in splitters.items():
            yield _measured(articles, [join(article) for article in articles], split, row=(name, text, splitter))


def _measured(articles: list[list[str]], texts: list[str], split: Split, *, row: tuple[str, str, str]) -> Row:
    split("Load what is loaded once. Then measure.")
    began = time.process_time()
    spans = [_by_line(text, split) for text in texts]
    seconds = time.process_time() - began
    gold = [_gold_ends(article) for article in articles]
    found = [_ends(text, parts) for text, parts in zip(texts, spans, strict=True)]
    right = sum(len(a & b) for a, b in zip(gold, found, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(map(len, gold)))
    return Row(
        *row,
        sentences=sum(map(len, articles)),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if right else 0.0,
        perfect=sum(a == b for a, b in zip(gold, found, strict=True)) / len(articles),
        per_second=sum(map(len, spans)) / max(seconds, 1e-9),
    )


def _with_line_breaks(article: list[str]) -> str:
    """
    Return the article in paragraphs of one to four sentences, a line each, drawn with a fixed seed.

    The labelled files do not say where the paragraphs were. Lines without final punctuation
    (headlines, sub-headings, list items) stay separate.
    """
    draw = random.Random(len(article))
    lines: list[list[str]] = []
    room = 0
    for sentence in article:
        closed = _CLOSED.search(sentence) is not None
        if room and closed:
            lines[-1].append(sentence)
            room -= 1
        else:
            lines.append([sentence])
            room = draw.randint(0, 3) if closed else 0
    return "\n".join(" ".join(line) for line in lines)


def _by_line(text: str, split: Split) -> list[tuple[int, int]]:
    return [
        (line.start() + start, line.start() + end)
        for line in re.finditer(r"[^\n]+", text)
        for start, end in split(line.group())
    ]


def _incidex(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in split_sentences(text)]


def _blingfire(text: str) -> list[tuple[int, int]]:
    from blingfire import text_to_sentences_and_offsets

    return list(text_to_sentences_and_offsets(text)[1])


def _gold_ends(article: list[str]) -> set[int]:
    counts = [len("".join(sentence.split())) for sentence in article]
    return {sum(counts[: i + 1]) for i in range(len(counts) - 1)}


def _ends(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Return the number of non-space characters before the end of each span but the last."""
    ends = set()
    count = start = 0
    for _, end in spans[:-1]:
        count += len("".join(text[start:end].split()))
        start = end
        ends.add(count)
    return ends


def _table(rows: list[Row]) -> str:
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)]
    lines += [
        f"| {row.articles} | {row.text} | {row.splitter} | {row.sentences:,} | {row.precision:.4f} | {row.recall:.4f} "
        f"| {row.f1:.4f} | {row.perfect:.3f} | {row.per_second:,.0f} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
