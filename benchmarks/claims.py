"""
Measures claims, and prints the figures of docs/reference/claims.md.

    python benchmarks/claims.py                   with the events that people marked
    python benchmarks/claims.py --model           with the events that the shipped model finds
    python benchmarks/claims.py --wrong           and what was missed or invented, as offsets

`tests/cases/claims-gold.json` holds the annotated claims as offsets: of 40 articles of CASIE that the rules were
written with, 20 that were held out, 24 that were held out after the rules were revised, 24 that were held out after
they were revised again, the project's own articles, and the beginnings of 60 news articles of 2019 to 2021, half of
them held out. People marked no events in the news, so the model's are used for it in any case.
The corpora are read from --corpus, by default `shared/corpus` beside the checkout. A claim is right if its kind,
claimant and target are those of an annotated one; each annotated claim counts once. Claimants are the same if their
spans overlap or their names share a word other than "the" and the like; targets if they overlap or are mentions of the
same event. A claim about no event that was found has the words of its claim as its target.
"""

import argparse
import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from incidex.claims import find_claims
from incidex.ingest import from_text
from incidex.ingest.casie_events import read_annotated
from incidex.link.names.find import find_names
from incidex.pipeline import analyse
from incidex.records import Claim, Document, Event, Realis, Span
from incidex.text.sentences import document_sentences

_ROOT = Path(__file__).resolve().parents[1]
_GOLD = _ROOT / "tests" / "cases" / "claims-gold.json"
_OWN = _ROOT / "tests" / "cases" / "events"
_CORPUS = _ROOT.parent / "shared" / "corpus"
_SMALL = frozenset({"the", "a", "an", "of", "for", "and", "its", "his"})

Entry = tuple[str, Span | None, Span]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--model", action="store_true", help="use the events that the model finds")
    parser.add_argument("--wrong", action="store_true", help="name each difference")
    options = parser.parse_args()
    for part, articles in json.loads(_GOLD.read_text("utf-8"))["articles"].items():
        folder = _OWN if part == "own" else options.corpus / ("prose" if part.startswith("news") else "casie")
        if not folder.is_dir():
            print(f"{part}: not measured, since there is no corpus at {folder}. Name it with --corpus.\n")
            continue
        _measure(part, articles, folder, with_model=options.model, wrong=options.wrong)
    return 0


def _measure(part: str, articles: dict[str, Any], folder: Path, *, with_model: bool, wrong: bool) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    spent = 0.0
    for name, entry in articles.items():
        document, marked, entries = _article(name, entry, folder)
        events = analyse(document).events if with_model or marked is None else marked
        sentences = document_sentences(document)
        names = find_names(document, sentences)
        start = time.process_time()
        claims = find_claims(document, sentences, events, names, all_marked=marked is not None and not with_model)
        spent += time.process_time() - start
        wanted = list(_wanted(entries, marked or ()))
        pairs = _pairs(wanted, claims, events, document.text)
        counts.update((kind, "annotated") for kind, _, _ in wanted)
        counts.update((claim.kind.value, "found") for claim in claims)
        counts.update((wanted[index][0], "right") for index in pairs)
        if wrong:
            print(*_differences(name, wanted, claims, pairs), sep="", end="")
    _print(part, counts)
    print(f"{len(articles)} articles, {1000 * spent / len(articles):.1f} ms of CPU for an article\n")


def _article(name: str, entry: Any, folder: Path) -> tuple[Document, tuple[Event, ...] | None, list[Any]]:
    """Return an article, the events that people marked in it, if they did, and the annotated claims."""
    if isinstance(entry, list):
        article = read_annotated(folder / f"{name}.json")
        return article.document, article.events, entry
    file, number = name.split(":")
    text = _prose(folder / file)[int(number)].strip()[: entry["length"]]
    if sha256(text.encode()).hexdigest() != entry["sha256"]:
        raise SystemExit(f"{name} in {folder} is not the document that was annotated.")
    return from_text(text), None, entry["claims"]


@cache
def _prose(file: Path) -> tuple[str, ...]:
    """Return the documents of a file of the prose, which blank lines separate."""
    return tuple(lzma.open(file, "rt", encoding="utf-8").read().split("\n\n"))


def _wanted(entries: list[Any], events: tuple[Event, ...]) -> Iterator[Entry]:
    """Yield the annotated claims, except those about mentions that people marked as Generic."""
    mentions = [mention for event in events for mention in event.mentions]
    generic = [mention.trigger for mention in mentions if mention.realis is Realis.GENERIC]
    for kind, claimant, target in entries:
        if not any(_overlap(trigger, Span(*target)) for trigger in generic):
            yield kind, Span(*claimant) if claimant else None, Span(*target)


def _pairs(wanted: list[Entry], claims: tuple[Claim, ...], events: tuple[Event, ...], text: str) -> dict[int, int]:
    """Return the number of the found claim for that of each annotated claim that was found."""
    pairs: dict[int, int] = {}
    for number, claim in enumerate(claims):
        fits = (i for i, entry in enumerate(wanted) if i not in pairs and _same(entry, claim, events, text))
        index = next(fits, None)
        if index is not None:
            pairs[index] = number
    return pairs


def _same(entry: Entry, claim: Claim, events: tuple[Event, ...], text: str) -> bool:
    kind, claimant, target = entry
    if kind != claim.kind or (claimant is None) != (claim.claimant is None):
        return False
    if claimant and claim.claimant:
        spans = (claim.claimant.words, claim.claimant.name)
        if not any(_overlap(claimant, span) for span in spans) and not _key(claimant.of(text)) & _key(
            spans[1].of(text)
        ):
            return False
    if claim.accused and _overlap(claim.accused, target):
        return True
    if kind == "attributed-to":
        return False
    if claim.trigger is None:
        return claim.accused is None and _overlap(claim.words, target)
    if not _overlap(claim.words, claim.trigger) and _overlap(claim.words, target):
        return True  # "Confirmed the incident": the trigger is in another sentence.
    event = _event(target, events)
    return _overlap(claim.trigger, target) or (event is not None and event == _event(claim.trigger, events))


def _key(name: str) -> set[str]:
    return {word.strip("’'s,.").lower() for word in name.split()} - _SMALL


def _event(span: Span, events: tuple[Event, ...]) -> int | None:
    numbered = ((number, mention) for number, event in enumerate(events) for mention in event.mentions)
    return next((number for number, mention in numbered if _overlap(mention.trigger, span)), None)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _differences(name: str, wanted: list[Entry], claims: tuple[Claim, ...], pairs: dict[int, int]) -> Iterator[str]:
    for index, (kind, claimant, target) in enumerate(wanted):
        if index not in pairs:
            yield f"missed {name} {kind} {claimant} {target}\n"
    for number, claim in enumerate(claims):
        if number not in pairs.values():
            target = claim.accused or claim.value or claim.trigger
            yield f"found  {name} {claim.kind} {claim.cue} {target} {claim.rule}\n"


def _print(part: str, counts: Counter[tuple[str, str]]) -> None:
    print(f"{part:24}{'annotated':>10}{'found':>8}{'right':>8}{'precision':>11}{'recall':>9}")
    for kind in ("all", *sorted({kind for kind, _ in counts})):
        gold, found, right = (
            sum(number for (one, what), number in counts.items() if what == wanted and kind in ("all", one))
            for wanted in ("annotated", "found", "right")
        )
        shares = (f"{right / whole:.3f}" if whole else "-" for whole in (found, gold))
        precision, recall = shares
        print(f"{kind:24}{gold:10}{found:8}{right:8}{precision:>11}{recall:>9}")


if __name__ == "__main__":
    sys.exit(main())
