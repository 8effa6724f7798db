"""
Cuts a text wherever a block, a sentence, a trigger or an argument begins or ends, and where names and the like begin.

Predicted spans may overlap, hold each other or run on into the next sentence. Pieces do not: each lies in one block and
one sentence at most, and has all triggers and arguments that cover it. Whoever shows a text piece by piece therefore
never has to nest one thing in another, and shows every span exactly.
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
class Piece:
    """
    A stretch of text in which nothing begins or ends.

    Attributes:
        block: The block that it lies in.
        sentence: The sentence that it lies in, if any.
        marks: What covers it, triggers first, then in the order of the events.
        is_place: Whether a name, a time, a quantity or a part of a claim begins with it: links lead to it.
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


def pieces(analysis: Analysis) -> Iterator[Piece]:
    """Yield the pieces of all blocks in the order of the text. Only white space lies between them."""
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
            yield Piece(Span(start, end), block[0], sentence[0] if sentence else None, tuple(covering), start in places)


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
    """Return all triggers and arguments in the order of the text, each part that an argument plays in an event once."""
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
    """Tells what covers a position; positions are asked for from left to right."""

    def __init__(self, records: Sequence[_Stretch]) -> None:
        """Ask for `records`, which are ordered by where they start."""
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
