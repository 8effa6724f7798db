"""Finds again, in another revision of a document, the words that a decision is about."""

from collections.abc import Callable
from dataclasses import replace

from incidex.records import Document, Span
from incidex.store.decisions.edits import Change, Edit, Target, spans_of

Place = Callable[[Span], Span | None]


def nearest(text: str, words: str, span: Span) -> Span | None:
    """Return where `words` occur in `text` nearest to `span`; None if they do not, or there are none."""
    if not words:
        return None
    found = (text.rfind(words, 0, span.end), text.find(words, span.start))
    start = min((at for at in found if at >= 0), key=lambda at: abs(at - span.start), default=None)
    return None if start is None else Span(start, start + len(words))


def overlap(left: Span, right: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def placed(edit: Edit, document: Document) -> tuple[Target, Change] | None:
    """
    Return what an edit is about, and what it changes, in the document as it is now.

    None if the words of one of its spans are gone, or the document was removed and is there again.
    """
    words = {quote.span: quote.words for quote in edit.quotes}
    found: dict[Span, Span] = {}
    for span in spans_of(edit.target, edit.change):
        now = span if document.id == edit.document else nearest(document.text, words.get(span, ""), span)
        if now is None or span not in words:
            return None
        found[span] = now
    target, change = edit.target, edit.change
    return (
        replace(target, span=_now(target.span, found), trigger=_now(target.trigger, found)),
        replace(
            change,
            extent=_now(change.extent, found),
            trigger=_now(change.trigger, found),
            claimant=_now(change.claimant, found),
        ),
    )


def _now(span: Span | None, found: dict[Span, Span]) -> Span | None:
    return found[span] if span else None
