"""
Prints which documents are divided into items, and how.

    python benchmarks/round_ups.py --corpus ../shared/corpus    articles of CASIE, train and dev, with annotated events
    python benchmarks/round_ups.py SOURCE...                    any documents, with the events that the model finds

Nearly all articles of CASIE are about one incident, and so should not be divided.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from incidex.findings import findings
from incidex.ingest import read
from incidex.ingest.casie_events import read_annotated
from incidex.ingest.expand import expand
from incidex.matching.profiles import headline
from incidex.matching.round_ups import items
from incidex.pipeline import analyse
from incidex.records import Analysis
from incidex.text.sentences import document_sentences

_SHOWN = 80


def main() -> int:
    """Print the items of each document that is divided, and how many documents there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="files and folders")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="the research corpora")
    options = parser.parse_args()
    annotated = of_corpus(options.corpus) if options.corpus else iter(())
    analyses = (analyse(read(source)) for source in expand(options.sources))
    count = divided = 0
    for analysis in (*annotated, *analyses):
        found = describe(analysis)
        count, divided = count + 1, divided + bool(found)
        print(found, end="", flush=True)
    print(f"{divided} of {count} documents are divided.")
    return 0


def of_corpus(corpus: Path) -> Iterator[Analysis]:
    """Yield CASIE's articles with the events that people annotated."""
    for part in ("train", "dev"):
        for path in sorted((corpus / "casie" / part).glob("*.json")):
            annotated = read_annotated(path)
            sentences = document_sentences(annotated.document)
            found = findings(annotated.document, sentences, annotated.events)
            yield Analysis(sentences=sentences, model="annotated", events=annotated.events, **found)


def describe(analysis: Analysis) -> str:
    """Return the headline of a round-up and the titles of its items, a line each; empty if it is not one."""
    title = headline(analysis)
    found = items(analysis, title)
    lines = [f"{analysis.document.source}: {title}", *(f"  {item.title[:_SHOWN]}" for item in found)]
    return "".join(f"{line}\n" for line in lines) if found else ""


if __name__ == "__main__":
    sys.exit(main())
