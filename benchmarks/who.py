"""
Measures who is found to be a victim or an attacker, and prints the figures of docs/reference/events.md.

    python benchmarks/who.py                  the reports that were held out
    python benchmarks/who.py --part tune      the other part; `all` for both
    python benchmarks/who.py --wrong          and each name that was missed or is wrong

The names are in tests/cases/who.json, as offsets into reports of the prose corpus, which --corpus names. What counts is
the named victims and attackers of a report: an argument has a name if it is one, or if it stands for one.
"""

import argparse
import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from incidex.english.lexicon import words as words_of
from incidex.pipeline import analyse
from incidex.records import Analysis, Argument, Realis, Span

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "who.json"
_ROLES = {"victims": "Victim", "attackers": "Attacker"}


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpus = _ROOT.parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=corpus, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--part", choices=("tune", "held", "all"), default="held", help="which reports")
    parser.add_argument("--wrong", action="store_true", help="name each difference")
    options = parser.parse_args()
    file = options.corpus / "prose" / "news_blogs.txt.xz"
    if not file.is_file():
        print(f"Nothing was measured: there is no {file}. Name the folder with --corpus.")
        return 0
    gold = json.loads(_GOLD.read_text("utf-8"))["articles"]
    counts = {kind: [0, 0, 0, 0] for kind in _ROLES}
    for text, marks in _texts(file, gold):
        if options.part not in (marks["part"], "all"):
            continue
        analysis = analyse(text)
        for kind, role in _ROLES.items():
            result, wrong = _compared(text, marks, kind, names(analysis, role))
            counts[kind] = [sum(pair) for pair in zip(counts[kind], result, strict=True)]
            if options.wrong:
                print(*(f"{kind:10} {line}" for line in wrong), sep="\n", end="\n" if wrong else "")
    for kind, (right, named, found, known) in counts.items():
        print(f"{kind:10} {right} of {named} names right ({_share(right, named)}), ", end="")
        print(f"{found} of {known} found ({_share(found, known)})")
    return 0


def names(analysis: Analysis, role: str) -> tuple[str, ...]:
    """Return the names of those who have `role` in an event that happened, each once."""
    text = analysis.document.text
    happened = [
        mention
        for event in analysis.events
        if any(mention.realis is Realis.ACTUAL for mention in event.mentions)
        for mention in event.mentions
    ]
    found = (_name(argument, text) for mention in happened for argument in mention.arguments if argument.role == role)
    return tuple(dict.fromkeys(name for name in found if name))


def _name(argument: Argument, text: str) -> str:
    return " ".join((argument.name or _proper(argument.span.of(text))).split())


def _proper(words: str) -> str:
    """Return words if they are a name: "Kestrel Ferries", not "Hackers" or "a Kestrel customer"."""
    last = words.split()[-1].lstrip("@“‘\"'")
    common = words_of(
        "human", "unnamed_actor", "actor_noun", "pronoun.first_or_second", "pronoun.subject", "determiner"
    )
    return words if last[:1].isupper() and last.lower() not in common else ""


def _texts(file: Path, gold: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for text in lines.read().split("\n\n"):
            marks = gold.get(hashlib.sha256(text.encode()).hexdigest())
            if marks:
                yield text, marks


def _compared(text: str, marks: Any, kind: str, named: tuple[str, ...]) -> tuple[tuple[int, int, int, int], list[str]]:
    """Return the numbers of right and of all names, of found and of all marked ones; and the differences."""
    known = [{_key(Span(*span).of(text)) for span in forms} for forms in marks[kind]]
    optional = {_key(Span(*span).of(text)) for span in marks["optional"]}
    counted = [name for name in named if _key(name) not in optional]
    right = [name for name in counted if any(_key(name) in forms for forms in known)]
    found = [forms for forms in known if any(_key(name) in forms for name in named)]
    wrong = [f"wrong   {name}" for name in counted if name not in right]
    wrong += [f"missed  {min(forms)}" for forms in known if forms not in found]
    return (len(right), len(counted), len(found), len(known)), wrong


def _key(name: str) -> str:
    words = " ".join(name.casefold().replace("’", "'").split()).strip("“”\"'@.,")
    return words.removeprefix("the ").removesuffix("'s")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    raise SystemExit(main())
