"""Writes the article of a page: its blocks as paragraphs, with sentences, triggers and arguments marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from incidex.export.annotation.segments import Mark, Segment, segments
from incidex.export.html.markup import Html, element, joined
from incidex.labels import scheme
from incidex.records import Analysis, Block, BlockKind, Sentence, Span

# What a block of the article is on a page; all others are paragraphs.
_ELEMENTS = {BlockKind.TITLE: "h2"}


@dataclass(frozen=True, slots=True)
class Article:
    """
    The text of a document as HTML.

    Attributes:
        headline: The words of the headline, if the article begins with one.
        body: All other blocks, in the order of the text.
    """

    headline: Html | None
    body: Html


def to_article(analysis: Analysis, *, everything: bool = False) -> Article:
    """
    Return the text of `analysis` with everything marked that was found in it.

    What is no article is folded away in its place. With `everything` it is unfolded, and its sentences have labels.
    """
    text = analysis.document.text
    blocks = [
        (block, _block(here, text, coloured=everything or block.kind.in_article))
        for block, here in groupby(segments(analysis), key=lambda segment: segment.block)
    ]
    first = next((index for index, (block, _) in enumerate(blocks) if block.kind.in_article), None)
    headline = blocks.pop(first)[1] if first is not None and blocks[first][0].kind is BlockKind.TITLE else None
    parts = [
        joined(_paragraph(block, words) for block, words in run) if inside else _folded(list(run), unfolded=everything)
        for inside, run in groupby(blocks, key=lambda entry: entry[0].kind.in_article)
    ]
    return Article(headline, joined(parts))


def link_to(span: Span, *content: str) -> Html:
    """Return a link to the place in the article where a finding begins."""
    return element("a", *content, href=f"#{_place(span)}")


def _block(here: Iterable[Segment], text: str, *, coloured: bool) -> Html:
    """Return the words of one block, sentence by sentence."""
    return joined(
        _sentence(sentence, joined(_segment(segment, text) for segment in run), labelled=coloured)
        for sentence, run in groupby(here, key=lambda segment: segment.sentence)
    )


def _sentence(sentence: Sentence | None, words: Html, *, labelled: bool) -> Html:
    """Return a sentence in the colour of its label with the highest score, followed by its labels."""
    if not (sentence and sentence.labels and labelled):
        return words
    scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
    surest = max(sentence.labels, key=lambda label: scores.get(label, 0))
    return joined([element("span", words, class_=f"sentence {surest}"), _labels(sentence.labels)])


@cache
def _labels(labels: tuple[str, ...]) -> Html:
    written = joined([element("span", label, class_=label) for label in labels], ", ")
    return element("small", " ", written, class_="labels")


def _segment(segment: Segment, text: str) -> str:
    words = segment.span.of(text)
    place = _place(segment.span)
    if not segment.marks:
        return element("span", words, id=place) if segment.is_place else words
    ends = [mark for mark in segment.marks if mark.span.end == segment.span.end]
    arguments = {mark.span for mark in segment.marks if mark.argument}
    looks = {"trigger": segment.marks[0].argument is None, "argument": arguments, "several": len(arguments) > 1}
    note = element("span", *_notes(segment), class_="note", id=f"note-{place}")
    return element(
        "mark",
        words,
        note,
        class_=" ".join([*(look for look, there in looks.items() if there), segment.marks[0].mention.event_type]),
        id=place,
        aria_describedby=f"note-{place}",
        tabindex="0" if segment.begins else "",
        data_event=", ".join(str(mark.event) for mark in ends if not mark.argument),
    )


def _notes(segment: Segment) -> Iterator[Html]:
    """Yield a line for each trigger and argument that covers `segment`. Print shows it at its last segment."""
    for mark in segment.marks:
        event = element("a", element("span", "event "), str(mark.event), href=f"#event-{mark.event}")
        ends = mark.span.end == segment.span.end
        yield element("span", " ", event, " ", *_said(mark), class_="said ends" if ends else "said")


def _said(mark: Mark) -> tuple[str, Html]:
    """Return the name of a mark, and its details."""
    if mark.argument:
        return mark.argument.role, element("small", f" {mark.argument.entity_type}{_sure(mark.argument.score)}")
    mention = mark.mention
    return mention.event_type, element("small", f" trigger, {mention.realis}{_sure(mention.score)}")


def _sure(score: float) -> str:
    """Return the score of the model; nothing for what a person marked."""
    return f", {score:.0%} sure" if score < 1 else ""


def _paragraph(block: Block, words: Html) -> Html:
    kind = "" if block.kind is BlockKind.BODY else block.kind.value
    return joined([element(_ELEMENTS.get(block.kind, "p"), words, class_=kind, dir="auto"), "\n"])


def _folded(blocks: list[tuple[Block, Html]], *, unfolded: bool) -> Html:
    kinds = dict.fromkeys(block.kind.value for block, _ in blocks)
    summary = element("summary", f"Not part of the article: {', '.join(kinds)}")
    return joined(
        [element("details", summary, *(_paragraph(*entry) for entry in blocks), class_="around", open=unfolded), "\n"]
    )


def _place(span: Span) -> str:
    return f"at-{span.start}"
