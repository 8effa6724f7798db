"""
Compares Incidex with what people would take instead, in one run, on the same articles and one core.

BERT-base in PyTorch (random weights, which do not affect its speed), a sentence at a time; TF-IDF with logistic
regression, trained on the same sentences as Incidex; ioc-finder, with a limit on the time for an article, since it has
none. What is not installed is left out and named.

Usage: python benchmarks/others.py --corpus FOLDER [--articles N]

FOLDER holds `sentences/train` and `sentences/dev` in the labelled form, one article a file. Figures go to
docs/bulk.json. Needs the extra `train`, scikit-learn and ioc-finder.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bulk import ROOT, keep

from incidex import analyse, from_text
from incidex.encoder.bundle import open_bundle
from incidex.encoder.session import Encoder
from incidex.labels import scheme
from incidex.labels.labelled import read_lines
from incidex.link.indicators import find_indicators

# Seconds for an article.
_LIMIT = 20
_INDICATORS, _LABELS, _ALL = "indicators", "labels", "everything that `incidex extract` finds"

Article = list[tuple[str, frozenset[str]]]
Row = dict[str, Any]


class _Late(Exception):
    """The time for an article is up."""


def main() -> int:
    """Measure all of them, print the figures, and keep them for the docs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--articles", type=int, default=20, metavar="N", help="articles to time (default: 20)")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    dev = _articles(options.corpus / "sentences" / "dev")
    some = dev[: options.articles]
    rows: list[Row] = []
    for measure in (_incidex, _regression, _bert, _ioc_finder):
        try:
            rows += measure(some, dev, options.corpus)
        except ImportError as error:
            print(f"left out, because {error.name} is not installed: {measure.__name__[1:]}", file=sys.stderr)
    keep("others", {"articles": len(some), "rows": rows})
    return 0


def _incidex(some: Sequence[Article], dev: Sequence[Article], corpus: Path) -> list[Row]:
    encoder = Encoder(open_bundle(), threads=1)
    texts = ["\n".join(sentence for sentence, _ in article) for article in some]
    whole = _rate(texts, lambda text: analyse(from_text(text), encoder=encoder))
    labels = _rate(texts, lambda text: analyse(from_text(text), events=False, encoder=encoder))
    indicators = _rate(texts, lambda text: find_indicators(from_text(text)))
    measured = json.loads((ROOT / "docs" / "measured.json").read_text("utf-8"))
    score = measured["parts"]["sentences"]["result"]["micro"]["f1"]
    return [
        {"name": "Incidex", "does": _LABELS, "rate": labels, "f1": score},
        {"name": "Incidex, all", "does": _ALL, "rate": whole, "f1": score},
        {"name": "Incidex, indicators", "does": _INDICATORS, "rate": indicators},
    ]


def _regression(some: Sequence[Article], dev: Sequence[Article], corpus: Path) -> list[Row]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    train = [one for article in _articles(corpus / "sentences" / "train") for one in article]
    names = scheme().names
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000, class_weight="balanced")),
    )
    model.fit([text for text, _ in train], [[name in labels for name in names] for _, labels in train])

    def predict(article: Article) -> list[frozenset[str]]:
        found = model.predict([text for text, _ in article])
        return [frozenset(name for name, yes in zip(names, row, strict=True) if yes) for row in found]

    pairs = [(gold, found) for article in dev for (_, gold), found in zip(article, predict(article), strict=True)]
    return [{"name": "TF-IDF, regression", "does": _LABELS, "rate": _rate(some, predict), "f1": _micro(pairs)}]


def _bert(some: Sequence[Article], dev: Sequence[Article], corpus: Path) -> list[Row]:
    from speed import _bert as bert_of

    label = bert_of(1)
    rate = _rate(some[:5], lambda article: [label(text, None) for text, _ in article])
    return [{"name": "BERT-base", "does": _LABELS, "rate": rate}]


def _ioc_finder(some: Sequence[Article], dev: Sequence[Article], corpus: Path) -> list[Row]:
    from ioc_finder import find_iocs

    late = 0

    def find(text: str) -> None:
        nonlocal late
        signal.alarm(_LIMIT)
        try:
            find_iocs(text)
        except _Late:
            late += 1
        finally:
            signal.alarm(0)

    def stop(*_: object) -> None:
        raise _Late

    signal.signal(signal.SIGALRM, stop)
    rate = _rate(["\n".join(text for text, _ in article) for article in some], find, rounds=1)
    return [{"name": "ioc-finder", "does": _INDICATORS, "rate": rate, "late": late}]


def _rate(given: Sequence[Any], work: Callable[[Any], object], rounds: int = 3) -> float:
    """Return how many of `given` are done in a second of the processor, in the best of several rounds."""
    work(given[0])
    return max(_once(given, work) for _ in range(rounds))


def _once(given: Sequence[Any], work: Callable[[Any], object]) -> float:
    started = time.process_time()
    for one in given:
        work(one)
    return len(given) / (time.process_time() - started)


def _micro(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Return the micro F1 over the labels and O, as `incidex evaluate sentences` counts it."""
    gold_found = [(gold or frozenset("O"), found or frozenset("O")) for gold, found in pairs]
    right = sum(len(gold & found) for gold, found in gold_found)
    return 2 * right / sum(len(gold) + len(found) for gold, found in gold_found)


def _articles(folder: Path) -> list[Article]:
    files = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return [
        [
            (line.span.of(text), frozenset(name.strip() for name in (line.written or "O").split(",")) - {"O"})
            for line in read_lines(text)
            if line.span
        ]
        for text in files
    ]


if __name__ == "__main__":
    sys.exit(main())
