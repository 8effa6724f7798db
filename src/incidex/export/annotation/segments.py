"""
Cuts a text wherever a block, sentence, trigger or argument begins or ends, and where names and the like begin.

Predicted spans may overlap, contain each other or run on into the next sentence. Segments do not: each lies in at most
one block and one sentence, and has all triggers and arguments that cover it. To show a text segment by segment
therefore needs no nesting, and still shows every span exactly.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from incidex.records import Analysis, Argument, Block, BlockKind, Document, EventMention, Sentence, Span

_LINE = re.compile(r"\S.*")


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A trigger or an argument.

    Attributes:
        event: The number of its event in the document, from 1.
        mention: The mention that it belongs to.
        argument: None for the trigger.
    """

    event: int
    mention: EventMention
    argument: Argument | None = None

    @property
    def span(self) -> Span:
        """Its words."""
        return self.argument.span if self.argument else self.mention.trigger


@dataclass(frozen=True, slots=True)
class Segment:
    """
    A run of text in which nothing begins or ends.

    Attributes:
        block: The block that it lies in.
        sentence: The sentence that it lies in, if any.
        marks: The triggers and arguments that cover it, triggers first, then in the order of the events.
        is_place: Whether a name, time, quantity or part of a claim begins with it, which links can point to.
    """

    span: Span
    block: Block
    sentence: Sentence | None = None
    marks: tuple[Mark, ...] = ()
    is_place: bool = False

    @property
    def begins(self) -> bool:
        """Whether a trigger or an argument begins with it."""
        return any(mark.span.start == self.span.start for mark in self.marks)


_Stretch = TypeVar("_Stretch", Block, Sentence, Mark)


def segments(analysis: Analysis) -> Iterator[Segment]:
    """Yield the segments of all blocks in the order of the text. Only white space lies between them."""
    blocks, sentences, marks = blocks_of(analysis.document), analysis.sentences, marks_of(analysis)
    spans = [block.span for block in blocks]
    spans += [sentence.span for sentence in sentences]
    spans += [mark.span for mark in marks]
    places = places_of(analysis)
    in_block, in_sentence, in_marks = _Covering(blocks), _Covering(sentences), _Covering(marks)
    for start, end in pairwise(sorted({edge for span in spans for edge in (span.start, span.end)} | places)):
        block, sentence, covering = in_block.at(start), in_sentence.at(start), in_marks.at(start)
        if block:
            covering.sort(key=lambda mark: (mark.argument is not None, mark.event))
            yield Segment(
                Span(start, end), block[0], sentence[0] if sentence else None, tuple(covering), start in places
            )


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Return the blocks of `document`. What none of them covers is taken as body, line by line."""
    blocks: list[Block] = []
    end = 0
    for block in document.blocks:
        blocks += _lines(document.text, end, block.span.start)
        blocks.append(block)
        end = block.span.end
    return (*blocks, *_lines(document.text, end, len(document.text)))


def marks_of(analysis: Analysis) -> tuple[Mark, ...]:
    """Return all triggers and arguments in the order of the text, each role of an argument in an event once."""
    found: dict[tuple[object, ...], Mark] = {}
    for number, event in enumerate(analysis.events, start=1):
        for mention in event.mentions:
            found.setdefault((number, mention.trigger, mention.event_type), Mark(number, mention))
            for argument in mention.arguments:
                part = (argument.role, argument.entity_type)
                found.setdefault((number, argument.span, part), Mark(number, mention, argument))
    return tuple(sorted(found.values(), key=lambda mark: (mark.span, mark.event)))


def places_of(analysis: Analysis) -> set[int]:
    """Return where names, times, quantities and the parts of claims begin."""
    spans = [span for entity in analysis.entities for span in entity.mentions]
    spans += [time.span for time in analysis.times]
    spans += [quantity.span for quantity in analysis.quantities]
    for claim in analysis.claims:
        told = (claim.words, claim.accused, claim.value, claim.claimant.name if claim.claimant else None)
        spans += [span for span in told if span]
    return {span.start for span in spans}


class _Covering(Generic[_Stretch]):
    """Finds what covers a position; positions must be asked for from left to right."""

    def __init__(self, records: Sequence[_Stretch]) -> None:
        """Take `records`, ordered by their starts."""
        self._coming: list[_Stretch] = list(reversed(records))
        self._here: list[_Stretch] = []

    def at(self, position: int) -> list[_Stretch]:
        if self._here:
            self._here = [record for record in self._here if record.span.end > position]
        while self._coming and self._coming[-1].span.start <= position:
            self._here.append(self._coming.pop())
        return self._here.copy()


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    for match in _LINE.finditer(text, start, end):
        yield Block(Span(*match.span()), BlockKind.BODY)
