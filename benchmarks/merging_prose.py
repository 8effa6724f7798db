"""
Scores merging on reports by others: 79 incidents among 187 documents of the prose of the research corpora.

    python benchmarks/merging_prose.py [--corpus FOLDER]

tests/cases/incidents-prose.json has the numbers of the documents and their SHA-256, no text. All are merged together;
the incidents are scored in two halves, of which the second has not been tuned on. The documents have no dates.
"""

import argparse
import hashlib
import json
import lzma
import re
import sys
from pathlib import Path

from incidex.evaluation.incidents import evaluate_incidents, gold_of
from incidex.ingest.plain import from_text
from incidex.matching.merge import merge
from incidex.pipeline import analyse

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "incidents-prose.json"


def main() -> int:
    """Print precision, recall and F1 of pairs for each half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_ROOT.parent / "shared" / "corpus", metavar="FOLDER")
    options = parser.parse_args()
    content = json.loads(_GOLD.read_text("utf-8"))
    texts = documents(options.corpus, content["documents"])
    analyses = {number: analyse(from_text(text)) for number, text in texts.items()}
    names = {analysis.document.id: number for number, analysis in analyses.items()}
    found = [[names[id] for id in incident.documents] for incident in merge(analyses.values())]
    for half in ("tuning", "held-out"):
        scores = evaluate_incidents(gold_of(content[half]), found)
        pairs = scores.pairs
        joined = f"{pairs.support} pairs, {len(scores.look_alikes)} of {scores.look_alikes_listed} look-alikes joined"
        print(f"{half:9} P {pairs.precision:.3f}  R {pairs.recall:.3f}  F1 {pairs.f1:.3f}  ({joined})")
    return 0


def documents(corpus: Path, hashes: dict[str, str]) -> dict[str, str]:
    """Return the texts of the documents, by number. Raises SystemExit if the corpus has others."""
    with lzma.open(corpus / "prose" / "news_blogs.txt.xz", "rt", encoding="utf-8", errors="replace") as file:
        every = re.split(r"\n\s*\n", file.read())
    found = {number: every[int(number)] for number in hashes}
    for number, text in found.items():
        if hashlib.sha256(text.encode()).hexdigest() != hashes[number]:
            raise SystemExit(f"Document {number} of the prose in {corpus} is another one.")
    return found


if __name__ == "__main__":
    sys.exit(main())
