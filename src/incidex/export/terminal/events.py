"""Writes the events of an analysis for a terminal: a few lines for each event."""

import textwrap
from bisect import bisect_right
from collections.abc import Iterator

from incidex.export.csv.columns import Row, rows
from incidex.export.in_words import claim_in_words
from incidex.export.terminal.text import BOLD, DIM, colour_of, paint, printable
from incidex.records import Analysis, Argument, Span

# How many characters of a span are shown: in damaged or hostile texts a sentence may have millions.
_LONGEST_WORDS = 120
_LONGEST_SENTENCE = 400

# The least room for the words behind a role, however narrow the terminal is.
_NARROWEST = 24


def to_terminal_events(analysis: Analysis, *, width: int = 100, colour: bool = True) -> str:
    """
    Return the title and the events of `analysis`, each with the sentence that reports it first.

    Args:
        width: How many columns a line may have.
        colour: Whether to use ANSI colours. They add nothing to the words.
    """
    title = analysis.document.title or analysis.document.source or "Text without a title"
    head = _shortened(title, _LONGEST_SENTENCE)
    found = rows(analysis)
    column = max([len("triggers"), *(len(role) for row in found for role, _ in row.roles)]) + 2
    blocks = [[paint(head, BOLD) if colour else head, *(() if found else ("No event was found.",))]]
    blocks += [list(_block(row, analysis, column=column, width=width, colour=colour)) for row in found]
    blocks += [list(_claims(analysis, width=width, colour=colour))] if analysis.claims else []
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _claims(analysis: Analysis, *, width: int, colour: bool) -> Iterator[str]:
    """Yield the lines of all claims: who says what, and in which words."""
    text = analysis.document.text
    yield paint("Claims", BOLD) if colour else "Claims"
    for claim in analysis.claims:
        who = _words(claim.claimant.name, text) if claim.claimant else "unattributed"
        kind, named = claim_in_words(claim)
        about = [f"“{_words(span, text)}”" for span in (*named, claim.trigger) if span]
        hedges = "".join(f" ({_words(hedge.span, text)})" for hedge in claim.hedges)
        first, *others = _wrapped(f"{who}: {kind} {', '.join(about)}{hedges}", width - 2)
        yield f"  {first}"
        yield from (f"    {line}" for line in others)


def _block(row: Row, analysis: Analysis, *, column: int, width: int, colour: bool) -> Iterator[str]:
    """Yield the lines of one event; words begin at `column`, after the names of their roles."""
    text, name = analysis.document.text, row.event.event_type
    indent = " " * len(f"{row.number}  ")
    room = width - len(indent)
    yield f"{row.number}  {paint(name, colour_of(name)) if colour else name}  {', '.join(row.realis)}"
    yield from (f"{indent}{line}" for line in _wrapped(_context(row.event.mentions[0].trigger, analysis), room))
    fields = [("triggers", _triggers(row, text))]
    fields += [(role, "; ".join(_filler(filler, text) for filler in fillers)) for role, fillers in row.roles]
    for field, value in fields:
        first, *others = _wrapped(value, room - column)
        padded = f"{field:{column}}"
        yield f"{indent}{paint(padded, DIM) if colour else padded}{first}"
        yield from (f"{indent}{'':{column}}{line}" for line in others)


def _triggers(row: Row, text: str) -> str:
    """Return the triggers in quotation marks; if they differ in realis, each with its own."""
    return ", ".join(
        f"“{_words(mention.trigger, text)}”" + (f" ({mention.realis})" if len(row.realis) > 1 else "")
        for mention in row.event.mentions
    )


def _filler(argument: Argument, text: str) -> str:
    """Return the words of an argument; behind its name if they stand for one: "Kestrel Ferries (“the company”)"."""
    words = _words(argument.span, text)
    return f"{_shortened(argument.name, _LONGEST_WORDS)} (“{words}”)" if argument.name else words


def _context(trigger: Span, analysis: Analysis) -> str:
    """Return the sentence around `trigger`, or as much of it as fits; the trigger alone if there is no sentence."""
    text, sentences = analysis.document.text, analysis.sentences
    index = bisect_right(sentences, trigger.start, key=lambda sentence: sentence.span.start) - 1
    span = sentences[index].span if index >= 0 and sentences[index].span.end > trigger.start else trigger
    start = max(span.start, trigger.start - _LONGEST_SENTENCE // 2)
    before = "…" if start > span.start else ""
    return before + _shortened(text[start : span.end], _LONGEST_SENTENCE)


def _wrapped(words: str, room: int) -> list[str]:
    return textwrap.wrap(words, max(room, _NARROWEST), break_on_hyphens=False) or [""]


def _words(span: Span, text: str) -> str:
    return _shortened(span.of(text), _LONGEST_WORDS)


def _shortened(words: str, most: int) -> str:
    """Return `words` in one line of `most` characters, safe to print."""
    line = " ".join(words[: 2 * most].split())
    return printable(line if len(words) <= 2 * most and len(line) <= most else f"{line[:most].rstrip()}…")
