"""
Helps to annotate prose: chooses documents, prints them with numbered sentences, and turns marks into `prose.jsonl`.

    python training/annotate.py choose PROSE --count 400 --seed 7 > chosen.txt
    python training/annotate.py show PROSE chosen.txt --from 0 --to 10
    python training/annotate.py convert PROSE marks.txt... > prose.jsonl
    python training/annotate.py agree PROSE training/reports.jsonl training/second_reader.jsonl

PROSE is the folder that docs/how-to/train-your-own-bundle.md describes. GUIDELINES.md, beside this file, says what to
mark. Marks look like this; a sentence that is not named reports nothing:

    # reports.txt.xz:17@0-2400
    3 AttackRansom
    ! encrypted | AttackRansom | Actual
    - the city | Organization | Victim
    5 PatchVulnerability, DiscoverVulnerability

`!` is a trigger of the sentence above it, `-` an argument of the trigger above it. Words are those of the sentence;
`attack#2` is where they stand for the second time. `@0-2400` says which characters of a long document were read.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from incidex.labels import scheme
from incidex_training.prose import document_text, prose_documents, sentence_spans

_NEWER = re.compile(r"\b20(?:19|2[0-9])\b")
# Words that sentences with an event often have; a document needs some of them, or there is little to learn from it.
_TELLING = re.compile(
    r"ransom|extort|encrypt|leak|breach|stole|exfiltrat|phish|\blur(?:e|ing)|spoof|impersonat|decoy|CVE-|vulnerab|"
    r"exploit|flaw|patch|hack|compromis|credential|intru|zero-day|0-day",
    re.IGNORECASE,
)
_LEAST_TELLING = 4
# Words of a document that is read whole; of a longer one, as many are read from the beginning of some paragraph.
_LEAST, _MOST = 100, 600
# How the documents are divided among the files: those that name a year from 2019 on, and any others.
_SHARES = (("news_blogs.txt.xz", True, 0.3), ("reports.txt.xz", True, 0.55), ("reports.txt.xz", False, 0.12))
_SHARES += (("news_blogs.txt.xz", False, 0.15), ("knowledge.txt.xz", False, 0.05))


class MarkError(Exception):
    """A mark does not follow the format, or its words are not in the sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """A document of the prose, or a part of one: "FILE:NUMBER" and "FILE:NUMBER@START-END" in characters."""

    document: str
    start: int | None = None
    end: int | None = None

    @classmethod
    def parsed(cls, written: str) -> "Part":
        """Return what `written` names."""
        document, _, place = written.strip().partition("@")
        start, _, end = place.partition("-")
        return cls(document, int(start), int(end)) if place else cls(document)

    def __str__(self) -> str:
        """Return it as it is written in a list of documents."""
        return self.document if self.start is None else f"{self.document}@{self.start}-{self.end}"


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("choose", "show", "convert", "agree"))
    parser.add_argument("prose", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=400, help="how many documents to choose")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--without", type=Path, action="append", default=[], help="annotations of documents to pass over"
    )
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first document to show, counted from 0")
    parser.add_argument("--to", type=int, default=None, dest="last", help="one past the last")
    given = parser.parse_args()
    try:
        {"choose": _choose, "show": _show, "convert": _convert, "agree": _agree}[given.what](given)
    except MarkError as error:
        sys.exit(f"error: {error}")


def _choose(given: argparse.Namespace) -> None:
    passed = {json.loads(line)["document"] for path in given.without for line in path.read_text("utf-8").splitlines()}
    draw = random.Random(given.seed)
    chosen: list[Part] = []
    for name, newer, share in _SHARES:
        fitting = [
            (f"{name}:{number}", text.strip())
            for number, text in enumerate(prose_documents(given.prose, name))
            if text.count(" ") >= _LEAST and bool(_NEWER.search(text)) >= newer and f"{name}:{number}" not in passed
        ]
        draw.shuffle(fitting)
        parts = ((_part(document, text, draw), text) for document, text in fitting)
        drawn = [part for part, text in islice(parts, 8 * given.count) if _tells(part, text)]
        drawn = drawn[: round(given.count * share)]
        passed |= {part.document for part in drawn}
        chosen += drawn
    draw.shuffle(chosen)
    print(*chosen, sep="\n")


def _tells(part: Part, text: str) -> bool:
    return len({match[0].lower() for match in _TELLING.finditer(text[part.start or 0 : part.end])}) >= _LEAST_TELLING


def _part(document: str, text: str, draw: random.Random) -> Part:
    """Return a document that is short, or some paragraphs in a row of one that is long."""
    if text.count(" ") <= _MOST:
        return Part(document)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    start = draw.choice([at for at in starts if text.count(" ", at) >= _LEAST * 3] or [0])
    end = start
    for at in [*(at for at in starts if at > start), len(text)]:
        if text.count(" ", start, at) > _MOST and end > start:
            break
        end = at
    return Part(document, start, len(text[start:end].rstrip()) + start)


def _show(given: argparse.Namespace) -> None:
    for written in given.files[0].read_text("utf-8").split()[given.first : given.last]:
        part = Part.parsed(written)
        print(f"# {part}")
        for number, sentence in enumerate(_sentences(given.prose, part)):
            print(number, " ".join(sentence.split()))
        print()


def _sentences(prose: Path, part: Part) -> list[str]:
    text = document_text(prose, part.document)
    return [span.of(text) for span in _spans(text, part)]


def _spans(text: str, part: Part) -> list[Any]:
    start, end = (0, len(text)) if part.start is None else (part.start, part.end or len(text))
    return [span for span in sentence_spans(text) if start <= span.start and span.end <= end]


def _convert(given: argparse.Namespace) -> None:
    for path in given.files:
        for part, lines in _documents(path):
            print(json.dumps(_converted(given.prose, part, lines, path)))


def _documents(path: Path) -> Iterator[tuple[Part, list[tuple[int, str]]]]:
    """Yield each document of a file with marks, with its numbered lines."""
    part: Part | None = None
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("# "):
            if part:
                yield part, lines
            part, lines = Part.parsed(line[2:]), []
        elif line.strip():
            lines.append((number, line.strip()))
    if part:
        yield part, lines


def _converted(prose: Path, part: Part, lines: list[tuple[int, str]], path: Path) -> dict[str, Any]:
    text = document_text(prose, part.document)
    spans = _spans(text, part)
    entries: list[Any] = []
    for number, line in lines:
        try:
            _take(line, text, spans, entries)
        except (ValueError, IndexError, KeyError) as error:
            raise MarkError(f"{path}, line {number}: {line!r}: {error}") from error
    digest = sha256(text.encode()).hexdigest()
    entry: dict[str, Any] = {"document": part.document, "sha256": digest, "arguments": True, "sentences": entries}
    return entry if part.start is None else entry | {"part": [part.start, part.end]}


def _take(line: str, text: str, spans: list[Any], entries: list[Any]) -> None:
    """Add what one line says to `entries`."""
    if line[0] not in "!-":
        number, _, labels = line.partition(" ")
        named = [label.strip() for label in labels.split(",")]
        if wrong := [label for label in named if label not in scheme().names]:
            raise ValueError(f"there is no label {wrong[0]!r}")
        span = spans[int(number)]
        entries.append([span.start, span.end, named, []])
        return
    words, *rest = (piece.strip() for piece in line[1:].split(" | "))
    start, end = _place(text, entries[-1], words)
    if line[0] == "!":
        kind, realis = rest
        if kind not in entries[-1][2] or realis not in scheme().realis:
            raise ValueError("a trigger needs a label of its sentence and a realis")
        entries[-1][3].append([start, end, kind, realis, []])
        return
    entity, role = rest
    trigger = entries[-1][3][-1]
    roles = dict(next(event.roles for event in scheme().event_types if event.name == trigger[2]))
    if entity not in roles.get(role, ()):
        raise ValueError(f"{trigger[2]} has no {role} that is a {entity}")
    trigger[4].append([start, end, entity, role])


def _place(text: str, entry: list[Any], words: str) -> tuple[int, int]:
    words, _, nth = words.partition("#") if re.search(r"#\d$", words) else (words, "", "1")
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", text[entry[0] : entry[1]]))
    found = found or list(re.finditer(pattern, text[entry[0] : entry[1]]))
    if len(found) < int(nth):
        raise ValueError(f"{words!r} does not stand in the sentence {nth} times")
    match = found[int(nth) - 1]
    return entry[0] + match.start(), entry[0] + match.end()


def _agree(given: argparse.Namespace) -> None:
    """Print how far two readers agree on the documents that both read, as F1 of the one against the other."""
    one, other = (_annotations(given.prose, path) for path in given.files)
    both = sorted(one.keys() & other.keys())
    print(f"{len(both)} documents, {sum(len(_sentences(given.prose, Part.parsed(name))) for name in both)} sentences")
    for what, items in (("labels", _labels), ("triggers", _triggers), ("arguments", _arguments)):
        left = {(name, *item) for name in both for item in items(one[name])}
        right = {(name, *item) for name in both for item in items(other[name])}
        print(f"{what:10} F1 {2 * len(left & right) / max(1, len(left) + len(right)):.3f}  ({len(left)}, {len(right)})")
        for kind in scheme().names if what == "labels" else ():
            of_left, of_right = ({item for item in side if item[-1] == kind} for side in (left, right))
            share = 2 * len(of_left & of_right) / max(1, len(of_left) + len(of_right))
            print(f"  {kind:22} {share:.3f}  ({len(of_left)}, {len(of_right)})")


def _annotations(prose: Path, path: Path) -> dict[str, dict[str, Any]]:
    """Return the documents in a file of marks, or in one of annotations, by their names."""
    if path.suffix == ".jsonl":
        entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return {str(Part(entry["document"], *entry.get("part", ()))): entry for entry in entries}
    return {str(part): _converted(prose, part, lines, path) for part, lines in _documents(path)}


def _labels(document: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for start, _, labels, _ in document["sentences"]:
        yield from ((start, label) for label in labels)


def _triggers(document: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for sentence in document["sentences"]:
        yield from ((start, end, kind) for start, end, kind, _, _ in sentence[3])


def _arguments(document: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for sentence in document["sentences"]:
        for trigger in sentence[3]:
            yield from ((trigger[2], start, end, role) for start, end, _, role in trigger[4])


if __name__ == "__main__":
    main()
