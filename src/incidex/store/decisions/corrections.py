"""
Applies people's corrections and annotations to what the model found.

Those made in an earlier revision apply to the same words in the new text, where they occur nearest to the old place;
where the words are gone, they are passed over.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Argument, Document, Event, EventMention, Sentence, Span
from incidex.store.decisions.edits import Change, Edit, Quote, Target, Thing, Verdict
from incidex.store.decisions.ignored import analysis_without, folded
from incidex.store.decisions.places import Place, nearest, overlap, placed
from incidex.store.decisions.records import Annotation, Correction, Decision, Ignore
from incidex.store.decisions.things.arguments import edit_argument, edit_victim
from incidex.store.decisions.things.blocks import edit_block, with_block_kind
from incidex.store.decisions.things.claims import edit_claim
from incidex.store.decisions.things.facts import ATTRIBUTES, edit_fact, with_fact
from incidex.store.decisions.things.mentions import edit_mention, in_order
from incidex.store.decisions.things.names import edit_name
from incidex.store.decisions.things.sentences import edit_sentence

_Labels = tuple[tuple[Span, tuple[str, ...]], ...]
_EDITS: Mapping[Thing, Callable[[Analysis, Target, Change, int | None], Analysis]] = {
    Thing.SENTENCE: edit_sentence,
    Thing.EVENT: edit_mention,
    Thing.ARGUMENT: edit_argument,
    Thing.NAME: edit_name,
    Thing.CLAIM: edit_claim,
    Thing.VICTIM: edit_victim,
    Thing.BLOCK: edit_block,
    Thing.TITLE: edit_fact,
    Thing.DATE: edit_fact,
    Thing.PUBLISHER: edit_fact,
}


def corrected(analysis: Analysis, decisions: Iterable[Decision]) -> Analysis:
    """Return `analysis` with what people decided about it. Decisions are ordered by time, the earliest first."""
    for decision in decisions:
        content = decision.content
        if isinstance(content, Annotation):
            analysis = annotated(analysis, content, decision.number)
        elif isinstance(content, Ignore):
            analysis = analysis_without(analysis, frozenset((folded(content.value),)))
        elif isinstance(content, Correction | Edit):
            edit = as_edit(content) if isinstance(content, Correction) else content
            if now := placed(edit, analysis.document):
                analysis = edited(analysis, *now, decision.number)
    return analysis


def corrected_document(document: Document, decisions: Iterable[Decision]) -> Document:
    """Return `document` with the title, date, publisher and kinds of blocks that people decided on."""
    for decision in decisions:
        edit = decision.content
        if not isinstance(edit, Edit) or edit.change.verdict is Verdict.UNSURE:
            continue
        thing = edit.target.thing
        if (thing in ATTRIBUTES or thing is Thing.BLOCK) and (now := placed(edit, document)):
            document = (
                with_fact(document, *now) if thing in ATTRIBUTES else with_block_kind(document, *now, decision.number)
            )
    return document


def edited(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with one change, which has this number in the log of decisions."""
    if change.verdict is Verdict.UNSURE:
        return analysis
    return _EDITS[target.thing](analysis, target, change, number)


def as_edit(correction: Correction) -> Edit:
    """Return a correction of a sentence or an event as an edit."""
    quotes = (Quote(correction.span, correction.words),) if correction.words else ()
    if correction.labels is not None:
        target, change = Target(Thing.SENTENCE, correction.span), Change(labels=correction.labels)
    elif correction.no_event:
        target, change = Target(Thing.EVENT, correction.span), Change(verdict=Verdict.REJECTED)
    else:
        change = Change(event_type=correction.event_type, realis=correction.realis)
        target = Target(Thing.EVENT, correction.span)
    return Edit(correction.document, target, change, quotes)


def annotated(analysis: Analysis, annotation: Annotation, number: int | None = None) -> Analysis:
    """
    Return `analysis` with the events and labels of `annotation`, and with the claims about these events.

    `number` is that of the decision in the log.
    """
    place = _places(analysis, annotation)
    if annotation.labels is not None:
        analysis = replace(analysis, sentences=_labelled(analysis.sentences, annotation.labels, place, number))
    if annotation.events is None:
        return analysis
    from incidex.claims import find_claims

    events = _placed_events(annotation.events, place, number)
    claims = find_claims(analysis.document, analysis.sentences, events, analysis.entities)
    return replace(analysis, events=events, claims=claims)


def _places(analysis: Analysis, annotation: Annotation) -> Place:
    """Return a function that finds a span of the annotated text in the document as it is now."""
    if analysis.document.id == annotation.document:
        return lambda span: span
    return lambda span: nearest(analysis.document.text, span.of(annotation.text), span)


def _labelled(
    sentences: Sequence[Sentence], labels: _Labels, place: Place, decision: int | None
) -> tuple[Sentence, ...]:
    """Return the sentences with their labels. Unlabelled ones outside the article keep what they have."""
    starts = [sentence.span.start for sentence in sentences]
    found: dict[int, set[str]] = {}
    for marked, names in labels:
        span = place(marked)
        number = _best_overlap(span, sentences, starts) if span else None
        if number is not None:
            found.setdefault(number, set()).update(names)
    return tuple(
        replace(sentence, labels=scheme().ordered(found.get(number, ())), decision=decision)
        if sentence.kind.in_article or number in found
        else sentence
        for number, sentence in enumerate(sentences)
    )


def _best_overlap(span: Span, sentences: Sequence[Sentence], starts: Sequence[int]) -> int | None:
    """Return the number of the sentence with most of `span`; None if none has any of it."""
    first = max(0, bisect_right(starts, span.start) - 1)
    touched = range(first, bisect_left(starts, span.end))
    best = max(touched, key=lambda number: overlap(sentences[number].span, span), default=None)
    return best if best is not None and sentences[best].span.overlaps(span) else None


def _placed_events(events: Iterable[Event], place: Place, number: int | None) -> tuple[Event, ...]:
    placed = (tuple(new for mention in event.mentions if (new := _placed(mention, place, number))) for event in events)
    return in_order(Event(mentions) for mentions in placed if mentions)


def _placed(mention: EventMention, place: Place, number: int | None) -> EventMention | None:
    trigger = place(mention.trigger)
    if trigger is None:
        return None
    arguments = (_placed_argument(argument, place, number) for argument in mention.arguments)
    return replace(
        mention, trigger=trigger, arguments=tuple(each for each in arguments if each), score=1.0, decision=number
    )


def _placed_argument(argument: Argument, place: Place, number: int | None) -> Argument | None:
    span = place(argument.span)
    return replace(argument, span=span, score=1.0, decision=number) if span else None
