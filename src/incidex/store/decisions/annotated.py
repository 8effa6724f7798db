"""Puts what a person marked in a whole document in place of what the model found there."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Argument, Event, EventMention, Sentence, Span
from incidex.store.decisions.records import Annotation

_Place = Callable[[Span], Span | None]
_Labels = tuple[tuple[Span, tuple[str, ...]], ...]


def annotated(analysis: Analysis, annotation: Annotation) -> Analysis:
    """
    Return `analysis` with the events and labels of `annotation`, and with the claims that these events have.

    What was marked in an earlier revision holds for the same words in the new text, those nearest to where they stood;
    marks without them rest.
    """
    place = _places(analysis, annotation)
    if annotation.labels is not None:
        analysis = replace(analysis, sentences=_labelled(analysis.sentences, annotation.labels, place))
    if annotation.events is None:
        return analysis
    from incidex.claims import find_claims

    events = _events(annotation.events, place)
    claims = find_claims(analysis.document, analysis.sentences, events, analysis.entities)
    return replace(analysis, events=events, claims=claims)


def _places(analysis: Analysis, annotation: Annotation) -> _Place:
    """Return a function that says where marked words stand in the document as it is now."""
    if analysis.document.id == annotation.document:
        return lambda span: span
    text = analysis.document.text

    def nearest(span: Span) -> Span | None:
        words = span.of(annotation.text)
        found = (text.rfind(words, 0, span.end), text.find(words, span.start))
        start = min((at for at in found if at >= 0), key=lambda at: abs(at - span.start), default=None)
        return None if start is None else Span(start, start + len(words))

    return nearest


def _labelled(sentences: Sequence[Sentence], labels: _Labels, place: _Place) -> tuple[Sentence, ...]:
    """Return the sentences with their labels. Those outside the article keep what they have, if nothing is marked."""
    starts = [sentence.span.start for sentence in sentences]
    found: dict[int, set[str]] = {}
    for marked, names in labels:
        span = place(marked)
        number = _most_shared(span, sentences, starts) if span else None
        if number is not None:
            found.setdefault(number, set()).update(names)
    return tuple(
        replace(sentence, labels=scheme().ordered(found.get(number, ())))
        if sentence.kind.in_article or number in found
        else sentence
        for number, sentence in enumerate(sentences)
    )


def _most_shared(span: Span, sentences: Sequence[Sentence], starts: Sequence[int]) -> int | None:
    """Return the number of the sentence that has most of `span`; None if none has any of it."""
    first = max(0, bisect_right(starts, span.start) - 1)
    touched = range(first, bisect_left(starts, span.end))
    best = max(touched, key=lambda number: _shared(sentences[number].span, span), default=None)
    return best if best is not None and sentences[best].span.overlaps(span) else None


def _events(events: Iterable[Event], place: _Place) -> tuple[Event, ...]:
    placed = (tuple(new for mention in event.mentions if (new := _mention(mention, place))) for event in events)
    kept = (Event(tuple(sorted(mentions, key=lambda mention: mention.trigger))) for mentions in placed if mentions)
    return tuple(sorted(kept, key=lambda event: event.mentions[0].trigger))


def _mention(mention: EventMention, place: _Place) -> EventMention | None:
    trigger = place(mention.trigger)
    if trigger is None:
        return None
    arguments = (_argument(argument, place) for argument in mention.arguments)
    return replace(mention, trigger=trigger, arguments=tuple(one for one in arguments if one), score=1.0)


def _argument(argument: Argument, place: _Place) -> Argument | None:
    span = place(argument.span)
    return replace(argument, span=span, score=1.0) if span else None


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
