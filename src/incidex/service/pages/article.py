"""Writes the text of a report with everything marked that was found in it: words and findings name each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from incidex.export.annotation.segments import blocks_of
from incidex.export.html.markup import Html, element, joined
from incidex.labels import scheme
from incidex.records import Analysis, Block, BlockKind, Sentence, Span
from incidex.service.pages.findings import Finding, Findings, sentence_finding
from incidex.service.pages.words import in_words

_Stretch = TypeVar("_Stretch", Block, Sentence)

# What a block is on the page; all others are paragraphs.
_ELEMENTS = {BlockKind.TITLE: "h2", BlockKind.HEADING: "h3"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text in which nothing begins or ends."""

    span: Span
    block: Block
    sentence: Sentence | None
    findings: tuple[Finding, ...]


def to_article(analysis: Analysis, findings: Findings) -> Html:
    """Return the text as HTML. What stands around the article is folded away in its place."""
    text = analysis.document.text
    blocks = [(block, list(run)) for block, run in groupby(_pieces(analysis, findings), key=lambda one: one.block)]
    numbers = _numbers(findings)
    parts = [
        joined(_paragraph(block, pieces, text, numbers) for block, pieces in run)
        if inside
        else _folded(list(run), text, numbers)
        for inside, run in groupby(blocks, key=lambda entry: entry[0].kind.in_article)
    ]
    return joined(parts)


def _numbers(findings: Findings) -> dict[str, int]:
    """Return the number of the event of each trigger."""
    return {trigger.key: event.number for event in findings.events for trigger, _ in event.mentions}


def _pieces(analysis: Analysis, findings: Findings) -> Iterator[_Piece]:
    """Yield all text of the blocks piece by piece, with the findings that cover each."""
    blocks = blocks_of(analysis.document)
    marks: list[tuple[Span, int, Finding]] = sorted(
        ((span, number, one) for number, one in enumerate(findings.every()) for span in one.spans),
        key=lambda entry: entry[:2],
    )
    edges = {edge for span, _, _ in marks for edge in (span.start, span.end)}
    spans = [one.span for one in blocks] + [one.span for one in analysis.sentences]
    edges |= {edge for span in spans for edge in (span.start, span.end)}
    here: list[tuple[int, int, Finding]] = []
    block, sentence, mark = _Cursor(blocks), _Cursor(analysis.sentences), 0
    for start, end in pairwise(sorted(edges)):
        while here and here[0][0] <= start:
            heappop(here)
        while mark < len(marks) and marks[mark][0].start <= start:
            span, number, one = marks[mark]
            if span.end > start:
                heappush(here, (span.end, number, one))
            mark += 1
        inside = block.at(start)
        if inside is not None:
            covering = tuple(one for _, _, one in sorted(here, key=lambda entry: entry[1]))
            yield _Piece(Span(start, end), inside, sentence.at(start), covering)


class _Cursor(Generic[_Stretch]):
    """Finds what covers a position; positions must be asked for from left to right."""

    def __init__(self, stretches: Sequence[_Stretch]) -> None:
        self._stretches: Sequence[_Stretch] = stretches
        self._next = 0

    def at(self, position: int) -> _Stretch | None:
        while self._next < len(self._stretches) and self._stretches[self._next].span.end <= position:
            self._next += 1
        if self._next == len(self._stretches) or self._stretches[self._next].span.start > position:
            return None
        return self._stretches[self._next]


def _paragraph(block: Block, pieces: Sequence[_Piece], text: str, numbers: dict[str, int]) -> Html:
    words = joined(
        _sentence(sentence, list(run), text, numbers) for sentence, run in groupby(pieces, key=lambda one: one.sentence)
    )
    kind = "" if block.kind is BlockKind.BODY else block.kind.value
    return joined(
        [element(_ELEMENTS.get(block.kind, "p"), words, class_=kind, dir="auto", data_block=_place(block.span)), "\n"]
    )


def _sentence(sentence: Sentence | None, pieces: Sequence[_Piece], text: str, numbers: dict[str, int]) -> Html:
    """Return a sentence in the colour of its surest label, with its labels behind it."""
    words = joined(_piece(piece, text, numbers) for piece in pieces)
    if sentence is None or not sentence.kind.in_article:
        return words
    found = sentence_finding(sentence, text)
    scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
    surest = max(sentence.labels, key=lambda label: scores.get(label, 0), default="")
    looks = ("sentence", surest, "unsure" if found.is_unsure else "", "person" if found.decision else "")
    return element(
        "span",
        words,
        _labels(sentence),
        class_=" ".join(filter(None, looks)),
        id=found.key,
        data_thing="sentence",
        data_span=_place(sentence.span),
        data_labels=" ".join(sentence.labels),
        data_decision=str(found.decision or ""),
    )


def _labels(sentence: Sentence) -> Html:
    if not sentence.labels:
        return Html()
    scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
    names = (element("span", name, class_=name, title=_sure(scores.get(name))) for name in sentence.labels)
    return element("small", " ", joined(names, ", "), class_="labels")


def _piece(piece: _Piece, text: str, numbers: dict[str, int]) -> Html | str:
    words = piece.span.of(text)
    if not piece.findings:
        return words
    every = piece.findings
    trigger = next((one for one in every if one.thing == "event"), None)
    argument = next((one for one in every if one.thing == "argument"), None)
    shown = trigger or argument
    looks = [
        "trigger" if trigger else "",
        "argument" if argument else "",
        "" if shown else f"value {every[0].kind}",
        "unsure" if any(one.is_unsure for one in every) else "",
        "person" if any(one.decision for one in every) else "",
        (trigger.title if trigger else ""),
    ]
    ends = [one for one in every if one.key in numbers and one.spans[0].end == piece.span.end]
    return element(
        "mark",
        words,
        class_=" ".join(filter(None, looks)),
        id=f"at-{piece.span.start}",
        data_f=" ".join(one.key for one in every),
        data_event=", ".join(str(numbers[one.key]) for one in ends),
        title="; ".join(dict.fromkeys(f"{one.title}{_percent(one.score)}" for one in every[:4])),
    )


def _folded(blocks: Sequence[tuple[Block, list[_Piece]]], text: str, numbers: dict[str, int]) -> Html:
    kinds = dict.fromkeys(in_words("blocks", block.kind.value) for block, _ in blocks)
    summary = element("summary", f"Not part of the article: {', '.join(kinds)}")
    inner = (_paragraph(block, pieces, text, numbers) for block, pieces in blocks)
    return joined([element("details", summary, *inner, class_="around"), "\n"])


def _percent(score: float | None) -> str:
    return f", {_sure(score)}" if score is not None and score < 1 else ""


def _sure(score: float | None) -> str:
    return "" if score is None else f"{score:.0%} sure"


def _place(span: Span) -> str:
    return f"{span.start}:{span.end}"


def places(spans: Iterable[Span]) -> str:
    """Return spans as pages write them: "120:134 201:209"."""
    return " ".join(map(_place, spans))
