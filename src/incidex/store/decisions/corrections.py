"""
Applies people's corrections and annotations to what the model found.

Those made in an earlier revision apply to the same words in the new text, where they occur nearest to the old place;
where the words are gone, they are passed over.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Argument, Event, EventMention, Realis, Sentence, Span
from incidex.store.decisions.records import Annotation, Correction

_Place = Callable[[Span], Span | None]
_Labels = tuple[tuple[Span, tuple[str, ...]], ...]


def corrected(analysis: Analysis, corrections: Iterable[Correction | Annotation]) -> Analysis:
    """Return `analysis` with `corrections`, which are ordered by time, the earliest first."""
    for correction in corrections:
        if isinstance(correction, Annotation):
            analysis = annotated(analysis, correction)
            continue
        span = _place(analysis, correction)
        if span is not None and correction.labels is not None:
            analysis = _with_labels(analysis, span, correction.labels)
        elif span is not None:
            analysis = _with_event(analysis, span, correction)
    return analysis


def annotated(analysis: Analysis, annotation: Annotation) -> Analysis:
    """Return `analysis` with the events and labels of `annotation`, and with the claims about these events."""
    place = _places(analysis, annotation)
    if annotation.labels is not None:
        analysis = replace(analysis, sentences=_labelled(analysis.sentences, annotation.labels, place))
    if annotation.events is None:
        return analysis
    from incidex.claims import find_claims

    events = _placed_events(annotation.events, place)
    claims = find_claims(analysis.document, analysis.sentences, events, analysis.entities)
    return replace(analysis, events=events, claims=claims)


def _place(analysis: Analysis, correction: Correction) -> Span | None:
    if analysis.document.id == correction.document:
        return correction.span
    return _nearest(analysis.document.text, correction.words, correction.span)


def _places(analysis: Analysis, annotation: Annotation) -> _Place:
    """Return a function that finds a span of the annotated text in the document as it is now."""
    if analysis.document.id == annotation.document:
        return lambda span: span
    return lambda span: _nearest(analysis.document.text, span.of(annotation.text), span)


def _nearest(text: str, words: str, span: Span) -> Span | None:
    """Return where `words` occur in `text` nearest to `span`; None if they do not, or there are none."""
    if not words:
        return None
    found = (text.rfind(words, 0, span.end), text.find(words, span.start))
    start = min((at for at in found if at >= 0), key=lambda at: abs(at - span.start), default=None)
    return None if start is None else Span(start, start + len(words))


def _with_labels(analysis: Analysis, span: Span, labels: tuple[str, ...]) -> Analysis:
    sentence = max(analysis.sentences, key=lambda sentence: _overlap(sentence.span, span), default=None)
    if sentence is None or not _overlap(sentence.span, span):
        return analysis
    new = replace(sentence, labels=scheme().ordered(labels))
    return replace(analysis, sentences=tuple(new if each is sentence else each for each in analysis.sentences))


def _with_event(analysis: Analysis, span: Span, correction: Correction) -> Analysis:
    mentions = [mention for event in analysis.events for mention in event.mentions if _overlap(mention.trigger, span)]
    if not mentions:
        return _with_new_event(analysis, span, correction)
    meant = max(mentions, key=lambda mention: _overlap(mention.trigger, span))
    new = None if correction.no_event else _changed(meant, correction)
    events = []
    for event in analysis.events:
        changed = (new if mention is meant else mention for mention in event.mentions)
        if kept := tuple(mention for mention in changed if mention is not None):
            events.append(Event(kept))
    return replace(analysis, events=tuple(events))


def _changed(mention: EventMention, correction: Correction) -> EventMention:
    """Return the corrected mention, without arguments in roles that its new event type does not have."""
    event_type = correction.event_type or mention.event_type
    roles = scheme().event_type(event_type).roles
    return replace(
        mention,
        event_type=event_type,
        realis=correction.realis or mention.realis,
        arguments=tuple(argument for argument in mention.arguments if argument.role in roles),
        score=1.0,
    )


def _with_new_event(analysis: Analysis, span: Span, correction: Correction) -> Analysis:
    if correction.no_event or correction.event_type is None:
        return analysis
    mention = EventMention(span, correction.event_type, correction.realis or Realis.ACTUAL)
    return replace(analysis, events=_in_order((*analysis.events, Event((mention,)))))


def _labelled(sentences: Sequence[Sentence], labels: _Labels, place: _Place) -> tuple[Sentence, ...]:
    """Return the sentences with their labels. Unlabelled ones outside the article keep what they have."""
    starts = [sentence.span.start for sentence in sentences]
    found: dict[int, set[str]] = {}
    for marked, names in labels:
        span = place(marked)
        number = _best_overlap(span, sentences, starts) if span else None
        if number is not None:
            found.setdefault(number, set()).update(names)
    return tuple(
        replace(sentence, labels=scheme().ordered(found.get(number, ())))
        if sentence.kind.in_article or number in found
        else sentence
        for number, sentence in enumerate(sentences)
    )


def _best_overlap(span: Span, sentences: Sequence[Sentence], starts: Sequence[int]) -> int | None:
    """Return the number of the sentence with most of `span`; None if none has any of it."""
    first = max(0, bisect_right(starts, span.start) - 1)
    touched = range(first, bisect_left(starts, span.end))
    best = max(touched, key=lambda number: _overlap(sentences[number].span, span), default=None)
    return best if best is not None and sentences[best].span.overlaps(span) else None


def _placed_events(events: Iterable[Event], place: _Place) -> tuple[Event, ...]:
    placed = (tuple(new for mention in event.mentions if (new := _placed(mention, place))) for event in events)
    return _in_order(
        Event(tuple(sorted(mentions, key=lambda mention: mention.trigger))) for mentions in placed if mentions
    )


def _placed(mention: EventMention, place: _Place) -> EventMention | None:
    trigger = place(mention.trigger)
    if trigger is None:
        return None
    arguments = (_placed_argument(argument, place) for argument in mention.arguments)
    return replace(mention, trigger=trigger, arguments=tuple(each for each in arguments if each), score=1.0)


def _placed_argument(argument: Argument, place: _Place) -> Argument | None:
    span = place(argument.span)
    return replace(argument, span=span, score=1.0) if span else None


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.mentions[0].trigger))


def _overlap(left: Span, right: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))
