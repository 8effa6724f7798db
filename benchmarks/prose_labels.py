"""
Scores labels on prose that is not used in training: 80 documents by others, annotated in tests/cases/prose.jsonl.

    python benchmarks/prose_labels.py [--corpus FOLDER] [--json]
    python benchmarks/prose_labels.py --annotations training/reports.jsonl [--json]
    python benchmarks/prose_labels.py --articles tests/cases/reports [--json]

The second scores other annotations, the third articles of our own. The first two need the research corpora in FOLDER,
by default `shared/corpus` beside the checkout: the annotations contain no text.
The output is that of `incidex evaluate sentences`.
"""

import argparse
import subprocess
import sys
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory

from incidex.labels import scheme
from incidex.labels.labelled import write_line
from incidex_training.corpora import Article
from incidex_training.marked import read_marked
from incidex_training.prose import read_annotated_prose

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "prose.jsonl"
_CORPUS = _ROOT.parent / "shared" / "corpus"


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--articles", type=Path, metavar="FOLDER", help="labelled articles, in place of the prose")
    parser.add_argument("--annotations", type=Path, default=_GOLD, metavar="FILE", help="annotations of the prose")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    prose = options.corpus / "prose"
    articles = read_marked(options.articles) if options.articles else read_annotated_prose(options.annotations, prose)
    with TemporaryDirectory() as folder:
        for number, article in enumerate(articles):
            (Path(folder) / f"{number}.txt").write_text(labelled(article), "utf-8")
        command = [Path(sys.executable).with_name("incidex"), "evaluate", "sentences", folder, "--worst", "0"]
        return subprocess.run([*command, *(["--json"] if options.json else [])], check=False).returncode


def labelled(article: Article) -> str:
    """Return an article as a labelled file."""
    names = scheme().names
    return "".join(f"{write_line(one.text, set(compress(names, one.labels)))}\n" for one in article.sentences)


if __name__ == "__main__":
    sys.exit(main())
