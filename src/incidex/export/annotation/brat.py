"""Writes the events of an analysis in the standoff form of brat, and the configuration that brat needs."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from incidex.labels import SAME, scheme
from incidex.records import Analysis, EventMention, Span

# A line of standoff ends at the first, and has its parts between the last: a mark across them has several parts.
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029\t]+")


def to_brat(analysis: Analysis) -> str:
    """
    Return the content of the `.ann` file that belongs beside the text in a `.txt` file; "" without events.

    T1, T2 ... are the words of triggers and arguments, E1, E2 ... the mentions with their arguments, A1, A2 ... their
    realis, R1, R2 ... bind each mention of an event to the next one. Offsets count code points of the text unchanged.
    """
    return "".join(f"{line}\n" for line in _Standoff(analysis.document.text).lines(analysis))


def annotation_conf() -> str:
    """Return the content of `annotation.conf`, which a folder with such files needs once."""
    events = (
        f"{known.name}\t" + ", ".join(f"{role}*:{'|'.join(types)}" for role, types in known.roles.items())
        for known in scheme().event_types
    )
    lines = [
        "[entities]",
        *scheme().entity_types,
        "",
        "[relations]",
        f"{SAME}\tArg1:<EVENT>, Arg2:<EVENT>, <REL-TYPE>:symmetric-transitive",
        "",
        "[events]",
        *events,
        "",
        "[attributes]",
        f"Realis\tArg:<EVENT>, Value:{'|'.join(scheme().realis)}",
    ]
    return "".join(f"{line}\n" for line in lines)


class _Standoff:
    """The lines of one file, numbered as they come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks: dict[tuple[Span, str], str] = {}
        self._mentions = 0
        self._relations = 0

    def lines(self, analysis: Analysis) -> Iterator[str]:
        """Yield the lines for the events of `analysis`."""
        for event in analysis.events:
            names = []
            for mention in event.mentions:
                self._mentions += 1
                names.append(f"E{self._mentions}")
                yield from self._mention(mention, self._mentions)
            for earlier, later in pairwise(names):
                self._relations += 1
                yield f"R{self._relations}\t{SAME} Arg1:{earlier} Arg2:{later}"

    def _mention(self, mention: EventMention, number: int) -> Iterator[str]:
        wanted = [(mention.trigger, mention.event_type)]
        wanted += [(argument.span, argument.entity_type) for argument in mention.arguments]
        for span, kind in wanted:
            if (span, kind) not in self._marks:
                self._marks[span, kind] = f"T{len(self._marks) + 1}"
                yield f"{self._marks[span, kind]}\t{kind} {self._place(span)}"
        parts = [f"{mention.event_type}:{self._marks[wanted[0]]}"]
        seen: Counter[str] = Counter()
        for argument, mark in zip(mention.arguments, wanted[1:], strict=True):
            seen[argument.role] += 1
            # brat tells several arguments of a role apart by numbers behind it.
            place = str(seen[argument.role]) if seen[argument.role] > 1 else ""
            parts.append(f"{argument.role}{place}:{self._marks[mark]}")
        yield f"E{number}\t{' '.join(parts)}"
        yield f"A{number}\tRealis E{number} {mention.realis.value}"

    def _place(self, span: Span) -> str:
        """Return the offsets and words of a mark, in several parts if it continues on another line."""
        parts = list(_parts(span, self._text)) or [span]
        offsets = ";".join(f"{part.start} {part.end}" for part in parts)
        return f"{offsets}\t{' '.join(_BREAK.sub(' ', part.of(self._text)) for part in parts)}"


def _parts(span: Span, text: str) -> Iterator[Span]:
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if start < found.start():
            yield Span(start, found.start())
        start = found.end()
    if start < span.end:
        yield Span(start, span.end)
